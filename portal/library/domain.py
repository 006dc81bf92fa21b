"""The library's verbs: add a document from a file, withdraw it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from portal.common import events
from portal.common.actors import Actor
from portal.common.characters import one_line
from portal.common.commits import after_commit
from portal.common.errors import NotAllowed
from portal.common.passages import Passage, split_passages
from portal.files.quality import likeliest
from portal.library import offering, page_images
from portal.library.describing import About, describe, file_under, put_beside, put_on
from portal.library.enums import DocumentKind, Quality
from portal.library.extraction.progress import Progress
from portal.library.models import LibraryDocument, LibraryPassage, library_storage
from portal.library.rules import can_add, can_withdraw
from portal.library.signals import document_changed
from portal.library.taking import Taken, content_of, take
from portal.tables.report import Outcome

NOTHING_MORE = About()


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
    more: About = NOTHING_MORE,
    file_name: str = "",
    progress: Progress | None = None,
    actor: Actor,
    now: datetime,
) -> Added:
    """Take a file into the library with its passages; all of it or nothing. `more` says more of it.

    `file_name` is what it was called, where `path` does not say it; `progress` is told the pages read of
    pages. A file whose text cannot be trusted is shown as pictures.

    The same file again changes at most its description. Raises `Refused` for a file that cannot be
    read, `ValidationError` by field for a description that cannot stand.
    """
    if not can_add(actor):
        raise NotAllowed
    content = content_of(path)
    digest = hashlib.sha256(content).hexdigest()
    about = replace(more, title=title, language=language, kind=kind, source=source)
    described = LibraryDocument(year=year)
    put_on(described, about)
    present = LibraryDocument.objects.filter(sha256=digest).first()
    if present is not None:
        dated = described.dated if more.dated is not None or present.year != year else None
        return _describe(present, replace(about, dated=dated), actor=actor, now=now)
    taken = take(path, content, described.languages, progress)
    put_text(described, taken)
    described.sha256 = digest
    described.file_name = PurePath(file_name or path.name).name[:255]
    described.created_at = described.updated_at = now
    return _store(described, about, content, taken, actor=actor, now=now)


@transaction.atomic
def withdraw_document(
    document: LibraryDocument, *, reason: str = "", actor: Actor, now: datetime
) -> LibraryDocument:
    """Leave a tombstone: number, dates and the public `reason` stay; title, passages and files go."""
    if not can_withdraw(actor):
        raise NotAllowed
    locked = LibraryDocument.objects.select_for_update().get(pk=document.pk)
    if not locked.live:
        return locked
    names = [str(locked.file.name), offering.clean_name_of(locked)]
    locked.passages.all().delete()
    locked.tags.all().delete()
    locked.versions.all().delete()
    locked.live, locked.withdrawn_at, locked.updated_at = False, now, now
    locked.title = locked.source = locked.file_name = locked.sha256 = ""
    locked.description = locked.rights = locked.source_url = locked.clean_sha256 = ""
    locked.file, locked.passages_count, locked.work = "", 0, None
    locked.quality, locked.flaw = Quality.GOOD, ""
    locked.withdrawn_reason = one_line(reason)[:500]
    locked.save()
    events.record("withdrawn", kind="document", key=locked.public_id, actor=actor, now=now)
    document_changed.send(sender=LibraryDocument, key=locked.public_id)
    # Each by itself: a file that cannot be deleted must not keep the pictures of its pages.
    for name in filter(None, names):
        after_commit(library_storage().delete, name)
        after_commit(page_images.forget, name)
    return locked


@transaction.atomic
def _describe(present: LibraryDocument, about: About, *, actor: Actor, now: datetime) -> Added:
    locked = LibraryDocument.objects.select_for_update().get(pk=present.pk)
    changed = describe(locked, about, actor=actor, now=now)
    return Added(locked, Outcome.UPDATED if changed else Outcome.UNCHANGED)


def _store(
    document: LibraryDocument,
    about: About,
    content: bytes,
    taken: Taken,
    *,
    actor: Actor,
    now: datetime,
) -> Added:
    """Rows and file together: a file without its rows is removed, rows without their file never commit."""
    name = f"{document.sha256}{PurePath(document.file_name).suffix.lower()}"
    passages = split_passages(taken.extracted.blocks)
    document.passages_count = len(passages)
    try:
        with transaction.atomic():
            document.file.name = name
            document.save(force_insert=True)
            file_under(document, about)
            put_beside(document, about.beside)
            LibraryPassage.objects.bulk_create(passage_rows(document, passages, taken), batch_size=500)
            events.record("added", kind="document", key=document.public_id, actor=actor, now=now)
            document_changed.send(sender=LibraryDocument, key=document.public_id)
            library_storage().delete(name)
            library_storage().save(name, ContentFile(content))
            offering.ensure_copy(document)
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


def put_text(document: LibraryDocument, taken: Taken) -> None:
    """What is known of the text on the row, which is not saved."""
    document.pages, document.quality, document.flaw = taken.extracted.pages, taken.quality, taken.flaw


def passage_rows(document: LibraryDocument, passages: list[Passage], taken: Taken) -> list[LibraryPassage]:
    labels = taken.extracted.labels
    return [
        LibraryPassage(
            document=document,
            position=passage.position,
            page=passage.page,
            heading=passage.heading[:500],
            text=passage.text,
            forms=list(passage.forms),
            label=_label(passage.page, labels),
            language=likeliest(passage.text, document.languages) if document.second_language else "",
        )
        for passage in passages
    ]


def _label(page: int | None, labels: Sequence[str]) -> str:
    """What is printed on a page, where it is not its position."""
    printed = labels[page - 1] if page and page <= len(labels) else ""
    return "" if printed == str(page) else one_line(printed)[:40]
