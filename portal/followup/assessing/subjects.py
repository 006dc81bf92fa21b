"""What an assessment is of: a pledge, one goal of it, or an action of a plan; all modules here use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.followup.enums import AssessedKind
from portal.followup.models.assessments import Assessment
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.plan.queries import keys_below, node_of
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal
from portal.pledges.public_facts import goals_in
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import keys_linking_to, published

NOTHING = _("Choose the pledge, the goal or the action that you assess.")
NOT_PUBLIC = _(
    "This pledge is not public now: it was withdrawn, or it waits. Only what is published can be assessed; "
    "what you wrote stays here."
)
GOAL_GONE = _(
    "This goal is no part of the pledge any more. Assess the pledge or another goal of it; what you wrote "
    "stays here."
)
ACTION_RETIRED = _(
    "This action is no part of its plan any more. Assess an action that is in force; what you wrote stays "
    "here."
)
NO_ACTION = _("There is no action with this key. Choose one of the list.")


@dataclass(frozen=True, slots=True)
class Subject:
    """A pledge, or the one `goal` of it that has this key; or the `action` with this key; or nothing yet."""

    pledge: Pledge | None = None
    goal: UUID | None = None
    action: str = ""

    @property
    def kind(self) -> AssessedKind:
        if self.action:
            return AssessedKind.ACTION
        return AssessedKind.GOAL if self.goal else AssessedKind.PLEDGE


def subject_of(assessment: Assessment) -> Subject:
    return Subject(assessment.pledge, assessment.goal, assessment.action)


def promise_of(pledge: Pledge | None) -> Record | None:
    """The public record of a pledge. One query."""
    return published(RecordKind.PLEDGE).filter(source_key=pledge.key).first() if pledge else None


def goals_of(promise: Record | None) -> list[Goal]:
    """Those that readers see. No query."""
    return goals_in(promise.facts, promise.texts) if promise else []


def goal_in(promise: Record | None, key: UUID | None) -> Goal | None:
    return next((goal for goal in goals_of(promise) if goal.key == key), None) if key else None


def action_of(subject: Subject) -> PlanNode | None:
    """Of a key that is an action's, a retired one too. One query, none for a pledge."""
    node = node_of(subject.action) if subject.action else None
    return node if node is not None and node.kind == NodeKind.ACTION else None


def pledges_carrying_out(subject: Subject) -> QuerySet[Pledge]:
    """The public pledges that carry out the action; what stands below the action counts as the action."""
    node = action_of(subject)
    if node is None:
        return Pledge.objects.none()
    return Pledge.objects.filter(key__in=keys_linking_to(Relation.CARRIES_OUT, keys_below(node)))


def subject_problems(subject: Subject) -> list[Problem]:
    """Why nothing can be assessed there now: nothing chosen, withdrawn, dropped or retired."""
    return list(_action_problems(subject) if subject.action else _pledge_problems(subject))


def _action_problems(subject: Subject) -> Iterable[Problem]:
    node = action_of(subject)
    if node is None:
        yield Problem("action", NO_ACTION)
    elif node.is_retired:
        yield Problem("action", ACTION_RETIRED)


def _pledge_problems(subject: Subject) -> Iterable[Problem]:
    promise = promise_of(subject.pledge)
    if subject.pledge is None:
        yield Problem("pledge", NOTHING)
    elif promise is None:
        yield Problem("pledge", NOT_PUBLIC)
    elif subject.goal and goal_in(promise, subject.goal) is None:
        yield Problem("goal", GOAL_GONE)
