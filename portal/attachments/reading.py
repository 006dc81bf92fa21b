"""A file's clean copy and its words, made in a process of its own; `files.apart` runs it, nobody else."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from portal.attachments.limits import MAX_CHARACTERS, MAX_POINTED
from portal.files.apart import as_json
from portal.files.cleaning import cleaned
from portal.files.enums import FileType
from portal.files.refusals import Refused
from portal.library.extraction import pdf_pages, word_document
from portal.library.extraction.blocks import Extracted
from portal.submissions.third_parties import third_parties

READER = f"{__name__}:clean_and_read"
_READERS: dict[FileType, Callable[[bytes], Extracted]] = {
    FileType.PDF: pdf_pages.read,
    FileType.DOCX: word_document.read,
}
Row = tuple[int | None, bool, str]


def clean_and_read(content: bytes, kind: str) -> Iterator[bytes]:
    """The copy first; then its words and what they point at (`FileText`), which may not come in time."""
    copy = cleaned(content, FileType(kind))
    yield copy
    reader = _READERS.get(FileType(kind))
    if reader is None:
        return
    try:
        rows = list(_within(reader(copy), is_paged=kind == FileType.PDF))
    except Refused:  # no words that can be read: the file can still be looked at
        return
    yield as_json(rows)
    yield as_json(list(islice(_pointed(rows), MAX_POINTED)))


def _pointed(rows: Sequence[Row]) -> Iterator[tuple[int | None, str, str]]:
    """Each once, in the order of the file."""
    told = (
        (page, span.kind.value, text[span.start : span.end])
        for page, _heading, text in rows
        for span in third_parties(text)
    )
    yield from dict.fromkeys(told)


def _within(extracted: Extracted, *, is_paged: bool) -> Iterator[Row]:
    left = MAX_CHARACTERS
    for block in extracted.blocks:
        if (left := left - len(block.text)) < 0:
            return
        yield block.page if is_paged else None, block.heading, block.text
