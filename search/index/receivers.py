"""What happens to public things, noted in the outbox inside the transaction that changes them.

Receivers enqueue keys and do nothing else. A page's row tells by its own save: publishing, unpublishing,
moving, a new slug, an alias that follows its source all save it within their transaction.

Wagtail saves a restriction, a site and a locale outside any transaction, and Django tells of a saved row when
it is committed: a process that died in between would leave a change without a note. These are noted twice.
Before the change a note is put in that is held back for a minute (`outbox.enqueue_ahead`), so that it is read
after the change whatever becomes of the process; when it cannot be made there is no change. After the change
a note that is due at once takes its place. A save that failed leaves a note that finds nothing changed; one
that took longer than the minute and died right after it is left to the comparison. Inside a transaction the
note after the change is enough: both are rolled back or committed together.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal.cms.pages import PortalPage
from portal.cms.signals import pages_changed
from portal.library.signals import document_changed
from portal.plan.signals import nodes_changed
from portal.publication.enums import RecordKind
from portal.publication.kinds import QUESTION, WHOLE
from portal.publication.models import Record
from portal.publication.signals import record_changed, records_changed
from portal.publication.wholes import WholeKind, whole_code
from portal.records.trace import below
from search.index import outbox
from search.index.builders.records import record_key
from search.index.outbox import Subject, enqueue
from search.models import Source

# A save of these alone is the note-keeping of drafts and changes nothing public.
_DRAFT_FIELDS = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
)
_BEFORE = "_search_before"
_AHEAD = "_search_ahead"


class _Place(NamedTuple):
    """What decides about a page, the pages below and the records placed by them."""

    live: bool
    url_path: str
    translation_key: UUID


def connect() -> None:
    """Called once when the app is ready."""
    record_changed.connect(_record_changed, dispatch_uid="search")
    records_changed.connect(_records_changed, dispatch_uid="search")
    document_changed.connect(_document_changed, dispatch_uid="search")
    pages_changed.connect(_pages_changed, dispatch_uid="search")
    nodes_changed.connect(_nodes_changed, dispatch_uid="search")
    for model in (Page, *(model for model in apps.get_models() if issubclass(model, PortalPage))):
        pre_save.connect(_page_before_save, sender=model, dispatch_uid="search")
        post_save.connect(_page_saved, sender=model, dispatch_uid="search")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="search")
    for model in _SAVED_ALONE:
        pre_save.connect(_before_it_is_saved_alone, sender=model, dispatch_uid="search")
        for signal in (post_save, post_delete):
            signal.connect(_changed_alone, sender=model, dispatch_uid="search")


def _record_changed(key: UUID, kind: str, **kwargs: object) -> None:
    _records_changed([key], kind)


def _records_changed(keys: Sequence[UUID], kind: str, **kwargs: object) -> None:
    """The records, and those that show something of them."""
    changed = [record_key(kind, key) for key in keys]
    if kind == RecordKind.ORGANIZATION:
        rows = Record.objects.filter(organization__kind=kind, organization__source_key__in=keys)
        changed += [record_key(*row) for row in rows.values_list("kind", "source_key")]
    changed += [record_key(*node) for node in below([(kind, str(key)) for key in keys])]
    enqueue(Source.RECORD, changed, now=timezone.now())


def _document_changed(key: str, **kwargs: object) -> None:
    enqueue(Source.DOCUMENT, [key], now=timezone.now())


def _nodes_changed(keys: Iterable[str], **kwargs: object) -> None:
    enqueue(Source.PLAN, keys, now=timezone.now())


def _pages_changed(keys: Iterable[UUID], **kwargs: object) -> None:
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


def _before_it_is_saved_alone(sender: type[Model], instance: Model, **kwargs: object) -> None:
    """Where there is no transaction the note comes before the change."""
    if not connection.in_atomic_block:
        subjects = _SAVED_ALONE[sender](instance)
        setattr(instance, _AHEAD, outbox.enqueue_ahead(subjects, now=timezone.now()))


def _changed_alone(sender: type[Model], instance: Model, **kwargs: object) -> None:
    with transaction.atomic():
        outbox.enqueue_all(_SAVED_ALONE[sender](instance), now=timezone.now())
        outbox.take_back(instance.__dict__.pop(_AHEAD, ()))


def _of_restriction(restriction: PageViewRestriction) -> list[Subject]:
    page = Page.objects.filter(pk=restriction.page_id).first()
    return [] if page is None else _branch(page)


def _of_addresses(row: Site | Locale) -> list[Subject]:
    """A site's home page or a locale's language: every address may be another one."""
    keys = Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True).distinct()
    return [Subject(Source.PAGE, str(key)) for key in keys]


# What Wagtail saves outside a transaction, and what a change of it touches.
_SAVED_ALONE: dict[type[Model], Callable[[Any], list[Subject]]] = {
    PageViewRestriction: _of_restriction,
    Site: _of_addresses,
    Locale: _of_addresses,
}


def _branch(page: Page) -> list[Subject]:
    """The page, all below it, and the records that take their place from one of them."""
    rows = Page.objects.filter(path__startswith=page.path)
    return _pages_and_records(list(rows.values_list("translation_key", flat=True)))


def _pages_and_records(keys: list[UUID]) -> list[Subject]:
    pages = [Subject(Source.PAGE, str(key)) for key in keys]
    return pages + [Subject(Source.RECORD, key) for key in _records_placed_by(keys)]


def _enqueue_branch(page: Page) -> None:
    outbox.enqueue_all(_branch(page), now=timezone.now())


def _enqueue_pages(keys: list[UUID]) -> None:
    outbox.enqueue_all(_pages_and_records(keys), now=timezone.now())


def _records_placed_by(keys: Iterable[object]) -> list[str]:
    """What answers one of the pages, and what goes back to that."""
    asked = [(kind, code) for key in keys for kind, code in _nodes(str(key))]
    return [record_key(*node) for node in below(asked)]


def _nodes(key: str) -> list[tuple[str, str]]:
    """A page as a guiding question, and as a segment or consultation that something is about as a whole."""
    wholes = [whole_code(kind, key) for kind in (WholeKind.SEGMENT, WholeKind.CONSULTATION)]
    return [(QUESTION, key), *((WHOLE, code) for code in wholes)]
