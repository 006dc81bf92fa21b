"""Files that editors give in the Wagtail admin: cleaned as those of organizations are."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from portal.cms.images import CleanUpload
from portal.files.domain import cleaned_apart
from portal.files.enums import IMAGES, MEDIA_TYPES, FileType
from portal.files.reading import MAX_BYTES, require_content, too_large
from portal.files.refusals import Refused, damaged
from portal.files.sniffing import file_type

DOCUMENTS = frozenset({FileType.PDF, FileType.DOCX, FileType.TEXT, FileType.MARKDOWN})


class DocumentForm(BaseDocumentForm):  # type: ignore[misc]
    def clean_file(self) -> Any:
        return clean_upload(self.cleaned_data.get("file"), DOCUMENTS)


class ImageForm(BaseImageForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (field := self.fields.get("file")) is not None:
            field.to_python = partial(_read, field.to_python)

    def clean_file(self) -> Any:
        return clean_upload(self.cleaned_data.get("file"), IMAGES)


def _read(to_python: Callable[[Any], Any], sent: Any) -> Any:
    """Wagtail lets the errors of a picture that ends too soon through."""
    try:
        return to_python(sent)
    except (OSError, SyntaxError, ValueError) as broken:
        raise ValidationError(str(damaged().message), code="damaged") from broken


def clean_upload(sent: Any, accepted: frozenset[FileType]) -> Any:
    """A new upload cleaned; a file that is there stays. AVIF is cleaned as it is saved (`images`)."""
    if not isinstance(sent, UploadedFile) or (sent.name or "").lower().endswith(".avif"):
        return sent
    try:
        return _cleaned(sent, accepted)
    except Refused as refused:
        raise ValidationError(str(refused.message), code=str(refused.reason_code)) from None


def _cleaned(sent: UploadedFile[Any], accepted: frozenset[FileType]) -> SimpleUploadedFile:
    if (sent.size or 0) > MAX_BYTES:
        raise too_large()
    sent.seek(0)
    content, name = sent.read(), sent.name or ""
    require_content(content)
    kind = file_type(content, name, accepted=accepted)
    made = CleanUpload if kind in IMAGES else SimpleUploadedFile
    return made(name, cleaned_apart(content, kind), MEDIA_TYPES[kind])
