"""What is written in a progress report and whether it is ready; forms, views and domain verbs use it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.amounts import amount_of
from portal.common.days import day_problem
from portal.common.errors import Problem
from portal.common.phrases import over_length
from portal.files.models import StoredFile
from portal.pledges.enums import WITH_DOCUMENT, EvidenceTier, ReportedStage
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.reports.enums import Barrier, Enabler, Support
from portal.reports.goals import Goal, goals_of, promise_of
from portal.reports.models import Report
from portal.reports.queries import Shown, first_day, is_party
from portal.submissions.drafts import DraftFields, unstorable_basics

MAX_WORDS = 400
MAX_FILES = 3
LONGEST_FIGURE = 20
NO_DAY = _("Give a day, such as 31/03/2026.")
NO_PARTY = _("Only the organization of a pledge and the parties that have confirmed it report on it.")
FACTORS = {"barriers": Barrier, "enablers": Enabler, "support": Support}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFields(DraftFields):
    """`day` is an ISO day or empty; `added` are papers to show, `dropped` the keys of those to leave out."""

    pledge: Pledge | None = None
    day: str | None = None
    stage: str | None = None
    is_unchanged: bool | None = None
    text: str | None = None
    figures: Mapping[str, str] | None = None
    tier: str | None = None
    barriers: list[str] | None = None
    enablers: list[str] | None = None
    support: list[str] | None = None
    added: tuple[StoredFile, ...] = ()
    dropped: tuple[UUID, ...] = ()


def day_of(typed: str) -> date | None:
    """`2026-03-31`, as browsers send it, or `31/3/2026`; None for what is no day."""
    parts = typed.split("-") if "-" in typed else typed.split("/")[::-1]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def unstorable(report: Report, fields: ReportFields) -> list[Problem]:
    problems = unstorable_basics(fields)
    allowed = {"stage": {"", *ReportedStage.values}, "tier": {*EvidenceTier.values}}
    problems += [
        Problem(name, _("Choose one of the list."))
        for name, values in allowed.items()
        if (value := getattr(fields, name)) is not None and value not in values
    ]
    problems += [
        Problem("factors", _("Choose one of the list."))
        for name, known in FACTORS.items()
        if {*(getattr(fields, name) or ())} - {*known.values}
    ]
    if fields.day and day_of(fields.day) is None:
        problems.append(Problem("day", day_problem(fields.day, NO_DAY)))
    if any(len(value) > LONGEST_FIGURE for value in (fields.figures or {}).values()):
        problems.append(Problem("", _("Shorten the number.")))
    pledge = fields.pledge
    if pledge is not None and not is_party(pledge, report.organization_id):
        problems.append(Problem("pledge", NO_PARTY))
    return problems


def report_problems(report: Report, files: Sequence[StoredFile]) -> list[Problem]:
    """What is to correct in a report that shows these papers."""
    promise = promise_of(report.pledge)
    return [
        *_pledge_problems(report, promise),
        *_stage_problems(report),
        *_day_problems(report, promise),
        *_figure_problems(report, promise),
        *_text_problems(report),
        *_evidence_problems(report, len(files)),
    ]


def all_problems(report: Report, related: Shown) -> list[Problem]:
    """As submitting asks it: also who may report, and whether the pledge is public still."""
    problems = report_problems(report, related.files)
    if report.pledge is not None and not is_party(report.pledge, report.organization_id):
        problems.append(Problem("pledge", NO_PARTY))
    return problems


def _pledge_problems(report: Report, promise: Record | None) -> list[Problem]:
    if report.pledge is None:
        return [Problem("pledge", _("Choose the pledge that you report on."))]
    if promise is None:
        return [Problem("pledge", _("Only what is published can be reported on."))]
    return []


def _stage_problems(report: Report) -> list[Problem]:
    if report.stage in ReportedStage.values:
        return []
    return [Problem("stage", _("Say how far the pledge has come."))]


def _day_problems(report: Report, promise: Record | None) -> list[Problem]:
    day = report.reported_on
    if day is None:
        return [Problem("day", _("Say as of which day you report."))]
    if day > timezone.localdate():
        return [Problem("day", _("This day has not come yet."))]
    made = first_day(promise) if promise else None
    if made is not None and day < made:
        return [Problem("day", _("On this day the pledge had not been made yet."))]
    return []


def _figure_problems(report: Report, promise: Record | None) -> list[Problem]:
    """A value that is no number, less than nothing, or more than a hundred per cent."""
    goals = goals_of(promise) if report.figures else ()
    problems = ((goal, _figure_problem(goal, report.figures.get(goal.key, ""))) for goal in goals)
    return [Problem(goal.field, message) for goal, message in problems if message]


def _figure_problem(goal: Goal, typed: str) -> object:
    if not typed:
        return ""
    number = amount_of(typed)
    if number is None:
        return _("Give a number, such as 268 or 12.5.")
    if number < 0:
        return _("Give a number that is not below zero.")
    if goal.is_percentage and number > 100:  # a hundred per cent
        return _("A percentage cannot be more than 100.")
    return ""


def _text_problems(report: Report) -> list[Problem]:
    if not report.text.strip() and not report.is_unchanged:
        return [Problem("text", _("Say in two or three sentences what was done."))]
    told = over_length(report.text, MAX_WORDS)
    return [Problem("text", told)] if told else []


def _evidence_problems(report: Report, files: int) -> list[Problem]:
    if report.is_unchanged:
        return []
    if report.tier in WITH_DOCUMENT and not files:
        return [Problem("evidence", _("Add the document, or choose what you can show without one."))]
    if files and report.tier not in WITH_DOCUMENT:
        return [Problem("tier", _("Say whose document it is that you show."))]
    return []
