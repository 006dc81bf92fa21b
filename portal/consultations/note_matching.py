"""Finds for each part of a concept note the page an earlier import made of it. Used by `imports` only.

The measure of likeness (`long_words`, `likeness`) serves the import of conclusions too.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from wagtail.models import Page

from portal.consultations.note_pages import WantedPage
from portal.consultations.page_models import SegmentPage

# How much of their words two texts share: anywhere below the parent, and at the same place.
ALIKE, ALIKE_IN_PLACE = 0.5, 0.3
_WORD = re.compile(r"[^\W\d_]{4,}")
Pages = dict[int, Any]  # Any: Wagtail has no types


def match(
    wanted: Sequence[WantedPage],
    present: Sequence[Any],
    *,
    parent_key: str,
    level: int,
    keys: Mapping[int, UUID],
) -> Pages:
    """The page for each position of `wanted`, where there is one.

    A translation of the same page first (`keys`), then unchanged text, the same origin, the same place
    among the neighbours, the likest words. The titles of two consultations differ in a word, so those
    go by their segments.
    """
    pages: Pages = {}
    rest = list(present)
    tests: tuple[Callable[[WantedPage, Any], bool], ...] = (
        lambda wish, page: page.translation_key == keys.get(id(wish)),
        lambda wish, page: page.import_digest == wish.digest,
        lambda wish, page: page.import_key == origin_key(parent_key, wish, level),
        lambda wish, page: level == 0 and _same_segments(wish, page),
        lambda wish, page: level == 1 and page.number == wish.number,
    )
    for test in tests:
        for position, wish in enumerate(wanted):
            page = None if position in pages else next((page for page in rest if test(wish, page)), None)
            if page is not None:
                pages[position] = page
                rest.remove(page)
    if level > 0 and rest:
        _match_by_words(wanted, present, pages, rest)
    return pages


def _match_by_words(
    wanted: Sequence[WantedPage], present: Sequence[Any], pages: Pages, rest: list[Any]
) -> None:
    texts = {page.pk: [long_words(text) for text in _texts(page)] for page in rest}
    order = {page.pk: number for number, page in enumerate(present)}
    pairs: list[tuple[float, int, Any]] = []
    for position, wish in enumerate(wanted):
        if position in pages:
            continue
        before, after = _neighbours(position, pages, order, len(wanted))
        for page in rest:
            alike = max(likeness(long_words(wish.text), words) for words in texts[page.pk])
            in_place = before < order[page.pk] < after
            if alike >= (ALIKE_IN_PLACE if in_place else ALIKE):
                pairs.append((alike + in_place, position, page))
    for _, position, page in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].path)):
        if position not in pages and page in rest:
            pages[position] = page
            rest.remove(page)


def _neighbours(position: int, pages: Pages, order: dict[int, int], length: int) -> tuple[int, int]:
    """Between which of the present pages a part without a page stands."""
    before = next((order[pages[at].pk] for at in range(position - 1, -1, -1) if at in pages), -1)
    after = next((order[pages[at].pk] for at in range(position + 1, length) if at in pages), len(order))
    return before, after


def long_words(text: str) -> frozenset[str]:
    """The longer words by their beginnings, so that "strengthen" is like "strengthened"."""
    return frozenset(word.rstrip("s")[:6] for word in _WORD.findall(text.lower()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def imported(parent: Page, model: type[Any]) -> list[Any]:
    """The pages below one parent that imports made, in their order."""
    rows = model.objects.child_of(parent).exclude(import_key="").select_related("latest_revision")
    return list(rows.order_by("path"))


def shown_text(page: Any) -> str:
    draft = page.get_latest_revision_as_object()
    return str(draft.heading or draft.title)


def _texts(page: Any) -> set[str]:
    """What the page says now, and what it said when it was made: an editor may have changed it since."""
    first = page.revisions.order_by("pk").first()
    made = first.as_object() if first else page
    return {shown_text(page), str(made.heading or made.title)}


def origin_key(parent_key: str, wanted: WantedPage, level: int) -> str:
    """What a page made of this text below this parent is marked with."""
    text = f"{parent_key}/{level}/{' '.join(wanted.text.lower().split())}"
    return hashlib.sha256(text.encode()).hexdigest()


def _same_segments(wanted: WantedPage, page: Any) -> bool:
    """Whether a consultation of another title holds half of the note's segments or more."""
    keys = {segment.import_key for segment in imported(page, SegmentPage)}
    same = sum(origin_key(page.import_key, child, 1) in keys for child in wanted.children)
    return bool(same) and same * 2 >= len(wanted.children)
