"""Keeps collected passages true to what is public: told by the index, `refresh_dossiers`, take-downs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.common.actors import system
from portal.observatory.dossiers.domain import note
from portal.observatory.dossiers.models import Item
from portal.observatory.dossiers.passages import fingerprint, public_document
from portal.observatory.dossiers.queries import hidden_items, items_from
from portal.publication.authors import withheld_words
from portal.publication.kinds import REDACTED, WITHHELD
from portal.publication.models import Record
from portal.submissions.marking import LeftOut
from portal.submissions.places import spans_of
from portal.submissions.redress.queries import may_come_back
from portal.submissions.redress.quotes import left_out_of_number, without_words
from search.engines.documents import IndexDocument

INDEX = system("index")
# The path too: the address of a page is made of its title.
EMPTIED = ("path", "title", "source", "heading", "text", "sha256", "current_text", "question")
HIDDEN = (*EMPTIED, "year")
QUOTED = ("title", "heading", "text")


@transaction.atomic
def empty_withdrawn(document_ids: Collection[str], *, now: datetime) -> int:
    """Leave a tombstone of each passage: number, place, dates and people's own comments stay.

    What is taken down and may come back is hidden, until `follow_take_down` shows it again or empties it.
    """
    items = list(items_from(document_ids).select_for_update().select_related("dossier").order_by("pk"))
    returning = may_come_back({item.identity for item in items if item.number})
    for item in items:
        is_hidden = item.identity in returning
        item.hidden = _words(item) if is_hidden else None
        item.year, item.changed_at, item.withdrawn_at = None, None, now
        for name in EMPTIED:
            setattr(item, name, "")
        note("hidden" if is_hidden else "emptied", item.dossier, INDEX, now, **_log(item))
    Item.objects.bulk_update(items, [*HIDDEN, "hidden", "changed_at", "withdrawn_at"])
    return len(items)


@transaction.atomic
def follow_take_down(kind: str, key: UUID, is_public_again: bool) -> None:
    """A take-down was undone, or is for good; the configuration of the app declares it."""
    record = Record.objects.filter(kind=kind, source_key=key).first()
    if record is None:
        return
    items = hidden_items(record.public_id).select_for_update(of=("self",)).select_related("dossier")
    for item in items.order_by("pk"):
        follow = _show_again if is_public_again else _forget_hidden
        follow(item, timezone.now())


def _show_again(item: Item, now: datetime) -> None:
    """As it was, but for what is not public any more; unless it has been collected once more."""
    words, document = item.hidden or {}, public_document(item.document)
    twice = items_from([item.document]).filter(dossier=item.dossier_id, sha256=words["sha256"])
    if twice.exists() or document is None:
        _forget_hidden(item, now)
        return
    for name, value in words.items():
        setattr(item, name, value)
    item.changed_at = datetime.fromisoformat(changed) if (changed := words["changed_at"]) else None
    item.hidden = item.withdrawn_at = None
    _is_changed(item, document, _left_out([item], {item.document: document}).get(item.document, ()), now)
    item.save()
    note("shown_again", item.dossier, INDEX, now, **_log(item))


def _forget_hidden(item: Item, now: datetime) -> None:
    item.hidden = None
    item.save()
    note("emptied", item.dossier, INDEX, now, **_log(item))


def _words(item: Item) -> dict[str, object]:
    changed = item.changed_at.isoformat() if item.changed_at else None
    return {name: getattr(item, name) for name in HIDDEN} | {"changed_at": changed}


def _log(item: Item) -> dict[str, object]:
    return {"item": item.pk, "document": item.document}


@transaction.atomic
def mark_changed(documents: Sequence[IndexDocument], *, now: datetime) -> int:
    """Passages whose document reads differently now, or as it did once more. How many were changed."""
    by_id = {document.id: document for document in documents}
    items = list(items_from(by_id).select_for_update().order_by("pk"))
    left = _left_out(items, by_id)
    changed = [
        item for item in items if _is_changed(item, by_id[item.document], left.get(item.document, ()), now)
    ]
    names = ["path", "source", "position", "anchor", "page", "current_text", "changed_at"]
    Item.objects.bulk_update(changed, [*names, *QUOTED, "sha256", "question"])
    return len(changed)


def _left_out(items: Iterable[Item], by_id: Mapping[str, IndexDocument]) -> dict[str, Sequence[LeftOut]]:
    """What is left out of those documents of which something is. At most four queries for each."""
    cut = {item.document: item.number for item in items if REDACTED in by_id[item.document].details}
    return {document: left_out_of_number(number) for document, number in cut.items()}


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


def _is_changed(item: Item, document: IndexDocument, left: Sequence[LeftOut], now: datetime) -> bool:
    """Follow the words to where they stand now; where they are gone, keep what took their place.

    Who speaks stays as it was collected, but for a name that is withheld since, and so do the words, but for
    those that are left out since.
    """
    before = _state(item)
    passages = document.readable_passages()
    if left:
        _leave_out(item, left, [document.title, *(each.text for each in passages)])
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


def _leave_out(item: Item, left: Sequence[LeftOut], public: Sequence[str]) -> None:
    for name in QUOTED:
        setattr(item, name, without_words(getattr(item, name), left, "\n\n".join(public)))
    if any(spans_of(each.words, item.question) for each in left):
        item.question = ""
    item.sha256 = fingerprint(item.text)
    others = items_from([item.document]).filter(dossier=item.dossier_id, sha256=item.sha256)
    if others.exclude(pk=item.pk).exists():
        # It has been collected once more without the words.
        item.sha256 = fingerprint(f"{item.pk} {item.text}")


def _state(item: Item) -> tuple[object, ...]:
    place = (item.path, item.position, item.anchor, item.page)
    quoted = tuple(getattr(item, name) for name in QUOTED)
    return (*place, *quoted, item.question, item.source, item.current_text, item.changed_at)
