"""What happens to public things, noted in the outbox inside the transaction that changes them.

Receivers enqueue keys and do nothing else. A page's row tells by its own save: publishing, unpublishing,
moving, a new slug, an alias that follows its source all save it within their transaction.
"""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal.cms.pages import PortalPage
from portal.cms.signals import pages_changed
from portal.library.signals import document_changed
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record, RecordLink
from portal.publication.signals import record_changed
from portal.taxonomy.models import Concept, Term
from search import glossary
from search.builders.records import record_key
from search.models import Source
from search.outbox import enqueue

# A save of these alone is the note-keeping of drafts and changes nothing public.
_DRAFT_FIELDS = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
)
_BEFORE = "_search_before"


class _Place(NamedTuple):
    """What decides about a page, the pages below and the records placed by them."""

    live: bool
    url_path: str
    translation_key: UUID


def connect() -> None:
    """Called once when the app is ready."""
    record_changed.connect(_record_changed, dispatch_uid="search")
    document_changed.connect(_document_changed, dispatch_uid="search")
    pages_changed.connect(_pages_changed, dispatch_uid="search")
    for model in (Page, *(model for model in apps.get_models() if issubclass(model, PortalPage))):
        pre_save.connect(_page_before_save, sender=model, dispatch_uid="search")
        post_save.connect(_page_saved, sender=model, dispatch_uid="search")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="search")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search")
        for model in (Site, Locale):
            signal.connect(_addresses_changed, sender=model, dispatch_uid="search")
        for vocabulary in (Concept, Term):
            signal.connect(glossary.forget, sender=vocabulary, dispatch_uid="search")
    _save_with_note()


def _save_with_note() -> None:
    """Django tells of a saved row after its transaction; for these the note has to be inside."""
    PageViewRestriction.save = transaction.atomic(PageViewRestriction.save)  # type: ignore[method-assign]
    Site.save = transaction.atomic(Site.save)  # type: ignore[method-assign]
    Locale.save = transaction.atomic(Locale.save)  # type: ignore[method-assign]


def _record_changed(key: UUID, kind: str, **kwargs: object) -> None:
    """The record, and those that show something of it."""
    keys = [record_key(kind, key)]
    if kind == RecordKind.ORGANIZATION:
        rows = Record.objects.filter(organization__kind=kind, organization__source_key=key)
        keys += [record_key(*row) for row in rows.values_list("kind", "source_key")]
    if kind == RecordKind.INTERVENTION:
        keys += _records_linking(Relation.FOLLOWS, [key])
    enqueue(Source.RECORD, keys, now=timezone.now())


def _document_changed(key: str, **kwargs: object) -> None:
    enqueue(Source.DOCUMENT, [key], now=timezone.now())


def _pages_changed(keys: Iterable[UUID], **kwargs: object) -> None:
    enqueue(Source.PAGE, keys, now=timezone.now())


def _addresses_changed(**kwargs: object) -> None:
    """A site's home page or a locale's language: every address may be another one."""
    keys = Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True).distinct()
    enqueue(Source.PAGE, keys, now=timezone.now())


def _page_before_save(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: object) -> None:
    """Remember what decides about the pages below."""
    if _only_drafts(update_fields):
        return
    row = Page.objects.filter(pk=instance.pk).values_list(*_Place._fields).first() if instance.pk else None
    setattr(instance, _BEFORE, _Place(*row) if row else None)


def _page_saved(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: object) -> None:
    if _only_drafts(update_fields):
        return
    before: _Place | None = getattr(instance, _BEFORE, None)
    if before == (instance.live, instance.url_path, instance.translation_key):
        enqueue(Source.PAGE, [instance.translation_key], now=timezone.now())
        return
    _enqueue_branch(instance)
    if before is not None and before.translation_key != instance.translation_key:
        _enqueue_pages([before.translation_key])


def _only_drafts(update_fields: Iterable[str] | None) -> bool:
    return update_fields is not None and set(update_fields) <= _DRAFT_FIELDS


def _page_deleted(instance: Page, **kwargs: object) -> None:
    _enqueue_pages([instance.translation_key])


def _restriction_changed(instance: PageViewRestriction, **kwargs: object) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        _enqueue_branch(page)


def _enqueue_branch(page: Page) -> None:
    """The page, all below it, and the records that take their place from one of them."""
    rows = Page.objects.filter(path__startswith=page.path)
    _enqueue_pages(list(rows.values_list("translation_key", flat=True)))


def _enqueue_pages(keys: list[UUID]) -> None:
    enqueue(Source.PAGE, keys, now=timezone.now())
    enqueue(Source.RECORD, _records_placed_by(keys), now=timezone.now())


def _records_placed_by(keys: Iterable[object]) -> list[str]:
    """Interventions that answer one of the pages, and pledges that follow from those."""
    answering = _records_linking(Relation.ANSWERS, keys)
    return answering + _records_linking(Relation.FOLLOWS, [key.partition(":")[2] for key in answering])


def _records_linking(relation: Relation, targets: Iterable[object]) -> list[str]:
    rows = RecordLink.objects.filter(relation=relation, target__in=[str(target) for target in targets])
    return [record_key(*row) for row in rows.values_list("record__kind", "record__source_key")]
