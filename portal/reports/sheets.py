"""What was reported once, as the tables that others ask for; views call it.

Columns bear the names of the form that they feed, in its language. Only what is public is told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.languages import DEFAULT
from portal.networks.models import Network
from portal.networks.queries import public_memberships, with_themes
from portal.plan.queries import keys_above
from portal.pledges.enums import EvidenceTier, PartyState, ReportedStage
from portal.pledges.models import Pledge
from portal.pledges.public_facts import parties_in
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import Record
from portal.publication.queries import targets
from portal.reports import sheet_columns
from portal.reports.enums import Barrier, Enabler, Support
from portal.reports.goals import Goal, goals_of, promise_of
from portal.reports.models import Report
from portal.tables.codebook import Columns, names_of
from portal.tables.writing import Cell

Row = Sequence[Cell]
GRF_STAGES = {
    ReportedStage.PLANNING: "Planning stage",
    ReportedStage.IN_PROGRESS: "In progress",
    ReportedStage.FULFILLED: "Fulfilled",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One published report with its record and what it is about."""

    report: Report
    record: Record
    pledge: Pledge
    promise: Record
    goals: tuple[Goal, ...]

    @property
    def stage(self) -> ReportedStage:
        return ReportedStage(self.report.stage)

    @property
    def day(self) -> str:
        return self.report.reported_on.isoformat() if self.report.reported_on else ""

    @property
    def actions(self) -> list[str]:
        """Keys of the actions that the pledge carries out, as is public."""
        return [row.target for row in self.promise.links.all() if row.relation == Relation.CARRIES_OUT]

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}/r/{self.record.public_id}/"

    def figure(self, goal: Goal) -> str:
        value: str = self.report.figures.get(goal.key, "")
        return value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of reports: `name` in addresses, `feeds` the form that it is for."""

    name: str
    title: Any
    feeds: Any
    codebook: Columns
    rows: Callable[[Told], Iterator[Row]]

    @property
    def columns(self) -> tuple[str, ...]:
        return names_of(self.codebook)


def sheets_for(pledge: Pledge, today: date) -> tuple[Sheet, ...]:
    """For the forum, for the plan, and one for each network with an interest in the pledge.

    Those that a party of the pledge is in, then those that work on an action that it carries out, or on what
    the action is a part of.
    """
    promise = promise_of(pledge)
    rows = [row.network for key in _parties(promise) for row in public_memberships(key, today)]
    rows += with_themes(keys_above(targets(promise, Relation.CARRIES_OUT) if promise else []))
    return (GRF, PLAN, *map(_mechanism_sheet, {row.slug: row for row in rows}.values()))


def _parties(promise: Record | None) -> list[UUID]:
    """Keys of who keeps the pledge and of the parties that have confirmed it, as is public."""
    if promise is None:
        return []
    named = parties_in(promise.facts)
    keys = [row.organization for row in named if row.organization and row.state == PartyState.CONFIRMED]
    return [*([promise.organization.source_key] if promise.organization else []), *keys]


def sheet_of(name: str, pledge: Pledge, today: date) -> Sheet | None:
    return next((sheet for sheet in sheets_for(pledge, today) if sheet.name == name), None)


def told_of(pledge: Pledge, reports: Sequence[Report]) -> list[Told]:
    """The published ones among the reports of a pledge, in their order. Three queries."""
    published = Record.objects.filter(state=RecordState.PUBLISHED).select_related("organization")
    rows = published.filter(kind=RecordKind.REPORT, source_key__in=[report.key for report in reports])
    records = {row.source_key: row for row in rows}
    promises = published.filter(kind=RecordKind.PLEDGE, source_key=pledge.key).prefetch_related("links")
    return [
        Told(report, record, pledge, promise, goals_of(promise))
        for promise in promises
        for report in reports
        if (record := records.get(report.key))
    ]


def rows_of(sheet: Sheet, told: Sequence[Told]) -> Iterator[Row]:
    for each in told:
        yield from sheet.rows(each)


def in_words(known: Any, codes: Sequence[str]) -> str:
    labels = dict(known.choices)
    return "; ".join(str(labels[code]) for code in codes if code in labels)


def _grf(told: Told) -> Iterator[Row]:
    report, promise = told.report, told.promise
    figures = told.record.texts.get("figures", [])
    yield [
        str(promise.facts.get("external_id", "")) or promise.public_id,
        promise.author_name,
        promise.title,
        promise.country,
        GRF_STAGES[told.stage],
        told.day,
        "No change" if report.is_unchanged else str(told.record.texts.get("text", "")),
        "; ".join(figures),
        in_words(Barrier, report.barriers),
        in_words(Enabler, report.enablers),
        in_words(Support, report.support),
        str(EvidenceTier(report.tier).label),
        told.url,
    ]


def _plan(told: Told) -> Iterator[Row]:
    """One row for each action and goal; a pledge without either has one row all the same."""
    for key in told.actions or [""]:
        framework, _colon, code = key.partition(":")
        for goal in told.goals or (None,):
            yield [
                framework,
                code,
                told.promise.public_id,
                told.promise.title,
                told.promise.country,
                goal.label if goal else "",
                goal.baseline if goal else "",
                told.figure(goal) if goal else "",
                goal.target if goal else "",
                goal.unit if goal else "",
                goal.due_on.isoformat() if goal and goal.due_on else "",
                str(told.stage),
                told.day,
                told.record.public_id,
                told.url,
            ]


def _mechanism_sheet(network: Network) -> Sheet:
    name = network.name(get_language() or DEFAULT)
    return Sheet(
        name=f"mechanism-{network.slug}",
        title=name,
        feeds=_("One row a report, for who follows up what members do."),
        codebook=sheet_columns.MECHANISM,
        rows=lambda told: _mechanism(told, network.slug),
    )


def _mechanism(told: Told, slug: str) -> Iterator[Row]:
    report = told.report
    yield [
        slug,
        told.record.author_name,
        told.promise.public_id,
        told.promise.title,
        told.promise.country,
        " ".join(told.actions),
        str(told.stage),
        told.day,
        "" if report.is_unchanged else str(told.record.texts.get("text", "")),
        "yes" if report.is_unchanged else "no",
        "; ".join(told.record.texts.get("figures", [])),
        " ".join(report.barriers),
        " ".join(report.enablers),
        " ".join(report.support),
        str(report.tier),
        told.record.public_id,
        told.url,
    ]


GRF = Sheet(
    name="grf",
    title=_("Update for the Global Refugee Forum"),
    feeds=_("One row a report, with the columns of the forum’s update form."),
    codebook=sheet_columns.GRF,
    rows=_grf,
)
PLAN = Sheet(
    name="plan",
    title=_("Table of the plan"),
    feeds=_("One row for each action of a plan and each goal, for who follows the plan’s actions."),
    codebook=sheet_columns.PLAN,
    rows=_plan,
)
