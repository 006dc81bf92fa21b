"""Keeps collected passages true to what is public: told by the index, and by `refresh_dossiers`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.common.actors import system
from portal.observatory.dossiers.domain import note
from portal.observatory.dossiers.models import Item
from portal.observatory.dossiers.passages import fingerprint, public_document
from portal.observatory.dossiers.queries import items_from
from portal.publication.authors import withheld_words
from portal.publication.kinds import WITHHELD
from search.engines.documents import IndexDocument

INDEX = system("index")
# The path too: the address of a page is made of its title.
EMPTIED = ("path", "title", "source", "heading", "text", "sha256", "current_text", "question")


@transaction.atomic
def empty_withdrawn(document_ids: Collection[str], *, now: datetime) -> int:
    """Leave a tombstone of each passage: number, place, dates and people's own comments stay."""
    items = list(items_from(document_ids).select_for_update().select_related("dossier").order_by("pk"))
    empty = dict.fromkeys(EMPTIED, "")
    Item.objects.filter(pk__in=[item.pk for item in items]).update(
        **empty, year=None, changed_at=None, withdrawn_at=now
    )
    for item in items:
        note("emptied", item.dossier, INDEX, now, item=item.pk, document=item.document)
    return len(items)


@transaction.atomic
def mark_changed(documents: Sequence[IndexDocument], *, now: datetime) -> int:
    """Passages whose document reads differently now, or as it did once more. How many were changed."""
    by_id = {document.id: document for document in documents}
    changed = [
        item
        for item in items_from(by_id).select_for_update().order_by("pk")
        if _is_changed(item, by_id[item.document], now)
    ]
    names = ["path", "source", "position", "anchor", "page", "current_text", "changed_at"]
    Item.objects.bulk_update(changed, names)
    return len(changed)


def refresh_all() -> int:
    """What the command and the worker do."""
    return refresh(now=timezone.now())


def refresh(*, now: datetime) -> int:
    """Compare everything collected with what is public now, document by document."""
    ids = (
        Item.objects.filter(withdrawn_at__isnull=True).order_by("document").values_list("document", flat=True)
    )
    changed = 0
    for document_id in ids.distinct():
        document = public_document(document_id)
        if document:
            changed += mark_changed([document], now=now)
        else:
            changed += empty_withdrawn([document_id], now=now)
    return changed


def _is_changed(item: Item, document: IndexDocument, now: datetime) -> bool:
    """Follow the words to where they stand now; where they are gone, keep what took their place.

    Who speaks stays as it was collected, but for a name that is withheld since.
    """
    before = _state(item)
    passages = document.readable_passages()
    same = [each for each in passages if fingerprint(each.text) == item.sha256]
    item.path = document.path
    if WITHHELD in document.details:
        item.source = withheld_words(document.details, item.language)
    if same:
        place = min(same, key=lambda each: abs(each.position - item.position))
        item.position, item.anchor, item.page = place.position, place.anchor, place.page
        item.current_text, item.changed_at = "", None
    else:
        now_there = next((each.text for each in passages if each.position == item.position), "")
        if item.changed_at is None or now_there != item.current_text:
            item.current_text, item.changed_at = now_there, now
    return before != _state(item)


def _state(item: Item) -> tuple[object, ...]:
    place = (item.path, item.position, item.anchor, item.page)
    return (*place, item.source, item.current_text, item.changed_at)
