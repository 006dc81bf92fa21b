"""The separate facts of a pledge: stage, health, assessment. Its declaration and the follow-up call it.

Submitted, imported, corrected and reported are four moments: only a report of the parties dates one. Until
then the stage is what the pledge itself says. The ledger keeps the day as `last_report_on`; `reported_on` in
records that were published before was the day of submission, and nobody reads it.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.pledges.enums import ReportedStage
from portal.publication.models import Record
from portal.records.types import Badge

CURRENT_MONTHS, DUE_MONTHS = 12, 24


class Health(TextChoices):
    """How fresh the parties' own report is."""

    NEVER_REPORTED = "never_reported", _("No report yet")
    CURRENT = "current", _("Report up to date")
    DUE = "due", _("Report due")
    STALE = "stale", _("Silent for two years")


TONES = {Health.NEVER_REPORTED: "", Health.CURRENT: "good", Health.DUE: "warn", Health.STALE: "bad"}
# What the pledge itself says, before anybody has reported.
STATED = {
    ReportedStage.PLANNING: _("Planning"),
    ReportedStage.IN_PROGRESS: _("Stated: in progress"),
    ReportedStage.FULFILLED: _("Claimed: fulfilled"),
}
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
    """The day of the parties' newest report; None until they report."""
    stated = str(record.facts.get("last_report_on", ""))
    return date.fromisoformat(stated) if stated else None


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """Stage, health and assessment: three facts, never one."""
    reported = reported_on(record)
    health, words = health_of(reported, now.date()), CLAIMS if reported else STATED
    return (
        Badge(words[stage_of(record)], "brand"),
        Badge(health.label, TONES[health]),
        Badge(_("Not yet assessed")),
    )


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """For the API and exports. Nobody has assessed any pledge yet."""
    reported = reported_on(record)
    return {
        "stage": stage_of(record).value,
        "reported_on": reported.isoformat() if reported else None,
        "health": health_of(reported, now.date()).value,
        "assessment": None,
    }
