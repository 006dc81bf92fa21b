"""Reads TXT, Markdown, DOCX and PDF files into blocks of text; `extract` is the one way in.

Called by the library's and the consultations' imports. Pure: reads bytes, touches no database and no storage.
"""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.library.extraction import markdown_text, pdf_pages, plain_text, sniff, word_document
from portal.library.extraction.blocks import (
    MAX_BYTES,
    Block,
    Extracted,
    Reason,
    Refused,
    check_length,
    word_count,
)

__all__ = ["Block", "Extracted", "Reason", "Refused", "extract", "read_bytes"]

_READERS: dict[sniff.FileType, Callable[[bytes], Extracted]] = {
    sniff.FileType.PDF: pdf_pages.read,
    sniff.FileType.DOCX: word_document.read,
    sniff.FileType.MARKDOWN: lambda content: markdown_text.read(sniff.decode(content)),
    sniff.FileType.TEXT: lambda content: plain_text.read(sniff.decode(content)),
}


def read_bytes(path: Path) -> bytes:
    """The file's bytes, refused before reading when it is missing, empty or too large."""
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:
        size = None
    if size is None:
        raise Refused(Reason.MISSING, _("There is no such file."))
    if size > MAX_BYTES:
        raise _too_large()
    try:
        return path.read_bytes()
    except OSError:
        raise Refused(Reason.MISSING, _("The file cannot be opened.")) from None


def extract(path_or_bytes: Path | str | bytes, filename: str = "") -> Extracted:
    """The blocks of a file; `filename` says which type it claims to be. Raises `Refused`."""
    if isinstance(path_or_bytes, bytes):
        content = path_or_bytes
    else:
        path = Path(path_or_bytes)
        content, filename = read_bytes(path), filename or path.name
    if len(content) > MAX_BYTES:
        raise _too_large()
    if not content.strip(b"\x00 \t\r\n\f\xef\xbb\xbf\xff\xfe"):
        raise Refused(Reason.EMPTY, _("This file is empty."))
    extracted = _READERS[sniff.file_type(content, filename)](content)
    if not word_count(extracted.blocks):
        raise Refused(
            Reason.NO_TEXT,
            _("This file holds no text, only pictures or empty pages. Please give a file with text in it."),
        )
    check_length(sum(len(block.text) for block in extracted.blocks))
    return extracted


def _too_large() -> Refused:
    return Refused(Reason.TOO_LARGE, _("This file is larger than 20 MB."))
