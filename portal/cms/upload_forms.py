"""Files that editors give in the Wagtail admin: cleaned as those of organizations are."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from portal.cms.images import CleanUpload
from portal.files.enums import IMAGES, MEDIA_TYPES, FileType
from portal.files.intake import Wanted, content_of, taken_in
from portal.files.refusals import Refused, damaged

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
    wanted, name = Wanted(kinds=accepted), sent.name or ""
    taken = taken_in(content_of(sent, wanted), name, wanted)
    made = CleanUpload if taken.kind in IMAGES else SimpleUploadedFile
    return made(name, taken.parts[0], MEDIA_TYPES[taken.kind])
