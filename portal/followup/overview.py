"""What the follow-up page says, from the public ledger and the public pages; its view calls it.

Every figure comes with what it is part of. The number of queries does not depend on how much there is.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.utils import timezone

from portal.cms.queries import PublicPage, public_branches
from portal.consultations import page_queries
from portal.consultations.threads import Joint, joint
from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import Health
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import Record, RecordLink
from portal.publication.queries import in_language, published
from portal.taxonomy.enums import Outcome

NAMED = 10
Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Share:
    """A number of pledges and what it is part of."""

    label: str
    number: int
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
    """`consultations` are the titles of the consultations that the named questions belong to."""

    pledges: int
    reported: int
    by_outcome: tuple[tuple[Outcome, int], ...]
    without_outcome: int
    stages: tuple[Share, ...]
    health: tuple[Share, ...]
    interventions_without_pledge: Gap[Joint]
    questions_without_answer: Gap[PublicPage]
    consultations: dict[UUID, str]


# The records behind each target of each relation.
Links = dict[str, dict[str, set[int]]]


def overview(language: str) -> Overview:
    """Nine queries, however much there is."""
    rows = published(RecordKind.PLEDGE).select_related(None).order_by()
    pledges = list(rows.only("pk", "facts", "published_at"))
    links = _links()
    served = links[Relation.SERVES]
    found = public_branches([page_queries.CONSULTATION, page_queries.QUESTION], language)
    return Overview(
        pledges=len(pledges),
        reported=sum(facts.reported_on(row) is not None for row in pledges),
        by_outcome=tuple((outcome, len(served.get(outcome.value, ()))) for outcome in Outcome),
        without_outcome=len({row.pk for row in pledges} - set().union(*served.values())),
        stages=_stages(pledges),
        health=_health(pledges),
        interventions_without_pledge=_unfollowed(links, language),
        questions_without_answer=_unanswered(links, found[page_queries.QUESTION]),
        consultations={page.key: page.title for page in found[page_queries.CONSULTATION]},
    )


def _links() -> Links:
    """What published records link to. One query."""
    found: Links = {relation: {} for relation in Relation}
    rows = RecordLink.objects.filter(record__state=RecordState.PUBLISHED).order_by()
    for relation, target, record in rows.values_list("relation", "target", "record_id"):
        found[relation].setdefault(target, set()).add(record)
    return found


def _stages(pledges: list[Record]) -> tuple[Share, ...]:
    """Planning is no report yet, so that only the others are part of those that reported."""
    numbers = Counter(facts.stage_of(row) for row in pledges)
    labels = {stage: str(facts.CLAIMS[stage]) for stage in ReportedStage}
    return _shares(numbers, labels, silent=ReportedStage.PLANNING)


def _health(pledges: list[Record]) -> tuple[Share, ...]:
    today = timezone.now().date()
    numbers = Counter(facts.health_of(facts.reported_on(row), today) for row in pledges)
    return _shares(numbers, {health: str(health.label) for health in Health}, silent=Health.NEVER_REPORTED)


def _shares(numbers: Counter[Any], labels: dict[Any, str], *, silent: str) -> tuple[Share, ...]:
    """Each state of all pledges, and of those that are not `silent`."""
    every = numbers.total()
    reported = every - numbers[silent]
    return tuple(
        Share(label, numbers[state], None if state == silent else reported, every)
        for state, label in labels.items()
    )


def _unfollowed(links: Links, language: str) -> Gap[Joint]:
    """Interventions that no published pledge follows from, newest first. Three queries."""
    followed = links[Relation.FOLLOWS]
    rows = published(RecordKind.INTERVENTION).select_related(None)
    keys = list(rows.values_list("pk", "source_key"))
    silent = [pk for pk, key in keys if str(key) not in followed]
    shown = in_language(published().filter(pk__in=silent[:NAMED]).defer("texts", "facts"), language)
    return Gap(len(silent), len(keys), tuple(joint(row, language) for row in shown))


def _unanswered(links: Links, questions: list[PublicPage]) -> Gap[PublicPage]:
    """Guiding questions without a published answer, in the order of the site."""
    answered = links[Relation.ANSWERS]
    silent = [page for page in questions if str(page.key) not in answered]
    return Gap(len(silent), len(questions), tuple(silent[:NAMED]))
