"""What the follow-up page says, from the public ledger and the public pages; its view calls it.

Every figure comes with what it is part of. The number of queries does not depend on how much there is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.utils import timezone

from portal.cms.queries import PublicPage, public_branches
from portal.common.languages import DEFAULT
from portal.consultations import page_queries
from portal.followup.figures import Figures, figures_of, standing_of
from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import Health
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import in_language, published
from portal.records.trace import trace_link_of
from portal.records.trace_links import TraceLink
from portal.reports.records import numbers_of
from portal.taxonomy.enums import Outcome

NAMED = 10
COUNTED = (Relation.ANSWERS, Relation.FOLLOWS, Relation.SERVES)
Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Share:
    """A number of pledges, how many of them have a report, and what they are part of."""

    label: str
    number: int
    reported: int
    of_reported: int | None
    of_all: int


@dataclass(frozen=True, slots=True)
class Gap(Generic[Named]):
    """What has no next step yet: how much of how many, and the first of them by name."""

    number: int
    of_all: int
    named: tuple[Named, ...]

    @property
    def more(self) -> int:
        return self.number - len(self.named)


@dataclass(frozen=True, slots=True)
class Overview:
    """`consultations` are the titles of the consultations that the named questions belong to.

    `reports_unchanged` are those of the `reports` that say that nothing has changed: no new progress.
    """

    figures: Figures
    counted_at: datetime
    reports: int
    reports_unchanged: int
    by_outcome: tuple[tuple[Outcome, int], ...]
    without_outcome: int
    stages: tuple[Share, ...]
    health: tuple[Share, ...]
    interventions_without_pledge: Gap[TraceLink]
    questions_without_intervention: Gap[PublicPage]
    consultations: dict[UUID, str]


# How many pledges are in each state, and how many of these have a report.
Parts = dict[str, tuple[int, int]]
# The records behind each target of each relation.
Links = dict[str, dict[str, set[int]]]


@dataclass(frozen=True, slots=True)
class _Counted:
    """Numbers, rows and keys, as of a day.

    `reports` are all, and those that say that nothing has changed.
    """

    counted_at: datetime
    figures: Figures
    reports: tuple[int, int]
    stages: Parts
    health: Parts
    by_outcome: dict[str, int]
    without_outcome: int
    unfollowed: Gap[int]
    unanswered: Gap[UUID]


def overview(language: str) -> Overview:
    """Seven queries while nothing public changes, however much there is."""
    counted = _counted(timezone.now().date())
    silent, unanswered = counted.unfollowed, counted.unanswered
    shown = in_language(published().filter(pk__in=silent.named).defer("texts", "facts"), language)
    questions = public_branches([page_queries.QUESTION], language, keys=unanswered.named)
    return Overview(
        figures=counted.figures,
        counted_at=counted.counted_at,
        reports=counted.reports[0],
        reports_unchanged=counted.reports[1],
        by_outcome=tuple((outcome, counted.by_outcome.get(outcome.value, 0)) for outcome in Outcome),
        without_outcome=counted.without_outcome,
        stages=_shares(counted.stages, {stage: str(facts.STATED[stage]) for stage in ReportedStage}),
        health=_shares(
            counted.health,
            {health: str(health.label) for health in Health},
            silent=Health.NEVER_REPORTED,
        ),
        interventions_without_pledge=Gap(
            silent.number, silent.of_all, tuple(trace_link_of(row, language) for row in shown)
        ),
        questions_without_intervention=Gap(
            unanswered.number, unanswered.of_all, tuple(questions[page_queries.QUESTION])
        ),
        consultations={page.key: page.title for page in page_queries.consultations(language)},
    )


def counted_figures() -> tuple[Figures, datetime]:
    """The figures, and when they were counted: nothing public has changed since. One query at most times."""
    counted = _counted(timezone.now().date())
    return counted.figures, counted.counted_at


@counted_once
def _counted(today: date) -> _Counted:
    """Reads every pledge and every link, once a day and for each state of the public."""
    rows = published(RecordKind.PLEDGE).select_related(None).order_by()
    pledges = list(rows.only("pk", "facts", "published_at"))
    reported = {row.pk for row in pledges if facts.reported_on(row) is not None}
    links = _links()
    served = links[Relation.SERVES]
    return _Counted(
        counted_at=timezone.now(),
        figures=figures_of([standing_of(row) for row in pledges]),
        reports=numbers_of(published(RecordKind.REPORT).select_related(None)),
        stages=_parts((facts.stage_of(row), row.pk in reported) for row in pledges),
        health=_parts((facts.health(row, today), row.pk in reported) for row in pledges),
        by_outcome={code: len(records) for code, records in served.items()},
        without_outcome=len({row.pk for row in pledges} - set().union(*served.values())),
        unfollowed=_unfollowed(links),
        unanswered=_unanswered(links),
    )


def _links() -> Links:
    """What published records link to, by the relations that are counted. One query."""
    links: Links = defaultdict(dict)
    rows = RecordLink.objects.filter(relation__in=COUNTED, record__state=RecordState.PUBLISHED).order_by()
    for relation, target, record in rows.values_list("relation", "target", "record_id"):
        links[relation].setdefault(target, set()).add(record)
    return links


def _parts(states: Iterable[tuple[str, bool]]) -> Parts:
    counted = Counter(states)
    every = {state for state, _has_reported in counted}
    return {state: (counted[state, True] + counted[state, False], counted[state, True]) for state in every}


def _shares(parts: Parts, labels: Mapping[Any, str], *, silent: str = "") -> tuple[Share, ...]:
    """Each state of all pledges, and of those with a report; the `silent` one is no part of these."""
    of_all, of_reported = (sum(part[at] for part in parts.values()) for at in (0, 1))
    shares = ((state, label, *parts.get(state, (0, 0))) for state, label in labels.items())
    return tuple(
        Share(label, number, reported, None if state == silent else of_reported, of_all)
        for state, label, number, reported in shares
    )


def _unfollowed(links: Links) -> Gap[int]:
    """Interventions that no published pledge follows from, newest first. One query."""
    followed = links[Relation.FOLLOWS]
    rows = published(RecordKind.INTERVENTION).select_related(None)
    keys = list(rows.values_list("pk", "source_key"))
    silent = [pk for pk, key in keys if str(key) not in followed]
    return Gap(len(silent), len(keys), tuple(silent[:NAMED]))


def _unanswered(links: Links) -> Gap[UUID]:
    """Guiding questions without a published intervention, in the order of the site. Two queries."""
    with_intervention, questions = links[Relation.ANSWERS], page_queries.questions(DEFAULT)
    silent = [page.key for page in questions if str(page.key) not in with_intervention]
    return Gap(len(silent), len(questions), tuple(silent[:NAMED]))
