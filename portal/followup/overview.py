"""What the follow-up page says, from the public ledger and the public pages; its view calls it.

Every figure comes with what it is part of. The number of queries does not depend on how much there is.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from portal.cms.queries import PublicPage
from portal.consultations import page_queries
from portal.consultations.threads import Joint, joint
from portal.pledges import facts
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import Health
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record, RecordLink
from portal.publication.queries import in_language, published
from portal.taxonomy.enums import Outcome

NAMED = 10


@dataclass(frozen=True, slots=True)
class Share:
    """A number of pledges and what it is part of."""

    label: str
    number: int
    of_reported: int | None
    of_all: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What has no next step yet: how much of how many, and the first of them by name."""

    number: int
    of_all: int
    named: tuple[Joint | PublicPage, ...]

    @property
    def more(self) -> int:
        return self.number - len(self.named)


@dataclass(frozen=True, slots=True)
class Overview:
    pledges: int
    reported: int
    by_outcome: tuple[tuple[Outcome, int], ...]
    without_outcome: int
    stages: tuple[Share, ...]
    health: tuple[Share, ...]
    interventions_without_pledge: Gap
    questions_without_answer: Gap


def overview(language: str) -> Overview:
    """At most ten queries."""
    pledges = list(
        published(RecordKind.PLEDGE).select_related(None).only("pk", "facts", "published_at").order_by()
    )
    served = _served()
    reported = [row for row in pledges if facts.reported_on(row) is not None]
    return Overview(
        pledges=len(pledges),
        reported=len(reported),
        by_outcome=tuple((outcome, len(served.get(outcome.value, ()))) for outcome in Outcome),
        without_outcome=len({row.pk for row in pledges} - set().union(*served.values())),
        stages=_stages(pledges, len(reported)),
        health=_health(pledges),
        interventions_without_pledge=_unfollowed(language),
        questions_without_answer=_unanswered(language),
    )


def _served() -> dict[str, set[int]]:
    """Published pledges by the outcome they serve. One query."""
    found: dict[str, set[int]] = {}
    rows = RecordLink.objects.filter(
        relation=Relation.SERVES, record__in=published(RecordKind.PLEDGE).order_by()
    )
    for target, record in rows.order_by().values_list("target", "record_id"):
        found.setdefault(target, set()).add(record)
    return found


def _stages(pledges: list[Record], reported: int) -> tuple[Share, ...]:
    """Planning is no report yet, so that only the others are part of those that reported."""
    numbers = Counter(facts.stage_of(row) for row in pledges)
    return tuple(
        Share(
            label=str(facts.CLAIMS[stage]),
            number=numbers[stage],
            of_reported=None if stage == ReportedStage.PLANNING else reported,
            of_all=len(pledges),
        )
        for stage in ReportedStage
    )


def _health(pledges: list[Record]) -> tuple[Share, ...]:
    today = timezone.now().date()
    numbers = Counter(facts.health_of(facts.reported_on(row), today) for row in pledges)
    reported = len(pledges) - numbers[Health.NEVER_REPORTED]
    return tuple(
        Share(
            label=str(health.label),
            number=numbers[health],
            of_reported=None if health == Health.NEVER_REPORTED else reported,
            of_all=len(pledges),
        )
        for health in Health
    )


def _unfollowed(language: str) -> Gap:
    """Interventions that no published pledge follows from, newest first. Four queries."""
    followed = _targets(Relation.FOLLOWS)
    rows = published(RecordKind.INTERVENTION).select_related(None).values_list("pk", "source_key")
    keys = list(rows)
    silent = [pk for pk, key in keys if str(key) not in followed]
    shown = in_language(published().filter(pk__in=silent[:NAMED]).defer("texts", "facts"), language)
    return Gap(len(silent), len(keys), tuple(joint(row, language) for row in shown))


def _unanswered(language: str) -> Gap:
    """Guiding questions without a published answer, in the order of the site. Four queries."""
    answered = _targets(Relation.ANSWERS)
    questions = page_queries.questions(language)
    silent = [page for page in questions if str(page.key) not in answered]
    return Gap(len(silent), len(questions), tuple(silent[:NAMED]))


def _targets(relation: Relation) -> set[str]:
    """Everything that published records link to by one relation. One query."""
    rows = RecordLink.objects.filter(relation=relation, record__in=published().order_by())
    return set(rows.order_by().values_list("target", flat=True).distinct())
