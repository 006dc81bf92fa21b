"""Where a review cycle stands between planned and closed, as four points; rooms and pages draw it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.common.formatting import short_day
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle


@dataclass(frozen=True, slots=True)
class Point:
    """`when` in words; `is_past` and `is_now` exclude each other."""

    label: str
    when: str
    is_past: bool
    is_now: bool


def line_of(cycle: ReviewCycle) -> list[Point]:
    """No query."""
    order = list(CycleState)
    at = order.index(CycleState(cycle.state))
    when = {
        CycleState.PLANNED: _("from %(date)s") % {"date": short_day(cycle.opens_on)},
        CycleState.OPEN: _days(cycle),
        CycleState.FROZEN: short_day(cycle.frozen_at) if cycle.frozen_at else _about(cycle.closes_on),
        CycleState.CLOSED: short_day(cycle.closed_at) if cycle.closed_at else "",
    }
    return [
        Point(str(state.label), when[state], place < at, place == at) for place, state in enumerate(order)
    ]


def _days(cycle: ReviewCycle) -> str:
    opened = short_day(cycle.opened_at) if cycle.opened_at else short_day(cycle.opens_on)
    return _("%(first)s to %(last)s") % {"first": opened, "last": short_day(cycle.closes_on)}


def _about(last: date) -> str:
    return _("after %(date)s") % {"date": short_day(last)}
