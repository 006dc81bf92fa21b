"""The header of the dashboard: five numbers, each of those that it can be said of and of all there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.charts.plots import Name
from portal.common.formatting import number, percent
from portal.followup.dashboard.counting import number_of
from portal.followup.dashboard.scope import Scope
from portal.pledges.enums import Fulfilment
from portal.pledges.facts import CURRENT_MONTHS


@dataclass(frozen=True, slots=True)
class Part:
    """`number` of `whole`, and what the whole is; `words` say `number` or a share of it."""

    code: str
    number: int
    whole: int
    words: str


@dataclass(frozen=True, slots=True)
class Total:
    """`parts` are its two denominators: what it can be said of, then all."""

    name: Name
    number: int
    parts: tuple[Part, Part]


def totals(scope: Scope) -> tuple[Total, ...]:
    return (*_of_pledges(scope), _actions(scope))


def _of_pledges(scope: Scope) -> Iterator[Total]:
    rows = scope.rows
    reported = [row for row in rows if row.is_reported]
    assessed = [row for row in rows if row.is_assessed]
    active = [row for row in rows if row.is_active]
    claimed = number_of(rows, lambda row: not row.is_active)
    name = Name("claimed_fulfilled", _("claimed fulfilled"), scope.pledges(active="no"))
    with_report = Part(
        "reported", number_of(reported, lambda row: not row.is_active), len(reported), _of_reported()
    )
    yield Total(name, claimed, (with_report, _of_all(claimed, scope)))
    complete = number_of(assessed, lambda row: row.fulfilment == Fulfilment.COMPLETE)
    name = Name("complete", _("assessed complete"), scope.pledges(assessed=Fulfilment.COMPLETE.value))
    part = Part("assessed", complete, len(assessed), _("%(number)s of %(whole)s assessed"))
    yield Total(name, complete, (part, _of_all(complete, scope)))
    backed = number_of(rows, lambda row: row.is_documented)
    name = Name("documented", _("with evidence"), scope.pledges(evidence="document"))
    part = Part("reported", backed, len(reported), _of_reported())
    yield Total(name, backed, (part, _of_all(backed, scope)))
    silent = number_of(active, lambda row: row.is_silent(scope.today))
    name = Name("silent", _("silent for a year"), scope.pledges(silent=str(CURRENT_MONTHS)))
    part = Part("active", silent, len(active), _("%(number)s of %(whole)s active"))
    yield Total(name, silent, (part, _of_all(silent, scope)))


def _of_reported() -> str:
    return _("%(number)s of %(whole)s with a report")


def _of_all(count: int, scope: Scope) -> Part:
    return Part("published", count, len(scope.rows), _("%(number)s of %(whole)s published"))


def _actions(scope: Scope) -> Total:
    """Actions of the plan in force that the pledges carry out."""
    plan = scope.plan
    covered = {action for row in scope.rows for action in row.actions} & set(plan.actions)
    first = scope.first & set(plan.actions)
    parts = (
        Part("first", len(covered & first), len(first), _("%(number)s of %(whole)s that go first")),
        Part("plan", len(covered), len(plan.actions), _("%(number)s of %(whole)s in the plan")),
    )
    return Total(Name("actions", _("actions with a pledge"), f"/{scope.language}/plan/"), len(covered), parts)


def key_row(total: Total) -> dict[str, Any]:
    """Inputs of a row of `components/key_totals.html`."""
    return {
        "value": number(total.number),
        "label": total.name.label,
        "url": total.name.url if total.number else "",
        "notes": [told] if (told := sentence(total)) else [],
    }


def sentence(total: Total) -> str:
    """`16% of 31 assessed, 4% of 140 published`: the number as a share of both; of nothing there is no share.

    Where fewer count in the first part, `14% of 140 published; 16 of 20: 13% of 120 with a report`.
    """
    part, of_all = total.parts
    shares = [_share(each) for each in total.parts if each.whole]
    if len(shares) < 2 or part.number == of_all.number:
        return ", ".join(shares)
    numbers = {"number": number(part.number), "total": number(of_all.number)}
    told = _("%(all)s; %(number)s of %(total)s: %(part)s")
    return told % {"all": _share(of_all), "part": _share(part), **numbers}


def _share(part: Part) -> str:
    """Percent in the place of the number."""
    return part.words % {"number": percent(part.number / part.whole), "whole": number(part.whole)}
