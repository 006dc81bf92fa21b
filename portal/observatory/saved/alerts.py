"""Holds every commit of the index against the saved searches; the signal `documents_indexed` calls it.

It runs in the transaction that marks changes as done: a match is noted together with the change, or neither
is. What goes wrong here never stops the drain: the things are noted as `Unevaluated` in the same transaction
and tried again with the next commit and by the command `evaluate_alerts`.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.observatory.saved.matching import Commit, Questions, Spot, Wanted
from portal.observatory.saved.models import FoundDocument, Match, SavedSearch, Unevaluated
from portal.observatory.saved.stock import Stock, match_at
from search.engines.documents import IndexDocument
from search.index.builders import build
from search.index.builders.base import identity_of, version_id
from search.index.outbox import Subject
from search.models import Source
from search.results.glossary_cache import glossary

logger = logging.getLogger(__name__)
AT_ONCE = 100
LONGEST_WAIT = timedelta(hours=6)
# A saved search and a thing.
Pair = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Answering:
    """A question, whose searches ask it, and the changed things that answer."""

    wanted: Wanted
    searches: tuple[int, ...]
    things: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """A match that was noted before."""

    pk: int
    is_told: bool
    is_current: bool
    spot: Spot


def documents_indexed(documents: Sequence[IndexDocument], absent: Sequence[str], **kwargs: object) -> None:
    """Receiver: this commit, and beside it some of what could not be evaluated before."""
    now = timezone.now()
    try:
        with transaction.atomic():
            evaluate(documents, absent, now=now)
    except Exception:
        logger.exception("event=alerts_failed documents=%d", len(documents))
        _note([*(document.id for document in documents), *absent], now)
        return
    evaluate_again(now=now)


def evaluate(documents: Sequence[IndexDocument], absent: Collection[str], *, now: datetime) -> None:
    """Note new matches, and what no longer matches. Doing it twice changes nothing."""
    FoundDocument.objects.filter(pk__in=absent).update(title="", path="")
    things = {identity_of(each) for each in (*(document.id for document in documents), *absent)}
    commit = Commit(documents)
    answering = _answering(commit)
    known = _known(things)
    _mark_known(known, answering)
    spots = _spots(commit, answering, known, frozenset(absent))
    _write_documents(documents, {spot.document for spot in spots.values()})
    added = [match_at(pk, spot, now) for (pk, thing), spot in spots.items() if (pk, thing) not in known]
    Match.objects.bulk_create(added, ignore_conflicts=True)
    _move({known[pair]: spot for pair, spot in spots.items() if pair in known})


def evaluate_again(*, now: datetime, is_due: bool = True) -> int:
    """Things noted as unevaluated, as they are now; how many were done. A bad one does not stop others."""
    rows = Unevaluated.objects.filter(not_before__lte=now) if is_due else Unevaluated.objects.all()
    return sum(_try(row, now) for row in rows.order_by("attempts", "pk")[:AT_ONCE])


def _try(row: Unevaluated, now: datetime) -> bool:
    try:
        with transaction.atomic():
            # No version in any language stands behind an id that ends so: all of the thing is looked at.
            built = build(Subject(Source.INDEX, version_id(row.thing, "")), 0)
            evaluate(built.documents, built.absent, now=now)
            row.delete()
    except Exception:
        logger.exception("event=alerts_failed thing=%s attempts=%d", row.thing, row.attempts + 1)
        wait = min(timedelta(seconds=2 ** min(row.attempts + 1, 20)), LONGEST_WAIT)
        Unevaluated.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1, not_before=now + wait)
        return False
    return True


def _note(ids: Iterable[str], now: datetime) -> None:
    things = dict.fromkeys(identity_of(each) for each in ids)
    rows = [Unevaluated(thing=thing, noted_at=now, not_before=now) for thing in things]
    Unevaluated.objects.bulk_create(rows, ignore_conflicts=True)


def _answering(commit: Commit) -> list[Answering]:
    """Each question once, whoever asks it."""
    askers: dict[tuple[str, str], list[int]] = {}
    rows = SavedSearch.objects.filter(found__isnull=False).values_list("pk", "address", "language")
    for pk, address, language in rows:
        askers.setdefault((address, language), []).append(pk)
    questions = Questions(glossary())
    answering = []
    for (address, language), searches in askers.items():
        wanted = questions.wanted(address, language)
        if wanted is not None and (things := commit.answering(wanted)):
            answering.append(Answering(wanted, tuple(searches), things))
    return answering


def _known(things: Collection[str]) -> dict[Pair, Known]:
    rows = Match.objects.filter(thing__in=things).values_list(
        "search_id", "thing", "pk", "told_at", "is_current", "document_id", "position", "page", "anchor"
    )
    return {
        (search, thing): Known(
            pk, told_at is not None, is_current, Spot(thing, document, position, page, anchor)
        )
        for search, thing, pk, told_at, is_current, document, position, page, anchor in rows
    }


def _mark_known(known: Mapping[Pair, Known], answering: Sequence[Answering]) -> None:
    """A match that was not told goes with its reason; a told one is only marked."""
    answers = {pk: each.things for each in answering for pk in each.searches}
    gone, changed = [], {True: list[int](), False: list[int]()}
    for (pk, thing), match in known.items():
        is_current = thing in answers.get(pk, ())
        if not is_current and not match.is_told:
            gone.append(match.pk)
        elif is_current is not match.is_current:
            changed[is_current].append(match.pk)
    if gone:
        Match.objects.filter(pk__in=gone, told_at=None).delete()
    for is_current, pks in changed.items():
        if pks:
            Match.objects.filter(pk__in=pks).update(is_current=is_current)


def _spots(
    commit: Commit, answering: Sequence[Answering], known: Mapping[Pair, Known], absent: Collection[str]
) -> dict[Pair, Spot]:
    """Where each new match stands, and each known one that was not told or has lost its version."""
    stocks = _stocks(answering, known)
    spots: dict[Pair, Spot] = {}
    for each in answering:
        pairs = [
            (pk, thing)
            for pk in each.searches
            for thing in each.things
            if (
                _is_loose(known[pk, thing], absent)
                if (pk, thing) in known
                else pk in stocks and thing not in stocks[pk]
            )
        ]
        places = commit.spots(each.wanted, {thing for _pk, thing in pairs}) if pairs else {}
        spots |= {pair: places[pair[1]] for pair in pairs if pair[1] in places}
    return spots


def _is_loose(match: Known, absent: Collection[str]) -> bool:
    return not match.is_told or match.spot.document in absent


def _stocks(answering: Sequence[Answering], known: Mapping[Pair, Known]) -> dict[int, Stock]:
    """What was found already, of those searches that seem to have found something more."""
    wanted = [
        pk
        for each in answering
        for pk in each.searches
        if any((pk, thing) not in known for thing in each.things)
    ]
    if not wanted:
        return {}
    rows = SavedSearch.objects.filter(pk__in=wanted, found__isnull=False).values_list("pk", "found")
    return {pk: Stock(bytes(packed or b"")) for pk, packed in rows}


def _write_documents(documents: Iterable[IndexDocument], needed: Collection[str]) -> None:
    """New titles of those already told of, and those of new ones."""
    by_id = {document.id: document for document in documents}
    known = FoundDocument.objects.filter(pk__in=by_id).values_list("pk", flat=True)
    FoundDocument.objects.bulk_create(
        [
            FoundDocument(each.id, each.kind, each.language, each.title, each.path)
            for each in (by_id[pk] for pk in {*known, *needed})
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["kind", "language", "title", "path"],
    )


def _move(spots: Mapping[Known, Spot]) -> None:
    """Put matches at their new places, those of one place together."""
    moved: dict[Spot, list[int]] = {}
    for match, spot in spots.items():
        if match.spot != spot:
            moved.setdefault(spot, []).append(match.pk)
    for spot, pks in moved.items():
        Match.objects.filter(pk__in=pks).update(
            document=spot.document, position=spot.position, page=spot.page, anchor=spot.anchor
        )
