"""The library's verbs: add a document from a file, withdraw it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.common.errors import NotAllowed
from portal.common.passages import Passage, split_passages
from portal.files.reading import read_bytes
from portal.library import page_images
from portal.library.enums import DocumentKind
from portal.library.extraction import extract
from portal.library.models import LibraryDocument, LibraryPassage, library_storage
from portal.library.rules import can_add, can_withdraw
from portal.library.signals import document_changed
from portal.tables.report import Outcome

_DESCRIPTION = ("title", "language", "kind", "year", "source")


@dataclass(frozen=True, slots=True)
class Added:
    """A document and what adding it came to."""

    document: LibraryDocument
    outcome: Outcome


def add_document(
    *,
    path: Path,
    language: str,
    title: str,
    kind: str = DocumentKind.OTHER,
    year: int | None = None,
    source: str = "",
    actor: Actor,
    now: datetime,
) -> Added:
    """Take a file into the library with its passages; all of it or nothing.

    The same file again changes at most its description. Raises `Refused` for a file that cannot be
    read, `ValidationError` by field for a description that cannot stand.
    """
    if not can_add(actor):
        raise NotAllowed
    content = read_bytes(path)
    digest = hashlib.sha256(content).hexdigest()
    described = LibraryDocument(
        title=one_line(title), language=language, kind=kind, year=year, source=one_line(source)
    )
    _check(described)
    present = LibraryDocument.objects.filter(sha256=digest).first()
    if present is not None:
        return _describe(present, described, actor=actor, now=now)
    extracted = extract(content, path.name)
    described.pages, described.sha256 = extracted.pages, digest
    described.file_name = PurePath(path.name).name[:255]
    described.created_at = described.updated_at = now
    return _store(described, content, split_passages(extracted.blocks), actor=actor, now=now)


@transaction.atomic
def withdraw_document(document: LibraryDocument, *, actor: Actor, now: datetime) -> LibraryDocument:
    """Leave a tombstone: number and dates stay; title, passages and file go."""
    if not can_withdraw(actor):
        raise NotAllowed
    locked = LibraryDocument.objects.select_for_update().get(pk=document.pk)
    if not locked.live:
        return locked
    name = str(locked.file.name)
    locked.passages.all().delete()
    locked.live, locked.withdrawn_at, locked.updated_at = False, now, now
    locked.title = locked.source = locked.file_name = locked.sha256 = ""
    locked.file, locked.passages_count = "", 0
    locked.save()
    events.record("withdrawn", kind="document", key=locked.public_id, actor=actor, now=now)
    document_changed.send(sender=LibraryDocument, key=locked.public_id)
    # Each by itself: a file that cannot be deleted must not keep the pictures of its pages.
    transaction.on_commit(lambda: library_storage().delete(name), robust=True)
    transaction.on_commit(lambda: page_images.forget(name), robust=True)
    return locked


def _check(described: LibraryDocument) -> None:
    errors: dict[str, object] = {}
    try:
        described.clean_fields(
            exclude=[field.name for field in LibraryDocument._meta.fields if field.name not in _DESCRIPTION]
        )
    except ValidationError as invalid:
        errors.update(invalid.error_dict)
    if not described.title:
        errors["title"] = _("Give the document a title.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def _describe(present: LibraryDocument, described: LibraryDocument, *, actor: Actor, now: datetime) -> Added:
    locked = LibraryDocument.objects.select_for_update().get(pk=present.pk)
    changed = [name for name in _DESCRIPTION if getattr(locked, name) != getattr(described, name)]
    if not changed:
        return Added(locked, Outcome.UNCHANGED)
    for name in changed:
        setattr(locked, name, getattr(described, name))
    locked.updated_at = now
    locked.save(update_fields=[*changed, "updated_at"])
    details: dict[str, object] = {"fields": changed}
    events.record("described", kind="document", key=locked.public_id, actor=actor, now=now, details=details)
    document_changed.send(sender=LibraryDocument, key=locked.public_id)
    return Added(locked, Outcome.UPDATED)


def _store(
    document: LibraryDocument, content: bytes, passages: list[Passage], *, actor: Actor, now: datetime
) -> Added:
    """Rows and file together: a file without its rows is removed, rows without their file never commit."""
    name = f"{document.sha256}{PurePath(document.file_name).suffix.lower()}"
    document.passages_count = len(passages)
    try:
        with transaction.atomic():
            document.file.name = name
            document.save(force_insert=True)
            LibraryPassage.objects.bulk_create(_rows(document, passages), batch_size=500)
            events.record("added", kind="document", key=document.public_id, actor=actor, now=now)
            document_changed.send(sender=LibraryDocument, key=document.public_id)
            library_storage().delete(name)
            library_storage().save(name, ContentFile(content))
    except IntegrityError:
        # The same file was added at the same moment: that one stands, with its file.
        present = LibraryDocument.objects.filter(sha256=document.sha256).first()
        if present is None:
            raise
        return Added(present, Outcome.UNCHANGED)
    except Exception:
        library_storage().delete(name)
        raise
    return Added(document, Outcome.CREATED)


def _rows(document: LibraryDocument, passages: list[Passage]) -> list[LibraryPassage]:
    return [
        LibraryPassage(
            document=document,
            position=passage.position,
            page=passage.page,
            heading=passage.heading[:500],
            text=passage.text,
        )
        for passage in passages
    ]
