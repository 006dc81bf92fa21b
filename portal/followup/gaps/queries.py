"""How many things have no next step, of how many, and which; pages, API, desk and review pack ask here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, override

from portal.common.languages import DEFAULT
from portal.consultations.page_queries import consultation_at
from portal.followup.gaps.asked import EVERYTHING, Asked
from portal.followup.gaps.kinds import GAPS, Gap, Item
from portal.followup.gaps.ledger import read
from portal.followup.gaps.paths import path_of_gap
from portal.followup.queries import going_first
from portal.networks.queries import named_by_mechanisms
from portal.publication.figures import counted_once

# The key of no page, and the keys of no node.
NO_PAGE = "-"
NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GapCount:
    """`number` of `of_all` things have no next step; `url` is the list under the filters that it has.

    `part_of` is the slug of the gap of which it is a part, `left_out` names the filters that it has not.
    """

    slug: str
    title: str
    number: int
    of_all: int
    url: str
    part_of: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a gap passes the filters: the things without a next step, and how many things there are."""

    gaps: tuple[Item, ...]
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """Filters as what things are compared with: keys of nodes for an action and for a mechanism."""

    country: str = ""
    type: str = ""
    consultation: str = ""
    action: frozenset[str] | None = None
    mechanism: frozenset[str] | None = None

    def known_to(self, gap: Gap) -> "_Wanted":
        return _Wanted(**{name: getattr(self, name) for name in gap.filters})

    def is_near(self, item: Item) -> bool:
        is_of = not self.consultation or self.consultation in item.consultations
        return is_of and all(keys is None or keys & item.nodes for keys in (self.action, self.mechanism))

    def is_by(self, country: str, code: str) -> bool:
        return self.country in ("", country) and self.type in ("", code)


def counts(asked: Asked = EVERYTHING, language: str = "") -> tuple[GapCount, ...]:
    """Every gap in the order of the trace; `language` is the reader's where it is not given.

    Four queries at most while nothing public changes, and those of `asked`.
    """
    wanted, today, reader = _wanted(asked), timezone.now().date(), language or get_language() or DEFAULT
    first = going_first(today.year)
    with override(reader):
        return tuple(
            _count(gap, told, asked, reader)
            for gap, told in zip(GAPS, _numbers(today, wanted, first), strict=True)
        )


def select(gap: Gap, asked: Asked = EVERYTHING) -> Selection:
    """One gap in its order, at the same cost."""
    today = timezone.now().date()
    return _selected(gap, items(today)[gap.slug], _wanted(asked), going_first(today.year))


def passing(gap: Gap, asked: Asked) -> tuple[Item, ...]:
    """What is looked at under the filters, with and without a next step."""
    wanted, today = _wanted(asked).known_to(gap), timezone.now().date()
    rows = (row for row in items(today)[gap.slug] if wanted.is_near(row))
    return tuple(row for row in rows if gap.by_reach or wanted.is_by(row.country, row.type))


@counted_once
def items(today: date) -> Mapping[str, tuple[Item, ...]]:
    """By slug everything that is looked at, once a day and for each state of the public."""
    ledger = read(today)
    return {gap.slug: tuple(gap.items(ledger)) for gap in GAPS}


@counted_once
def _numbers(today: date, wanted: _Wanted, first: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Of each gap how many have no next step, of how many."""
    rows = items(today)
    selected = (_selected(gap, rows[gap.slug], wanted, first) for gap in GAPS)
    return tuple((len(each.gaps), each.of_all) for each in selected)


def _wanted(asked: Asked) -> _Wanted:
    """What is asked for and is not there leads to nothing. Two queries at most for each of the two slugs."""
    return _Wanted(
        country=asked.country,
        type=asked.type,
        consultation=_key_of(asked.consultation) if asked.consultation else "",
        action=frozenset({asked.action}) if asked.action else None,
        mechanism=named_by_mechanisms().get(asked.mechanism, NOWHERE) if asked.mechanism else None,
    )


def _key_of(slug: str) -> str:
    page = consultation_at(slug, DEFAULT)
    return str(page.key) if page else NO_PAGE


def _selected(gap: Gap, rows: Collection[Item], wanted: _Wanted, first: Collection[str]) -> Selection:
    known = wanted.known_to(gap)
    near = [row for row in rows if known.is_near(row) and (not gap.is_first or row.id in first)]
    if gap.by_reach:
        gaps = [row for row in near if not any(known.is_by(*source) for source in row.reached)]
        return Selection(tuple(gaps), len(near))
    own = [row for row in near if known.is_by(row.country, row.type)]
    return Selection(tuple(row for row in own if not row.reached), len(own))


def _count(gap: Gap, told: tuple[int, int], asked: Asked, language: str) -> GapCount:
    number, of_all = told
    return GapCount(
        slug=gap.slug,
        title=str(gap.title),
        number=number,
        of_all=of_all,
        url=path_of_gap(gap, asked, language),
        part_of=gap.part_of,
        left_out=tuple(name for name in asked.query if name not in gap.filters),
    )
