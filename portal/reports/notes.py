"""Beside a report, without being a fault: what was said before, what may be a slip; its type names it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.common.amounts import amount_of
from portal.common.errors import Problem
from portal.common.formatting import day, number
from portal.common.reviews import Reader
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import reported_on, stage_of
from portal.publication.models import Record
from portal.reports.drafts import day_of
from portal.reports.goals import Goal, goals_of, promise_of
from portal.reports.models import Report
from portal.reports.queries import Shown, of_pledge
from portal.submissions.differences import Compared
from portal.submissions.queries import content_of, newest_version

# A value beyond this many times its target is rather a slip than a success.
MANY_TIMES = 2


def notes(report: Report, related: Shown) -> list[Problem]:
    """Values that whoever writes may want to look at once more."""
    goals = goals_of(promise_of(report.pledge)) if report.pledge and report.figures else ()
    told = _("%(goal)s: %(value)s is more than twice the target, %(target)s. Is that right?")
    return [
        Problem(
            goal.field,
            told % {"goal": goal.label, "value": _written(typed), "target": _written(goal.target)},
        )
        for goal in goals
        if is_far_beyond(goal, typed := report.figures.get(goal.key, ""))
    ]


def is_far_beyond(goal: Goal, typed: str) -> bool:
    """More than twice a target that the value is to rise to."""
    value, target, baseline = (amount_of(text) for text in (typed, goal.target, goal.baseline))
    if value is None or not target or (baseline is not None and baseline > target):
        return False
    return value > MANY_TIMES * target


def earlier(report: Report, reader: Reader) -> tuple[Compared, ...]:
    """Stage, day and values of the newest other public report, or of the public pledge, and as submitted."""
    promise, now = promise_of(report.pledge), content_of(newest_version(report))
    if report.pledge is None or promise is None or now is None:
        return ()
    last = of_pledge(report.pledge).exclude(pk=report.pk).first()
    return (*_standing(promise, last, now), *_figures(promise, last, now))


def _standing(promise: Record, last: Report | None, now: Mapping[str, Any]) -> Iterator[Compared]:
    stages = dict(ReportedStage.choices)
    before, on = (last.stage, last.reported_on) if last else (stage_of(promise), reported_on(promise))
    yield Compared(_("Stage"), str(stages.get(before, "")), str(stages.get(now.get("stage", ""), "")))
    stated = day_of(str(now.get("day", "")))
    yield Compared(_("As of"), day(on) if on else "", day(stated) if stated else "")


def _figures(promise: Record, last: Report | None, now: Mapping[str, Any]) -> Iterator[Compared]:
    """By the words of the goal: what was submitted tells its values with them."""
    values = {row["goal"]: str(row["value"]) for row in now.get("figures", ())}
    for goal in goals_of(promise):
        before = (last.figures if last else {}).get(goal.key, "")
        value = values.get(goal.label, "")
        if before or value:
            label = f"{goal.label}. {goal.aim}".strip()
            weighs = is_far_beyond(goal, value)
            yield Compared(label, _written(before), _written(value), weighs=weighs)


def _written(typed: str) -> str:
    value = amount_of(typed) if typed else None
    return typed if value is None else number(float(value))
