"""The lines of a Word file, read in a process of its own; `files.apart` runs it, nobody else."""

from collections.abc import Iterator

from portal.files.apart import as_json
from portal.library.extraction import word_document

READER = f"{__name__}:lines_of"


def lines_of(content: bytes, kind: str) -> Iterator[bytes]:
    """All of them as one part: each its text, and whether it is an item of a list."""
    yield as_json([(block.text, block.item) for block in word_document.read(content).blocks])
