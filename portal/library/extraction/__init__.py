"""Reads TXT, Markdown, DOCX and PDF files into blocks of text; `extract` is the one way in.

Called by the library's and the consultations' imports. Pure: reads bytes, touches no database and no storage.
"""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.files.enums import FileType
from portal.files.reading import MAX_MEGABYTES, check_length, decode, read_bytes, require_content
from portal.files.refusals import Reason, Refused
from portal.files.sniffing import file_type
from portal.library.extraction import markdown_text, pdf_pages, plain_text, word_document
from portal.library.extraction.blocks import Block, Extracted, check_blocks, word_count

__all__ = ["READABLE", "Block", "Extracted", "FileType", "Reason", "Refused", "extract"]

_READERS: dict[FileType, Callable[[bytes], Extracted]] = {
    FileType.PDF: pdf_pages.read,
    FileType.DOCX: word_document.read,
    FileType.MARKDOWN: lambda content: markdown_text.read(decode(content)),
    FileType.TEXT: lambda content: plain_text.read(decode(content)),
}
READABLE = frozenset(_READERS)


def extract(
    path_or_bytes: Path | str | bytes,
    filename: str = "",
    *,
    note_marks: bool = False,
    megabytes: int = MAX_MEGABYTES,
) -> Extracted:
    """The blocks of a file; `filename` says which type it claims to be. Raises `Refused`.

    With `note_marks` the footnotes of a DOCX file are marked in the text and numbered, as `[^1]`.
    """
    if isinstance(path_or_bytes, bytes):
        content = path_or_bytes
    else:
        path = Path(path_or_bytes)
        content, filename = read_bytes(path, megabytes), filename or path.name
    require_content(content, megabytes)
    kind = file_type(content, filename, accepted=_READERS)
    if note_marks and kind == FileType.DOCX:
        extracted = word_document.read(content, note_marks=True)
    else:
        extracted = _READERS[kind](content)
    if not word_count(extracted.blocks):
        raise Refused(
            Reason.NO_TEXT,
            _("This file holds no text, only pictures or empty pages. Please give a file with text in it."),
        )
    check_length(sum(len(block.text) for block in extracted.blocks))
    check_blocks(len(extracted.blocks))
    return extracted
