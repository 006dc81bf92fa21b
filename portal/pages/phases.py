"""Where the process stands, from the entries of its timeline: phases, what is over, what comes next.

Nothing is read here. Home page and timeline ask with a day of the reader's.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.blocks import address_of
from portal.cms.dates import with_precision


class Phase(TextChoices):
    """In their order; an entry may belong to one."""

    BACKGROUND = "background", gettext_lazy("Declaration")
    LAUNCH = "launch", gettext_lazy("Launch")
    CONSULTATION = "consultation", gettext_lazy("Consultations")
    NEGOTIATION = "negotiation", gettext_lazy("Negotiation")
    ADOPTION = "adoption", gettext_lazy("Adoption")
    FOLLOW_UP = "follow_up", gettext_lazy("Follow-up")
    END = "end", gettext_lazy("End of the plan")


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of the timeline. `first` and `last` are the days that it covers as it is shown: all of a month
    or year where no day is told. `links`: [{label, url}]."""

    title: str
    text: str
    first: date
    last: date
    shown: str
    phase: str = ""
    links: Sequence[Mapping[str, str]] = field(default=())


@dataclass(frozen=True, slots=True)
class Step:
    """A phase with the years that it covers."""

    phase: Phase
    first: date
    last: date
    is_done: bool = False
    is_current: bool = False

    @property
    def label(self) -> str:
        return str(self.phase.label)

    @property
    def years(self) -> str:
        """Its first year; the line goes on from it."""
        return str(self.first.year)


@dataclass(frozen=True, slots=True)
class Standing:
    """The process on a day: its phases in order, a sentence on the current one, the entry that follows."""

    steps: Sequence[Step]
    sentence: str
    last: Moment | None
    coming: Moment | None


def moment_of(value: Mapping[str, Any], home: str) -> Moment:
    """Of a block of the timeline. `home` is the address of the reader's home page, such as `/es/`."""
    first, last = value["starts_on"], value["ends_on"] or value["starts_on"]
    precision = value["precision"]
    return Moment(
        title=value["title"],
        text=value["text"] or "",
        first=first,
        last=_last_day(last, precision),
        shown=with_precision(first, value["ends_on"], precision),
        phase=value.get("phase") or "",
        links=[
            {"label": link["text"], "url": address_of(link["target"], home)}
            for link in value.get("links") or ()
        ],
    )


def standing(moments: Iterable[Moment], today: date) -> Standing:
    """Of an empty timeline nothing: no steps."""
    rows = sorted(moments, key=lambda row: (row.first, row.last))
    steps = _steps(rows, today)
    begun = [row for row in rows if row.first <= today]
    coming = [row for row in rows if row.first > today]
    return Standing(
        steps=steps,
        sentence=_sentence(steps, today),
        last=begun[-1] if begun else None,
        coming=coming[0] if coming else None,
    )


def _steps(rows: Sequence[Moment], today: date) -> list[Step]:
    """The current phase is the last that has begun, also between two of its entries."""
    steps = []
    for phase in Phase:
        of_phase = [row for row in rows if row.phase == phase]
        if of_phase:
            first, last = min(row.first for row in of_phase), max(row.last for row in of_phase)
            steps.append(Step(phase, first, last))
    begun = [step for step in steps if step.first <= today]
    now = max(begun, key=lambda step: step.first) if begun else None
    return [
        replace(step, is_current=step is now, is_done=step is not now and step.first <= today)
        for step in steps
    ]


def _sentence(steps: Sequence[Step], today: date) -> str:
    """`Follow-up, year 2 of 10.`: years are counted from the adoption to the end of the plan."""
    by_phase = {step.phase: step for step in steps}
    current = next((step for step in steps if step.is_current), None)
    if current is None:
        return ""
    adopted, end = by_phase.get(Phase.ADOPTION), by_phase.get(Phase.END)
    if current.phase != Phase.FOLLOW_UP or adopted is None or end is None:
        return _("%(phase)s.") % {"phase": current.label}
    begin = adopted.last
    passed = today.year - begin.year - ((today.month, today.day) < (begin.month, begin.day))
    years = end.last.year - begin.year
    numbers = {"number": min(passed + 1, years), "all": years}
    return _("Follow-up, year %(number)s of %(all)s.") % numbers


def _last_day(day: date, precision: str) -> date:
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day
