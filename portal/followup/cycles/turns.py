"""When a review cycle is in its turn, and what comes before its last day; the verbs and their pages ask."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.common.languages import DEFAULT
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle

MAX_REASON = 500


def why_not_open(cycle: ReviewCycle, today: date) -> str:
    """Why it cannot be opened that day, in the active language; empty where it can. One query."""
    return why_not_among(cycle, ReviewCycle.objects.all(), today)


def why_not_among(cycle: ReviewCycle, rows: Collection[ReviewCycle], today: date) -> str:
    """It is in its turn from its first day to its last one, after those of the calendar that still wait for
    theirs, while no other is open. `rows`: all cycles in the order of the calendar."""
    numbers = {"first": day(cycle.opens_on), "last": day(cycle.closes_on)}
    if any(row.state == CycleState.OPEN for row in rows):
        return _("Another review cycle is open. Freeze it first.")
    if today < cycle.opens_on:
        return _("It can be opened from its first day on, %(first)s.") % numbers
    if today > cycle.closes_on:
        return _("Its last day, %(last)s, has passed.") % numbers
    return _before_it(cycle, rows, today)


def is_early(cycle: ReviewCycle, today: date) -> bool:
    """What cannot be undone comes before its last day, so that a reason is asked for."""
    return today < cycle.closes_on


def _before_it(cycle: ReviewCycle, rows: Collection[ReviewCycle], today: date) -> str:
    waiting = (row for row in rows if row.state == CycleState.PLANNED and row.closes_on >= today)
    earlier = next((row for row in waiting if row.opens_on < cycle.opens_on), None)
    if earlier is None:
        return ""
    told = _("“%(name)s” comes first: it is planned up to %(last)s.")
    return told % {"name": earlier.title(get_language() or DEFAULT), "last": day(earlier.closes_on)}
