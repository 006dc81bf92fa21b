"""What an assessment is of, and for which body, before there is a draft; the type calls it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.ids import key_in, parse_public_id
from portal.common.languages import DEFAULT
from portal.followup import rules
from portal.followup.assessing.drafts import AssessmentFields
from portal.followup.assessing.parties import OWN_PARTY, belongs_to_a_party, parties, party_words
from portal.followup.assessing.subjects import (
    GOAL_GONE,
    Subject,
    action_of,
    goals_of,
    promise_of,
    subject_of,
    subject_problems,
)
from portal.followup.enums import AssessedKind
from portal.followup.models import Seat
from portal.followup.models.assessments import Assessment
from portal.followup.queries import seats_of
from portal.organizations.models import Organization
from portal.plan.queries import choices, node_of
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import stage_words
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, linking_to, published, titled
from portal.records.trace_links import foreign
from portal.records.types import record_type
from portal.submissions.types import Start

NAMED = 20
CHOOSE = "followup/desk/choose.html"
NO_SEAT = _("Only who holds a seat in a body that assesses can write an assessment.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, as it was typed, what that names, and why it cannot be assessed, in words."""

    pledge: str
    action: str
    subject: Subject
    refusal: object = ""

    @property
    def is_known(self) -> bool:
        return not self.refusal and (self.subject.pledge is not None or bool(self.subject.action))


def may_write(actor: Actor) -> bool:
    return rules.may_assess(actor, timezone.now().date())


def start(query: QueryDict, actor: Actor, organizations: QuerySet[Organization]) -> Start:
    """`?pledge=` is a number or a key, `&goal=` the key of a goal of it, `?action=` the key of an action.

    Without one that can be assessed a page says which, or why not.
    """
    seats = seats_of(actor, timezone.now().date()).filter(body__may_assess=True)
    seated = organizations.filter(pk__in=seats.values("organization"))
    asked = _asked(query)
    if not seated:
        return _instead(organizations, asked, NO_SEAT)
    outside = seated.exclude(pk__in=parties(asked.subject).values("pk"))
    refusal = asked.refusal or (asked.is_known and _conflict(actor, asked.subject, outside))
    if refusal or not asked.is_known:
        return _instead(organizations, asked, refusal or "")
    return _begun(asked.subject, outside, seats)


def above(assessment: Assessment) -> dict[str, Any]:
    """Inputs of `followup/desk/before.html`. Three queries at most."""
    return told_of(subject_of(assessment))


def told_of(subject: Subject) -> dict[str, Any]:
    """What readers see of what is assessed, in the reader's language."""
    language = get_language() or DEFAULT
    if subject.kind == AssessedKind.ACTION:
        node = action_of(subject)
        if node is None:
            return {}
        return {"title": node.named(language), "url": node.path(language), "lang": node.titled(language)[1]}
    promise = promise_of(subject.pledge)
    if subject.pledge is None or promise is None:
        return {}
    goal = next((row for row in goals_of(promise) if row.key == subject.goal), None)
    reports = record_type(RecordKind.REPORT)
    number = linking_to(Relation.REPORTS_ON, [subject.pledge.key]).filter(kind=RecordKind.REPORT).count()
    return {
        "title": promise.title,
        "lang": promise.language,
        "url": promise.path(language),
        "goal": goal.statement if goal else "",
        "claim": stage_words(promise),
        "reports": reports.counted(number) % {"number": number},
    }


def _begun(subject: Subject, outside: QuerySet[Organization], seats: QuerySet[Seat]) -> Start:
    bodies = {row.organization_id: row.body for row in reversed(seats)}
    promise = promise_of(subject.pledge)
    return Start(
        outside,
        fields=lambda organization: AssessmentFields(
            pledge=subject.pledge,
            goal=subject.goal,
            action=subject.action or None,
            body=bodies[organization.pk],
        ),
        context=lambda: {
            "subject": subject,
            "of_what": told_of(subject),
            "goals": [{"key": goal.key, "statement": goal.statement} for goal in goals_of(promise)],
        },
    )


def _conflict(actor: Actor, subject: Subject, outside: QuerySet[Organization]) -> object:
    if not outside:
        return party_words(subject)
    if belongs_to_a_party(actor, subject):
        return OWN_PARTY
    return ""


def _instead(organizations: QuerySet[Organization], asked: Asked, refusal: object) -> Start:
    return Start(
        organizations,
        fields=lambda organization: AssessmentFields(),
        context=lambda: {
            "typed": asked.pledge,
            "chosen": asked.subject.action,
            "refusal": refusal,
            "may_choose": refusal is not NO_SEAT,
            "actions": choices(get_language() or DEFAULT),
            "claimed": _claimed(),
        },
        instead=CHOOSE,
    )


def _asked(query: QueryDict) -> Asked:
    pledge, action = (query.get(name, "").strip() for name in ("pledge", "action"))
    if action and not pledge:
        return _asked_action(action)
    if not pledge:
        return Asked("", "", Subject())
    known = _pledge_of(pledge)
    if known is None:
        return Asked(pledge, "", Subject(), _("There is no public pledge with this number."))
    return _asked_goal(pledge, known, query.get("goal", "").strip())


def _asked_action(typed: str) -> Asked:
    """A key, or the code of an action of the plan in force."""
    node = node_of(typed)
    subject = Subject(action=node.key if node else typed)
    problems = subject_problems(subject)
    return Asked("", typed, subject, problems[0].message if problems else "")


def _asked_goal(typed: str, pledge: Pledge, goal: str) -> Asked:
    key: UUID | None = key_in(goal)
    subject = Subject(pledge, key)
    if goal and key is None:
        return Asked(typed, "", subject, GOAL_GONE)
    problems = subject_problems(subject)
    return Asked(typed, "", subject, problems[0].message if problems else "")


def _pledge_of(typed: str) -> Pledge | None:
    """By its number or key, while it is public. Three queries at most."""
    key, number = key_in(typed), parse_public_id(typed)
    if key is None and number is not None and number[0] == "P":
        rows = published(RecordKind.PLEDGE).filter(pk=number[1])
        key = rows.values_list("source_key", flat=True).first()
    if key is None or not published(RecordKind.PLEDGE).filter(source_key=key).exists():
        return None
    return Pledge.objects.select_related("organization").filter(key=key).first()


def _claimed() -> list[dict[str, Any]]:
    """Pledges that their parties call fulfilled and nobody has assessed, the first of them. Two queries."""
    language = get_language() or DEFAULT
    rows = published(RecordKind.PLEDGE).filter(facts__stage=ReportedStage.FULFILLED)
    without = [row for row in in_language(rows, language) if not row.facts.get("assessed")]
    return [_row(row, language) for row in without[:NAMED]]


def _row(row: Record, language: str) -> dict[str, Any]:
    title, spoken = titled(row, language)
    return {
        "number": row.public_id,
        "label": title,
        "lang": foreign(spoken, language),
        "author": row.author_name,
    }
