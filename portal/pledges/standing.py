"""Where each public pledge stands, in numbers and codes: filters of its list and all figures count from it.

Everything comes from the public ledger. Nothing here depends on the day; `silent_for` is asked with one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portal.common.ids import parse_public_id
from portal.pledges.assessed import Assessed, assessed_in, fulfilment_of, last_words
from portal.pledges.enums import WITH_DOCUMENT, Fulfilment, ReportedStage
from portal.pledges.facts import (
    CURRENT_MONTHS,
    Health,
    best_tier,
    health_of,
    is_silent,
    months_between,
    reported_on,
    silent_since,
    stage_of,
)
from portal.pledges.public_facts import day_in, goals_in, rows_in
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import Record, RecordLink
from portal.publication.queries import published

# That the newest assessments of several bodies do not say the same; that only a goal is assessed.
DIFFER, GOAL_ONLY = "differ", "goal"
LINKED = (Relation.CARRIES_OUT, Relation.SERVES, Relation.FOLLOWS)


@dataclass(frozen=True, slots=True)
class Value:
    """A goal in numbers: what it began with, what the newest report with a value says, what it aims at.

    `place` is its place among the goals of the pledge, `reported_on` the ISO day of that report.
    """

    place: int
    baseline: float | None
    latest: float | None
    target: float | None
    unit: str
    reported_on: str = ""

    @property
    def is_moving_away(self) -> bool:
        """Further from the target than it began."""
        if self.baseline is None or self.latest is None or self.target is None:
            return False
        return abs(self.target - self.latest) > abs(self.target - self.baseline)


@dataclass(frozen=True, slots=True)
class Standing:
    """`since`: from when on it is silent, the day of the last report; of one that nobody ever reported on the
    last day of its year. `evidence` is the best that its reports of the same stage show, empty without a
    report. `completion` is what the newest assessment of each body says, `DIFFER`, `GOAL_ONLY` or empty;
    `fulfilment` what of it rests on evidence.
    """

    pk: int
    key: UUID
    country: str
    type_code: str
    year: int
    forum: str
    stage: ReportedStage
    is_reported: bool
    since: date
    evidence: str
    completion: str
    fulfilment: Fulfilment | None
    ends_on: date | None
    values: tuple[Value, ...]
    linked: Mapping[str, frozenset[str]]
    reports: int
    reports_unchanged: int

    @property
    def is_active(self) -> bool:
        """Its parties do not call it fulfilled."""
        return self.stage != ReportedStage.FULFILLED

    @property
    def is_assessed(self) -> bool:
        """As a whole or in one goal."""
        return bool(self.completion)

    @property
    def is_documented(self) -> bool:
        return self.evidence in WITH_DOCUMENT

    @property
    def actions(self) -> frozenset[str]:
        return self.linked.get(Relation.CARRIES_OUT, frozenset())

    def health(self, today: date) -> Health:
        """How fresh the report of the parties is."""
        reported = self.since if self.is_reported else None
        return health_of(reported, today, ends_on=self.ends_on, stage=self.stage)

    @property
    def rank(self) -> tuple[bool, date, int]:
        """Who never reported first, then the longest silent."""
        return self.is_reported, self.since, self.pk

    def is_silent(self, today: date, months: int = CURRENT_MONTHS) -> bool:
        return is_silent(self.since, self.stage, today, months)

    def silent_for(self, today: date) -> int:
        """Whole months; what is called fulfilled is not silent and has them all the same."""
        return months_between(self.since, today)


@counted_once
def standings() -> tuple[Standing, ...]:
    """Every public pledge, in no order. Three queries once for each state of the public, else one."""
    reports, linked = _reports(), _linked()
    rows = published(RecordKind.PLEDGE).select_related(None).order_by()
    columns = ("pk", "kind", "source_key", "facts", "country", "type_code", "year")
    return tuple(
        _standing(row, reports.get(row.pk, []), linked.get(row.pk, {})) for row in rows.only(*columns)
    )


def completion_of(rows: Iterable[Assessed]) -> str:
    """What the newest assessment of the whole pledge by each body found, where they agree; else `DIFFER`.

    `GOAL_ONLY` where nobody assessed more than a goal; empty without any.
    """
    every = list(rows)
    completions = set(last_words(every).values())
    if len(completions) > 1:
        return DIFFER
    return next(iter(completions), GOAL_ONLY if every else "")


def _standing(row: Record, reports: list[dict[str, Any]], linked: Mapping[str, frozenset[str]]) -> Standing:
    stage, reported, others = stage_of(row), reported_on(row), assessed_in(row.facts)
    return Standing(
        pk=row.pk,
        key=row.source_key,
        country=row.country,
        type_code=row.type_code,
        year=row.year,
        forum=str(row.facts.get("forum", "")),
        stage=stage,
        is_reported=reported is not None,
        since=silent_since(reported, row.year),
        evidence=best_tier(stage, reports) if reported else "",
        completion=completion_of(others),
        fulfilment=fulfilment_of(stage, others),
        ends_on=day_in(row.facts, "ends_on"),
        values=tuple(_values(row, reports)),
        linked=linked,
        reports=len(reports),
        reports_unchanged=sum(facts.get("unchanged") == "yes" for facts in reports),
    )


def _values(row: Record, reports: list[dict[str, Any]]) -> Iterable[Value]:
    latest: dict[str, tuple[str, str]] = {}
    for facts in reports:
        for key, value in rows_in(facts, "values"):
            latest[key] = (value, str(facts.get("reported_on", "")))
    for place, goal in enumerate(goals_in(row.facts, {})):
        value, day = latest.get(str(goal.key), ("", ""))
        yield Value(place, _number(goal.baseline), _number(value), _number(goal.target), goal.unit, day)


def _number(value: object) -> float | None:
    return None if value in (None, "") else float(str(value))


def _reports() -> dict[int, list[dict[str, Any]]]:
    """Facts of the public reports by the row of their pledge, in the order of their days. One query."""
    rows = published(RecordKind.REPORT).select_related(None).order_by("pk").values_list("facts", flat=True)
    by_pledge = defaultdict(list)
    for facts in rows:
        if parsed := parse_public_id(str(facts.get("pledge", ""))):
            by_pledge[parsed[1]].append(facts)
    for reports in by_pledge.values():
        reports.sort(key=lambda facts: str(facts.get("reported_on", "")))
    return by_pledge


def _linked() -> dict[int, dict[str, frozenset[str]]]:
    """What pledges link to, by relation. One query."""
    rows = RecordLink.objects.filter(
        relation__in=LINKED, record__kind=RecordKind.PLEDGE, record__state=RecordState.PUBLISHED
    )
    gathered: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for record, relation, target in rows.order_by().values_list("record_id", "relation", "target"):
        gathered[record][relation].add(target)
    return {
        record: {relation: frozenset(targets) for relation, targets in relations.items()}
        for record, relations in gathered.items()
    }
