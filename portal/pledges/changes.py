"""What a correction changes of targets, baselines and dates that are public; `projection` calls it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.pledges.parts import Goal, figure


@dataclass(frozen=True, slots=True)
class Promise:
    """What nobody may change without a word: the figures and the days."""

    goals: Sequence[Goal]
    starts_on: date | None
    ends_on: date | None


def changes(old: Promise, new: Promise) -> list[dict[str, str]]:
    """One entry for each value that is another one; a goal that is new changes none."""
    rows = [
        {"what": what, "goal": "", "old": _day(before), "new": _day(after)}
        for what, before, after in (
            ("starts_on", old.starts_on, new.starts_on),
            ("ends_on", old.ends_on, new.ends_on),
        )
        if before is not None and before != after
    ]
    now = {goal.key: goal for goal in new.goals}
    for goal in old.goals:
        rows += _of_goal(goal, now.get(goal.key))
    return rows


def _of_goal(old: Goal, new: Goal | None) -> Iterator[dict[str, str]]:
    if new is None:
        yield {"what": "goal", "goal": old.statement, "old": old.statement, "new": ""}
        return
    for what, before, after in (
        ("target", _amount(old, "target"), _amount(new, "target")),
        ("baseline", _amount(old, "baseline"), _amount(new, "baseline")),
        ("due_on", _day(old.due_on), _day(new.due_on)),
    ):
        if before and before != after:
            yield {"what": what, "goal": new.statement, "old": before, "new": after}


def _amount(goal: Goal, name: str) -> str:
    value = figure(getattr(goal, name))
    return f"{value} {goal.unit}".strip() if value else ""


def _day(value: Any) -> str:
    return value.isoformat() if value else ""
