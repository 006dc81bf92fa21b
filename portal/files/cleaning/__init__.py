"""Copies of files that say nothing of their author, place or machine, and hold nothing that runs; pure.

What cannot be cleaned is refused. `files.intake` runs `in_parts` apart.
"""

from collections.abc import Callable, Iterator

from portal.files.cleaning.documents import clean_docx
from portal.files.cleaning.images import clean_image
from portal.files.cleaning.pdfs import clean_pdf
from portal.files.enums import FileType
from portal.files.reading import decode


def cleaned(content: bytes, kind: FileType) -> bytes:
    """The copy, of the same kind. Raises `Refused`."""
    return _CLEANERS[kind](content)


def in_parts(content: bytes, kind: str) -> Iterator[bytes]:
    """The copy as the one part; for `files.apart`."""
    yield cleaned(content, FileType(kind))


def clean_text(content: bytes) -> bytes:
    return decode(content).encode()


_CLEANERS: dict[FileType, Callable[[bytes], bytes]] = {
    FileType.PDF: clean_pdf,
    FileType.DOCX: clean_docx,
    FileType.TEXT: clean_text,
    FileType.MARKDOWN: clean_text,
    FileType.JPEG: clean_image,
    FileType.PNG: clean_image,
    FileType.GIF: clean_image,
    FileType.WEBP: clean_image,
}
