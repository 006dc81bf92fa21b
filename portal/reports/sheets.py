"""What was reported once, as the tables that others ask for; views call it. An app above may declare more.

Columns bear the names of the form that they feed, in its language. Only what is public is told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.common.declarations import declared
from portal.pledges.enums import ReportedStage
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import Record
from portal.reports.enums import Barrier, Enabler, EvidenceTier, Support
from portal.reports.goals import Goal, goals_of
from portal.reports.models import Report
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
    columns: tuple[str, ...]
    rows: Callable[[Told], Iterator[Row]]


def sheets() -> tuple[Sheet, ...]:
    """Those of this app, and those that apps above declare as `report_sheets` of their AppConfig."""
    return (GRF, PLAN, *declared("report_sheets"))


def sheet_of(name: str) -> Sheet | None:
    return next((sheet for sheet in sheets() if sheet.name == name), None)


def told_of(pledge: Pledge, reports: Sequence[Report]) -> list[Told]:
    """The published ones among the reports of a pledge, in their order. Four queries."""
    published = Record.objects.filter(state=RecordState.PUBLISHED).select_related("organization")
    rows = published.filter(kind=RecordKind.REPORT, source_key__in=[report.key for report in reports])
    records = {row.source_key: row for row in rows}
    promises = published.filter(kind=RecordKind.PLEDGE, source_key=pledge.key).prefetch_related("links")
    goals = goals_of(pledge)
    return [
        Told(report, record, pledge, promise, goals)
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
    author = promise.organization
    figures = told.record.texts.get("figures", [])
    yield [
        str(promise.facts.get("external_id", "")) or promise.public_id,
        author.title if author else "",
        promise.title,
        promise.country,
        GRF_STAGES[told.stage],
        told.day,
        "No change" if report.is_unchanged else str(told.record.texts.get("text", "")),
        "; ".join(figures),
        in_words(Barrier, report.barriers),
        in_words(Enabler, report.enablers),
        in_words(Support, report.support),
        EvidenceTier(report.tier).label,
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


GRF = Sheet(
    name="grf",
    title=_("Update for the Global Refugee Forum"),
    feeds=_("One row a report, with the columns of the forum’s update form."),
    columns=(
        "Pledge ID",
        "Submitting Entity",
        "Pledge Title",
        "Country",
        "Pledge Stage",
        "Date of Update",
        "Progress Description",
        "Results",
        "Challenges",
        "Enabling Factors",
        "Support Needed",
        "Evidence",
        "Link",
    ),
    rows=_grf,
)
PLAN = Sheet(
    name="plan",
    title=_("Table of the plan"),
    feeds=_("One row for each action of a plan and each goal, for who follows the plan’s actions."),
    columns=(
        "framework",
        "code",
        "pledge",
        "pledge_title",
        "country",
        "indicator",
        "baseline",
        "value",
        "target",
        "unit",
        "due_on",
        "stage",
        "reported_on",
        "report",
        "url",
    ),
    rows=_plan,
)
