"""Tells who writes a report which review cycle it counts for; the app declares it."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.followup.addresses import path_of_cycle
from portal.followup.models import ReviewCycle
from portal.followup.queries import current_cycle, open_cycle_at
from portal.reports.cycle_notes import CycleNote


def note_of(begun_at: datetime | None, now: datetime, language: str) -> CycleNote:
    """Two queries at most."""
    current = current_cycle()
    before = open_cycle_at(begun_at) if begun_at else None
    late = _frozen_words(before, language) if before and before != current else ""
    text = " ".join(filter(None, (late, _words(current, language))))
    if current is None:
        return CycleNote("", text, is_late=bool(late))
    return CycleNote(current.title(language), text, path_of_cycle(current, language), is_late=bool(late))


def _words(current: ReviewCycle | None, language: str) -> str:
    if current is None:
        return _("No review cycle is open now: the report counts for none.")
    told = _("The report counts for the review cycle “%(name)s”, last day %(day)s.")
    return told % {"name": current.title(language), "day": day(current.closes_on)}


def _frozen_words(cycle: ReviewCycle, language: str) -> str:
    told = _("The review cycle “%(name)s”, in which this report was begun, was frozen on %(day)s.")
    return told % {"name": cycle.title(language), "day": day(cycle.frozen_at) if cycle.frozen_at else ""}
