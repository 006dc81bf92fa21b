"""The lines of a filled form, read in a process of its own; `files.apart` runs it, nobody else."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.files.apart import as_json
from portal.files.cleaning.documents import clean_docx
from portal.files.enums import FileType
from portal.files.reading import decode
from portal.files.refusals import Reason, Refused
from portal.library.extraction import Extracted, plain_text, word_document

READER = f"{__name__}:lines_of"
MOST_LINES = 10_000


def lines_of(content: bytes, kind: str) -> Iterator[bytes]:
    """All of them as one part: each its text, and whether it is an item of a list."""
    yield as_json([(block.text, block.item) for block in _read(content, kind).blocks])


def _read(content: bytes, kind: str) -> Extracted:
    """What nobody sees in Word, such as hidden text, was not written for the draft."""
    if kind == FileType.DOCX:
        return word_document.read(clean_docx(content))
    _require_few_lines(content)
    return plain_text.read(decode(content))


def _require_few_lines(content: bytes) -> None:
    """Text is read in the process of the web server: so many lines take half a second."""
    if sum(map(content.count, (b"\n", b"\r", b"\f"))) > MOST_LINES:
        told = _("This file has more than %(number)d lines. Upload the form of one consultation.")
        raise Refused(Reason.TOO_LARGE, told % {"number": MOST_LINES})
