"""What a saved search had found when it was kept, packed; `domain` and the commands call `take_stock`.

First a scroll, then its result is noted, then a second scroll. A change that reached the index before the
first scroll is old. One that came after the note is evaluated with this search. What came in between is what
the second scroll finds more, and is told. Nothing is missed and no lock is held while scrolling.
"""

import logging
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from portal.observatory.saved.matching import Spot, strict_query
from portal.observatory.saved.models import FoundDocument as FoundRow
from portal.observatory.saved.models import Match, SavedSearch
from search.engines import fallback
from search.engines.base import EngineUnavailable, FoundDocument, SearchRequest, SnapshotGone
from search.engines.documents import order_key
from search.index.builders.base import identity_of
from search.results.glossary_cache import glossary
from search.results.query_params import question_of
from search.results.service import Question, filters_of
from search.results.visibility import public_ids

logger = logging.getLogger(__name__)
SCROLL_SIZE = 500


class Stock:
    """The keys of things, sorted, eight bytes each."""

    def __init__(self, packed: bytes = b"") -> None:
        self._keys = array("Q", packed)
        if sys.byteorder == "big":
            self._keys.byteswap()

    def __contains__(self, thing: str) -> bool:
        key = order_key(thing)
        place = bisect_left(self._keys, key)
        return place < len(self._keys) and self._keys[place] == key


def packed(things: Iterable[str]) -> bytes:
    keys = array("Q", sorted({order_key(thing) for thing in things}))
    if sys.byteorder == "big":
        keys.byteswap()
    return keys.tobytes()


def take_stock(search: SavedSearch, *, now: datetime) -> bool:
    """Note what is found already. False while no engine can answer: then it is tried again later."""
    question = question_of(QueryDict(search.address), search.language)
    try:
        if search.found is None:
            identities = packed(identity_of(each.id) for each in scroll_strictly(question))
            noted = SavedSearch.objects.filter(pk=search.pk, address=search.address, found__isnull=True)
            noted.update(found=identities)
        _look_again(search, question, now)
    except (EngineUnavailable, SnapshotGone) as error:
        logger.warning("event=stock_waits search=%s reason=%s", search.key, error)
        return False
    return True


def settle(*, now: datetime) -> int:
    """Take stock of searches for which it could not be done when they were kept; how many were done."""
    return sum(take_stock(search, now=now) for search in SavedSearch.objects.filter(is_settled=False))


def scroll_strictly(question: Question) -> Iterator[FoundDocument]:
    """Everything found with all the words, of one moment. Raises like `service.scroll`."""
    query = strict_query(question, glossary())
    if query is None:
        return
    request = SearchRequest(
        query=query,
        visibility=question.visibility,
        filters=filters_of(question),
        size=SCROLL_SIZE,
        passages=1,
        since=question.since,
        until=question.until,
        scroll=True,
    )
    results, _is_fallback = fallback.search(request)
    yield from results.hits
    while results.cursor is not None:
        results, _is_fallback = fallback.search(replace(request, cursor=results.cursor))
        yield from results.hits


@transaction.atomic
def _look_again(search: SavedSearch, question: Question, now: datetime) -> None:
    """The row is locked: a question changed meanwhile has its own stock taken."""
    row = SavedSearch.objects.select_for_update().filter(pk=search.pk, address=search.address).first()
    if row is None or row.found is None or row.is_settled:
        return
    before = Stock(bytes(row.found))
    told = set(row.matches.values_list("thing", flat=True))
    late = {
        thing: each
        for each in scroll_strictly(question)
        if (thing := identity_of(each.id)) not in before and thing not in told
    }
    public = public_ids({each.id for each in late.values()})
    keep_matches(row, [each for each in late.values() if each.id in public], now=now)
    row.is_settled = True
    row.save(update_fields=["is_settled"])


def keep_matches(search: SavedSearch, matching: Iterable[FoundDocument], *, now: datetime) -> None:
    """Matches that the index tells of, not a commit."""
    documents = list(matching)
    FoundRow.objects.bulk_create(
        [FoundRow(each.id, each.kind, each.language, each.title, each.path) for each in documents],
        ignore_conflicts=True,
    )
    spots = [_spot(each) for each in documents]
    Match.objects.bulk_create([match_at(search.pk, spot, now) for spot in spots], ignore_conflicts=True)


def match_at(search_id: int, spot: Spot, now: datetime) -> Match:
    return Match(
        search_id=search_id,
        thing=spot.thing,
        document_id=spot.document,
        position=spot.position,
        page=spot.page,
        anchor=spot.anchor,
        found_at=now,
    )


def _spot(document: FoundDocument) -> Spot:
    passage = document.passages[0].passage
    return Spot(identity_of(document.id), document.id, max(0, passage.position), passage.page, passage.anchor)
