"""What the library does when a public organization changes: documents that name it are read again."""

from collections.abc import Sequence
from uuid import UUID

from portal.library.filing import documents_of_organizations
from portal.library.models import LibraryDocument
from portal.library.signals import document_changed
from portal.publication.enums import RecordKind
from portal.publication.signals import record_changed, records_changed


def connect() -> None:
    """Called once when the app is ready."""
    record_changed.connect(_record_changed, dispatch_uid="library")
    records_changed.connect(_records_changed, dispatch_uid="library")


def _record_changed(key: UUID, kind: str, **kwargs: object) -> None:
    _records_changed([key], kind)


def _records_changed(keys: Sequence[UUID], kind: str, **kwargs: object) -> None:
    if kind != RecordKind.ORGANIZATION:
        return
    for document in documents_of_organizations(keys):
        document_changed.send(sender=LibraryDocument, key=document.public_id)
