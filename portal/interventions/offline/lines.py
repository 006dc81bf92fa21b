"""The lines of a filled form, read in a process of its own; `files.apart` runs it, nobody else."""

from collections.abc import Iterator

from portal.files.apart import as_json
from portal.files.enums import FileType
from portal.files.reading import decode
from portal.library.extraction import plain_text, word_document

READER = f"{__name__}:lines_of"


def lines_of(content: bytes, kind: str) -> Iterator[bytes]:
    """All of them as one part: each its text, and whether it is an item of a list."""
    read = word_document.read(content) if kind == FileType.DOCX else plain_text.read(decode(content))
    yield as_json([(block.text, block.item) for block in read.blocks])
