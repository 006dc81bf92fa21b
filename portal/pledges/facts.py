"""The separate facts of a pledge: reported stage, health, assessment. Public views and the read API call it.

A stage beyond planning is a report of the parties; its date is the day on which they handed it in.
"""

from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import ReportedStage
from portal.publication.listing import Badge
from portal.publication.models import Record

CURRENT_MONTHS, DUE_MONTHS = 12, 24


class Health(TextChoices):
    """How fresh the parties' own report is."""

    NEVER_REPORTED = "never_reported", _("No report yet")
    CURRENT = "current", _("Report up to date")
    DUE = "due", _("Report due")
    STALE = "stale", _("Silent for two years")


TONES = {Health.NEVER_REPORTED: "", Health.CURRENT: "good", Health.DUE: "warn", Health.STALE: "bad"}
CLAIMS = {
    ReportedStage.PLANNING: _("Planning"),
    ReportedStage.IN_PROGRESS: _("Reported: in progress"),
    ReportedStage.FULFILLED: _("Claimed: fulfilled"),
}


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; never below zero."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def health_of(reported_on: date | None, today: date) -> Health:
    """Up to date within 12 months, due until 24, silent afterwards."""
    if reported_on is None:
        return Health.NEVER_REPORTED
    months = months_between(reported_on, today)
    if months < CURRENT_MONTHS:
        return Health.CURRENT
    return Health.DUE if months < DUE_MONTHS else Health.STALE


def stage_of(record: Record) -> ReportedStage:
    stage = record.facts.get("stage", "")
    return ReportedStage(stage) if stage in ReportedStage.values else ReportedStage.PLANNING


def reported_on(record: Record) -> date | None:
    """The day of the parties' newest report; None while they only plan."""
    if stage_of(record) == ReportedStage.PLANNING:
        return None
    stated = str(record.facts.get("reported_on", ""))
    return date.fromisoformat(stated) if stated else record.published_at.date()


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """Stage, health and assessment: three facts, never one."""
    health = health_of(reported_on(record), now.date())
    return (
        Badge(CLAIMS[stage_of(record)], "brand"),
        Badge(health.label, TONES[health]),
        Badge(_("Not yet assessed")),
    )
