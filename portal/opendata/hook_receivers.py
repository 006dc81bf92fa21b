"""What ledger, library and pages tell the webhooks of; connected when the app is ready."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from portal.cms.routing import public_path, root_paths
from portal.library.models import LibraryDocument
from portal.library.queries import published_documents
from portal.library.signals import document_changed
from portal.opendata.hooks import CHANGED, PUBLISHED, WITHDRAWN, event_of, is_anybody_told, tell_of
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.publication.signals import record_changed, records_changed


@receiver(record_changed, sender=Record, dispatch_uid="webhooks")
def tell_of_record(key: UUID, kind: str, state: str, is_new: bool, **kwargs: object) -> None:
    event = WITHDRAWN if state == RecordState.WITHDRAWN else PUBLISHED if is_new else CHANGED
    _tell_of_records([key], kind, event)


@receiver(records_changed, sender=Record, dispatch_uid="webhooks")
def tell_of_records(keys: Sequence[UUID], kind: str, **kwargs: object) -> None:
    _tell_of_records(keys, kind, PUBLISHED)


@receiver(document_changed, sender=LibraryDocument, dispatch_uid="webhooks")
def tell_of_document(key: str, **kwargs: object) -> None:
    if not is_anybody_told():
        return
    now = timezone.now()
    is_public = any(row.public_id == key for row in published_documents().filter(pk=int(key.split("-")[1])))
    event = CHANGED if is_public else WITHDRAWN
    tell_of([event_of(event, "document", key, now=now)], now=now)


@receiver(page_published, dispatch_uid="webhooks")
def tell_of_page(instance: Any, **kwargs: object) -> None:
    _tell_of_page(instance, PUBLISHED)


@receiver(page_unpublished, dispatch_uid="webhooks")
def tell_of_page_gone(instance: Any, **kwargs: object) -> None:
    _tell_of_page(instance, WITHDRAWN)


def _tell_of_records(keys: Sequence[UUID], kind: str, event: str) -> None:
    """One query where nobody is told."""
    if not is_anybody_told():
        return
    now = timezone.now()
    rows = Record.objects.filter(kind=kind, source_key__in=keys).order_by("pk")
    tell_of([event_of(event, kind, row.public_id, now=now) for row in rows], now=now)


def _tell_of_page(page: Any, event: str) -> None:
    """Nothing of one that no visitor reads: outside the site, restricted, or below a draft."""
    if not is_anybody_told() or public_path(page.url_path, root_paths()) is None:
        return
    above = page.get_ancestors().filter(depth__gt=1)
    if page.get_view_restrictions().exists() or above.filter(live=False).exists():
        return
    now = timezone.now()
    tell_of([event_of(event, "page", str(page.translation_key), now=now)], now=now)
