"""The file that everybody can download: the original, or a copy without the names programs leave in it."""

import hashlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from portal.files.enums import EXTENSIONS, MEDIA_TYPES, FileType
from portal.files.intake import taken_in
from portal.files.names import clean_name
from portal.files.refusals import Refused
from portal.library.enums import Offer
from portal.library.models import LibraryDocument, library_storage


def file_type_of(document: LibraryDocument) -> FileType:
    return FileType(EXTENSIONS[PurePath(str(document.file.name)).suffix.lstrip(".").lower()])


def offered_name(document: LibraryDocument) -> str:
    """What the download is called."""
    return clean_name(document.file_name, file_type_of(document))


def media_type_of(document: LibraryDocument) -> str:
    return MEDIA_TYPES[file_type_of(document)]


def clean_name_of(document: LibraryDocument) -> str:
    """Where the copy lies; empty without one."""
    suffix = PurePath(str(document.file.name)).suffix
    return f"{document.clean_sha256}-copy{suffix}" if document.clean_sha256 else ""


def offered_file(document: LibraryDocument) -> bytes | None:
    """The bytes everybody can have; None where nothing is offered or the file is not there."""
    names = {Offer.ORIGINAL: str(document.file.name), Offer.CLEANED: clean_name_of(document)}
    name, storage = names.get(Offer(document.offer), ""), library_storage()
    if not document.live or not name or not storage.exists(name):
        return None
    with storage.open(name) as file:
        content: bytes = file.read()
    return content if hashlib.sha256(content).hexdigest() == document.offered_sha256 else None


def copy_of(content: bytes, file_name: str) -> bytes:
    """Without personal metadata. Raises `Refused` for a file that cannot be cleaned."""
    return taken_in(content, file_name).parts[0]


def ensure_copy(document: LibraryDocument) -> None:
    """Where the copy is offered there is one; its hash is saved.

    Raises `ValidationError` at `offer` for a file that cannot be cleaned.
    """
    if document.offer != Offer.CLEANED or document.clean_sha256:
        return
    with library_storage().open(str(document.file.name)) as file:
        copy = _copy_of(file.read(), document.file_name)
    document.clean_sha256 = hashlib.sha256(copy).hexdigest()
    document.save(update_fields=["clean_sha256"])
    name, storage = clean_name_of(document), library_storage()
    if not storage.exists(name):
        storage.save(name, ContentFile(copy))


def _copy_of(content: bytes, file_name: str) -> bytes:
    try:
        return taken_in(content, file_name).parts[0]
    except Refused as refused:
        told = _("No cleaned copy can be made of this file. %(reason)s") % {"reason": refused}
        raise ValidationError({"offer": told}) from refused
