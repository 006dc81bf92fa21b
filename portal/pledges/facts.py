"""The separate facts of a pledge: stage, health, assessment. Its declaration and the follow-up call it.

Submitted, imported, corrected and reported are four moments: only a report of the parties dates one. Until
then the stage is what the pledge itself says. The ledger keeps the day as `last_report_on`; `reported_on` in
records that were published before was the day of submission, and nobody reads it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.pledges import assessed
from portal.pledges.enums import EvidenceTier, Fulfilment, PartyState, PledgeKind, ReportedStage
from portal.pledges.parts import figure
from portal.pledges.public_facts import day_in, goals_in, links_in, parties_in
from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.publication.queries import targets
from portal.records.types import Badge

CURRENT_MONTHS, DUE_MONTHS = 12, 24


class Health(TextChoices):
    """How fresh the parties' own report is."""

    NEVER_REPORTED = "never_reported", _("No report yet")
    CURRENT = "current", _("Report up to date")
    DUE = "due", _("Report due")
    OVERDUE = "overdue", _("End date passed")
    STALE = "stale", _("Silent for two years")


TONES = {
    Health.NEVER_REPORTED: "",
    Health.CURRENT: "good",
    Health.DUE: "warn",
    Health.OVERDUE: "bad",
    Health.STALE: "bad",
}
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
# What stands for the claim "fulfilled" once others have checked it on evidence.
CHECKED = {
    Fulfilment.COMPLETE: _("Fulfilled: claimed, and assessed as complete"),
    Fulfilment.OTHERWISE: _("Claimed: fulfilled, assessed otherwise"),
}
TIERS = frozenset(EvidenceTier.values)
# What counts as a report: a day of one is known, from the parties or from the source.
REPORTED = _("with a report, of their parties or told by the source")


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; never below zero."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def health_of(
    reported_on: date | None, today: date, *, ends_on: date | None = None, stage: str = ReportedStage.PLANNING
) -> Health:
    """Up to date within 12 months, due until 24, silent afterwards; overdue once its last day has passed.

    Who never reported is first told so, and only then overdue; overdue goes before silent. What its parties
    call fulfilled is not overdue.
    """
    if reported_on is None:
        return Health.NEVER_REPORTED
    if ends_on is not None and today > ends_on and stage != ReportedStage.FULFILLED:
        return Health.OVERDUE
    months = months_between(reported_on, today)
    if months < CURRENT_MONTHS:
        return Health.CURRENT
    return Health.DUE if months < DUE_MONTHS else Health.STALE


def silent_since(reported_on: date | None, year: int) -> date:
    """From when on it is silent: its last report; without any the last day of its year."""
    return reported_on or date(year, 12, 31)


def is_silent(since: date, stage: str, today: date, months: int = CURRENT_MONTHS) -> bool:
    """Whether nobody has reported for so many whole months; what is called fulfilled owes no report.

    By the day alone: what is overdue may have been reported on yesterday.
    """
    return stage != ReportedStage.FULFILLED and months_between(since, today) >= months


def health(record: Record, today: date) -> Health:
    """How fresh the report of a public pledge is."""
    return health_of(
        reported_on(record), today, ends_on=day_in(record.facts, "ends_on"), stage=stage_of(record)
    )


def of_health(rows: QuerySet[Record], wanted: str, today: date) -> QuerySet[Record]:
    """Those of the rows whose `health` it is: days are compared as they are written."""
    reported = rows.exclude(_unset("last_report_on"))
    if wanted == Health.NEVER_REPORTED:
        return rows.filter(_unset("last_report_on"))
    is_over = Q(facts__ends_on__lt=today.isoformat()) & ~_unset("ends_on")
    overdue = is_over & ~Q(facts__stage=ReportedStage.FULFILLED.value)
    if wanted == Health.OVERDUE:
        return reported.filter(overdue)
    fresh, known = (
        Q(facts__last_report_on__gt=_months_back(today, months)) for months in (CURRENT_MONTHS, DUE_MONTHS)
    )
    ages = {Health.CURRENT: fresh, Health.DUE: known & ~fresh, Health.STALE: ~known}
    return reported.exclude(overdue).filter(ages[Health(wanted)])


def _unset(name: str) -> Q:
    return Q(**{f"facts__{name}__isnull": True}) | Q(**{f"facts__{name}": ""})


def _months_back(today: date, months: int) -> str:
    """A text before every day that is less than so many whole months ago; perhaps no day of the calendar."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}-{today.day:02d}"


def stage_of(record: Record) -> ReportedStage:
    stage = record.facts.get("stage", "")
    return ReportedStage(stage) if stage in ReportedStage.values else ReportedStage.PLANNING


def best_tier(stage: str, reports: Iterable[Mapping[str, Any]]) -> str:
    """The best evidence among the reports that tell this stage, with `stage` and `tier` of each.

    A day that only the source tells has nothing to show.
    """
    tiers = (row.get("tier") for row in reports if row.get("stage") == stage)
    return max((tier for tier in tiers if tier in TIERS), default=EvidenceTier.NONE.value)


def fulfilment(record: Record) -> Fulfilment | None:
    """What can be said of "fulfilled": the one answer that badges, lists, API, exports and figures give."""
    return assessed.fulfilment_of(stage_of(record), assessed.assessed_in(record.facts))


def stage_words(record: Record) -> Any:
    """The stage with whose word it is: stated, reported, claimed, or assessed."""
    stage, checked = stage_of(record), fulfilment(record)
    if stage == ReportedStage.FULFILLED and checked in CHECKED:
        return CHECKED[checked]
    return (CLAIMS if reported_on(record) else STATED)[stage]


def reported_on(record: Record) -> date | None:
    """The day of the parties' newest report; None until they report."""
    stated = str(record.facts.get("last_report_on", ""))
    return date.fromisoformat(stated) if stated else None


def shared(record: Record) -> Iterator[Badge]:
    """That a joint or umbrella pledge is one of so many parties, with the organization that keeps it."""
    number = len(parties_in(record.facts)) + 1
    told = {
        PledgeKind.JOINT: ngettext(
            "Joint pledge of %(number)s party", "Joint pledge of %(number)s parties", number
        ),
        PledgeKind.UMBRELLA: ngettext(
            "Umbrella pledge of %(number)s party", "Umbrella pledge of %(number)s parties", number
        ),
    }.get(record.facts.get("pledge_kind", ""))
    if told:
        yield Badge(told % {"number": number})


def badges(record: Record, now: datetime) -> tuple[Badge, ...]:
    """Whether several parties made it; then stage, health and assessment: three facts, never one."""
    how = health(record, now.date())
    return (
        *shared(record),
        Badge(stage_words(record), "brand"),
        Badge(how.label, TONES[how]),
        *(tuple(assessed.badges(record.facts)) or (Badge(_("Not yet assessed")),)),
    )


def facts_now(record: Record, now: datetime) -> dict[str, Any]:
    """For the API and exports: `assessment` are the numbers of assessments, with what each found.

    Those of one goal are among them; `fulfilment` is null or one of `Fulfilment`.
    """
    reported, others = reported_on(record), assessed.assessed_in(record.facts)
    parties, checked = parties_in(record.facts), fulfilment(record)
    goals = goals_in(record.facts, {})
    return {
        "stage": stage_of(record).value,
        "reported_on": reported.isoformat() if reported else None,
        "health": health(record, now.date()).value,
        "assessment": [row.number for row in others] or None,
        "assessed_completion": [row.completion for row in others] or None,
        "fulfilment": checked.value if checked else None,
        "parties_named": len(parties),
        "parties_confirmed": sum(party.state == PartyState.CONFIRMED for party in parties),
        "actions": [row.target for row in links_in(record.facts) if row.relation == Relation.CARRIES_OUT],
        "outcomes": sorted(targets(record, Relation.SERVES)) if record.pk else [],
        "goals_stated": len(goals),
        "goal_aims": [f"{goal.key or ''}:{figure(goal.baseline)}:{figure(goal.target)}" for goal in goals],
    }
