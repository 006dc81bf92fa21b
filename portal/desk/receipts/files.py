"""Receipts as files, made once and kept: whoever downloads one again gets the same bytes."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.utils import translation

from portal.common.languages import CODES, DEFAULT
from portal.desk.receipts.words import Wording, document_of, text_of, words_of
from portal.pdf.writing import pdf_of
from portal.submissions.models import ReceiptFile, SubmittedVersion
from portal.submissions.types import SubmissionType


class Form(StrEnum):
    PDF = "pdf"
    TEXT = "txt"


CONTENT_TYPES = {Form.PDF: "application/pdf", Form.TEXT: "text/plain; charset=utf-8"}
_MAKERS: dict[Form, Callable[[Wording], bytes]] = {
    Form.PDF: lambda words: pdf_of(document_of(words), has_contents=False).content,
    Form.TEXT: lambda words: text_of(words).encode(),
}


def file_of(of: SubmissionType, version: SubmittedVersion, form: Form, *, now: datetime) -> bytes:
    """As it was made the first time; made now where nobody has. One query where it is there."""
    row = ReceiptFile.objects.filter(version=version, form=form).first()
    if row is None:
        row = _made(of, version, form, now)
    return bytes(row.content)


def language_of(version: SubmittedVersion) -> str:
    """That of who submitted it."""
    author = version.submitted_by
    return author.language if author is not None and author.language in CODES else DEFAULT


def _made(of: SubmissionType, version: SubmittedVersion, form: Form, now: datetime) -> ReceiptFile:
    """Of two made at once the first is kept."""
    with translation.override(language_of(version)):
        content = _MAKERS[form](words_of(of, version))
    row, _is_new = ReceiptFile.objects.get_or_create(
        version=version, form=form, defaults={"content": content, "made_at": now}
    )
    return row
