"""The picture of a logo, drawn anew and made small; `files.apart` runs it, nobody else."""

import io
from collections.abc import Iterator

from PIL import Image

from portal.files.cleaning import cleaned
from portal.files.enums import FileType

READER = f"{__name__}:small"
# Points of the longer side, twice as many as a page shows.
SIDE = 320


def small(content: bytes, kind: str) -> Iterator[bytes]:
    """With at most `SIDE` points a side, as the one part."""
    with Image.open(io.BytesIO(cleaned(content, FileType(kind)))) as image:
        image.thumbnail((SIDE, SIDE))
        sink = io.BytesIO()
        image.save(sink, "PNG" if kind == FileType.PNG else "JPEG", optimize=True)
    yield sink.getvalue()
