"""Finds out which page each part of a note translates, where the same note is there in another language.

Used by `imports` only. Notes are the same whose days and segments are; what stands below pairs by its order,
texts of like length where counts differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portal.common.alignment import GAP, aligned, length_cost
from portal.consultations.note_matching import imported, shown_text
from portal.consultations.note_pages import WantedPage
from portal.consultations.page_models import (
    ConsultationPage,
    GuidingQuestionPage,
    SegmentPage,
    ThematicAreaPage,
)

_BELOW: tuple[type[Any], ...] = (
    SegmentPage,
    ThematicAreaPage,
    GuidingQuestionPage,
)  # Any: Wagtail has no types
_SEGMENTS = 0


@dataclass(slots=True)
class Pairing:
    """`keys`: translation keys by the `id` of what the note wants; none for a note that is no translation."""

    keys: dict[int, UUID] = field(default_factory=dict)
    unpaired: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)


def pair_with_original(wanted: WantedPage, *, locale_id: int) -> Pairing:
    pairing = Pairing()
    page = _original(wanted, locale_id)
    if page is not None:
        pairing.keys[id(wanted)] = page.translation_key
        _pair_below(wanted, page, _SEGMENTS, pairing)
    return pairing


def _original(wanted: WantedPage, locale_id: int) -> Any:
    """The one imported consultation in another language with the same days and numbers of segments."""
    days = {"starts_on": wanted.fields["starts_on"], "ends_on": wanted.fields["ends_on"]}
    if not days["starts_on"]:
        return None
    rows = ConsultationPage.objects.filter(**days).exclude(import_key="").exclude(locale_id=locale_id)
    numbers = [segment.number for segment in wanted.children]
    same = [row for row in rows if [page.import_number for page in imported(row, SegmentPage)] == numbers]
    keys = {row.translation_key for row in same}
    return min(same, key=lambda row: row.pk) if len(keys) == 1 else None


def _pair_below(wanted: WantedPage, page: Any, level: int, pairing: Pairing) -> None:
    if level == len(_BELOW):
        return
    pages = imported(page, _BELOW[level])
    pairs = aligned(wanted.children, pages, _cost)
    for part, counterpart in pairs:
        pairing.keys[id(part)] = counterpart.translation_key
        _pair_below(part, counterpart, level + 1, pairing)
    _tell(wanted.children, pages, pairs, pairing)


def _tell(
    parts: Sequence[WantedPage],
    pages: Sequence[Any],
    pairs: Sequence[tuple[WantedPage, Any]],
    pairing: Pairing,
) -> None:
    paired = {id(thing) for pair in pairs for thing in pair}
    pairing.unpaired += [f"{part.where}: {part.text}" for part in parts if id(part) not in paired]
    pairing.untranslated += [shown_text(page) for page in pages if id(page) not in paired]


def _cost(part: WantedPage, page: Any) -> float:
    if isinstance(page, SegmentPage) and page.import_number != part.number:
        return 3 * GAP
    return length_cost(part.text, shown_text(page))
