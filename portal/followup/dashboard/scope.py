"""Which pledges a dashboard speaks of: those that pass the filters of an address; figures and views call it.

The filters are those of the public list of pledges, so that each number leads to a list under the same ones.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.choices import flatten_choices

from portal.followup.figures import Figures, figures_of
from portal.followup.gaps.asked import ACTION, NAMES, Asked
from portal.followup.queries import going_first
from portal.plan.outline import Outline, outline
from portal.pledges.filters import PledgeFilters
from portal.pledges.records import PLEDGE
from portal.pledges.standing import Standing, standings
from portal.publication.enums import RecordKind
from portal.publication.figures import counted_once
from portal.publication.models import Record
from portal.publication.queries import published
from portal.records.filters import Reader
from portal.taxonomy.queries import organization_type_names

# What the form offers; whatever else the list of pledges knows is understood, too.
OFFERED = ("line", "country", "type", "mechanism", "forum", "outcome", "consultation", "year")
# What an address may carry beside filters.
CELLS = "cells"
APART = ("format", "lang", CELLS)
ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Scope:
    """`rows` are the pledges that pass the `chosen` filters, `first` the actions that go first. `unknown` are
    names of filters that there are not; `cells` is what the heat table counts.
    """

    rows: tuple[Standing, ...]
    language: str
    today: date
    counted_at: datetime
    plan: Outline
    first: frozenset[str]
    filters: PledgeFilters | None = None
    cells: str = ""
    unknown: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The filters as an address carries them; empty without any."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    def pledges(self, **more: str) -> str:
        """The list of pledges under the same filters and more; empty where one of them says otherwise."""
        if any(self.chosen.get(name, value) != value for name, value in more.items()):
            return ""
        asked = {**self.chosen, **more}
        query = f"?{urlencode(asked)}" if asked else ""
        return f"{PLEDGE.address(self.language)}{query}"

    @property
    def of_gaps(self) -> Asked:
        """Those of the filters that gaps have, too."""
        line = self.chosen.get("action", self.chosen.get("line", ""))
        named = {name: self.chosen.get(name, "") for name in NAMES if name != ACTION}
        return Asked(action=line, **named)

    def address(self, slug: str, **more: str) -> str:
        """The page of a figure under the same filters."""
        asked = {**self.chosen, **more}
        query = f"?{urlencode(asked)}" if asked else ""
        return f"/{self.language}/follow-up/figures/{slug}/{query}"

    def label_of(self, name: str, value: str) -> str:
        """What a choice of the form is called; the value itself where there is none."""
        offered = self.filters.filters.get(name) if self.filters else None
        choices = dict(flatten_choices(offered.extra.get("choices", ()))) if offered else {}
        return str(choices.get(value, value))

    @property
    def is_asked(self) -> bool:
        """Whether the address narrows it, be it by a value that there is not."""
        return self.filters.is_asked if self.filters else bool(self.chosen)

    def refuse_unknown(self) -> None:
        """Before a file. Raises `NoSuchChoice`."""
        if self.filters:
            self.filters.form.refuse_unknown()

    def figures(self) -> Figures:
        return figures_of(self.rows)


def scope_of(query: QueryDict, language: str, offered: Iterable[str] = OFFERED) -> Scope:
    """What an address asks for; what it asks for wrongly is said at its field, and nothing passes.

    `offered` are the filters that a form shows, beside those that are asked for.
    """
    known = PledgeFilters.base_filters
    names = dict.fromkeys((*offered, *(name for name in query if name in known)))
    reader = Reader(language, organization_type_names(language))
    filters = PledgeFilters(query, published(RecordKind.PLEDGE), reader, only=names)
    if filters.narrowed == "country":
        filters.narrow(Counter(row.country for row in standings() if row.country))
    return scope_under(
        filters,
        language,
        cells=ACTIONS if query.get(CELLS) == ACTIONS else "",
        unknown=tuple(name for name in query if name not in known and name not in APART),
    )


def scope_under(filters: PledgeFilters, language: str, **more: Any) -> Scope:
    """What passes the filters. One query where any is chosen."""
    chosen = filters.chosen()
    return scope_of_rows(
        filters.qs if filters.is_asked else None, language, filters=filters, chosen=chosen, **more
    )


def scope_of_rows(passing: QuerySet[Record] | None, language: str, **more: Any) -> Scope:
    """These pledges, all without any. One query for those that pass."""
    rows = standings()
    if passing is not None:
        keys = set(passing.order_by().values_list("pk", flat=True))
        rows = tuple(row for row in rows if row.pk in keys)
    today = timezone.now().date()
    return Scope(
        rows,
        language,
        today=today,
        counted_at=_counted_at(),
        plan=outline(),
        first=going_first(today.year),
        **more,
    )


@counted_once
def _counted_at() -> datetime:
    """Since then nothing public has changed."""
    return timezone.now()
