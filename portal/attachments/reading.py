"""A file's clean copy and its words, made in a process of its own; `files.apart` runs it, nobody else."""

from collections.abc import Callable, Iterator

from portal.attachments.limits import MAX_CHARACTERS
from portal.files.apart import as_json
from portal.files.cleaning import cleaned
from portal.files.enums import FileType
from portal.files.refusals import Refused
from portal.library.extraction import pdf_pages, word_document
from portal.library.extraction.blocks import Extracted

READER = f"{__name__}:clean_and_read"
_READERS: dict[FileType, Callable[[bytes], Extracted]] = {
    FileType.PDF: pdf_pages.read,
    FileType.DOCX: word_document.read,
}
Row = tuple[int | None, bool, str]


def clean_and_read(content: bytes, kind: str) -> Iterator[bytes]:
    """The copy first; its words as `[[page or null, is heading, text]]`, which may not come in time."""
    copy = cleaned(content, FileType(kind))
    yield copy
    reader = _READERS.get(FileType(kind))
    if reader is None:
        return
    try:
        yield as_json(list(_within(reader(copy), is_paged=kind == FileType.PDF)))
    except Refused:  # no words that can be read: the file can still be looked at
        return


def _within(extracted: Extracted, *, is_paged: bool) -> Iterator[Row]:
    left = MAX_CHARACTERS
    for block in extracted.blocks:
        if (left := left - len(block.text)) < 0:
            return
        yield block.page if is_paged else None, block.heading, block.text
