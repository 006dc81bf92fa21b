"""What belongs to a pledge as plain data: countries, parties, goals, links; the whole app uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    country: str
    role: str


@dataclass(frozen=True, slots=True)
class Party:
    """`organization` is the key of one that is public here, called `name` today; else only a name.

    One that `is_withheld` is told to the parties alone: its organization's name is.
    """

    role: str
    name: str = ""
    organization: UUID | None = None
    state: str = "named"
    is_from_source: bool = False
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A link to an action or a recommendation: who said so, who agreed."""

    relation: str
    target: str
    asserted_by: str
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal without a key is new."""

    statement: str
    key: UUID | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    no_baseline_because: str = ""
    target: Decimal | None = None
    unit: str = ""
    due_on: date | None = None
    means: str = ""
    disaggregations: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "key": str(self.key or ""),
            "statement": self.statement,
            "baseline": figure(self.baseline),
            "baseline_year": self.baseline_year,
            "no_baseline_because": self.no_baseline_because,
            "target": figure(self.target),
            "unit": self.unit,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "means": self.means,
            "disaggregations": list(self.disaggregations),
        }


def goal_of(told: Mapping[str, Any]) -> Goal:
    """A goal as it was kept; figures may be texts or numbers."""
    return Goal(
        statement=str(told.get("statement", "")),
        key=UUID(told["key"]) if told.get("key") else None,
        baseline=_decimal(told.get("baseline")),
        baseline_year=told.get("baseline_year") or None,
        no_baseline_because=str(told.get("no_baseline_because") or ""),
        target=_decimal(told.get("target")),
        unit=str(told.get("unit") or ""),
        due_on=date.fromisoformat(told["due_on"]) if told.get("due_on") else None,
        means=str(told.get("means") or ""),
        disaggregations=tuple(told.get("disaggregations") or ()),
    )


def figure(value: Decimal | None) -> str:
    """`410`, `12.5`: without zeros at the end; empty for none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _decimal(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))
