"""What happens to an assessment besides what all submissions do, as verbs; types and the demo call it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.common.actors import Actor, system
from portal.common.errors import NotAllowed, WrongState
from portal.followup.assessing.drafts import PARTY, SEAT_ENDED, holds_seat
from portal.followup.assessing.mails import tell_parties
from portal.followup.assessing.parties import belongs_to_a_party, is_party
from portal.followup.assessing.projection import fact_of, project
from portal.followup.assessment_models import Assessment
from portal.followup.queries import seats_on
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.publication.queries import out_of_step
from portal.submissions import domain, rules
from portal.submissions.queries import role_for
from portal.submissions.states import SubmissionState

FOLLOWING = system("followup")


def admits(actor: Actor, assessment: Assessment) -> bool:
    """Nobody who belongs to a party of the pledge; and on the seat of a named person nobody else."""
    pledge = assessment.pledge
    if pledge is not None and belongs_to_a_party(actor, pledge):
        return False
    return role_for(actor, assessment) is None or not _is_anothers(actor, assessment)


def _is_anothers(actor: Actor, assessment: Assessment) -> bool:
    """Whether all seats of the organization in the body are today those of other people."""
    seats = seats_on(timezone.now().date()).filter(
        body=assessment.body, organization=assessment.organization_id
    )
    people = list(seats.values_list("person_id", flat=True))
    return bool(people) and None not in people and actor.user_id not in people


def may_review(actor: Actor, assessment: Assessment) -> bool:
    """Four eyes, and none of a party."""
    return rules.may_review(actor, assessment) and admits(actor, assessment)


@transaction.atomic
def publish_assessment(assessment: Assessment, *, actor: Actor, now: datetime) -> Record:
    """Approved: it enters the ledger, its pledge says so, and the parties are told by mail.

    A conflict that has come up meanwhile refuses it.
    """
    pledge = assessment.pledge
    if pledge is None or not may_review(actor, assessment):
        raise NotAllowed("publish an assessment")
    if is_party(pledge, assessment.organization_id):
        raise WrongState(PARTY)
    if not holds_seat(assessment, (assessment.submitted_at or now).date()):
        raise WrongState(SEAT_ENDED)
    record = domain.publish(assessment, actor=actor, now=now)
    restate_pledge(pledge, actor=actor, now=now)
    tell_parties(pledge, record)
    return record


def after_withdrawal(assessment: Assessment, actor: Actor, now: datetime) -> None:
    if assessment.pledge is not None:
        restate_pledge(assessment.pledge, actor=actor, now=now)


def follow_pledge(key: UUID, now: datetime) -> None:
    """While a pledge is withdrawn nobody outside reads what was found of it; that comes back with it.

    `key` is that of a pledge whose public record has changed. One query where nothing is to do.
    """
    own = Assessment.objects.filter(pledge__key=key, state=SubmissionState.PUBLISHED)
    again = []
    for record, state in out_of_step(
        RecordKind.ASSESSMENT, own.values("key"), hang_on=(RecordKind.PLEDGE, key)
    ):
        if record.is_published:
            ledger.withdraw(record.kind, record.source_key, actor=FOLLOWING, now=now)
        elif state == RecordState.PUBLISHED:
            again.append(record.source_key)
    for assessment in own.filter(key__in=again):
        restate(assessment, actor=FOLLOWING, now=now)
    if again:
        restate_pledge(Pledge.objects.get(key=key), actor=FOLLOWING, now=now)


def restate_pledge(pledge: Pledge, *, actor: Actor, now: datetime) -> None:
    """Its public record names the assessments that are public now."""
    facts = {"assessed": fact_of(pledge.key)}
    ledger.restate(RecordKind.PLEDGE, pledge.key, facts=facts, actor=actor, now=now)


def restate(assessment: Assessment, *, actor: Actor, now: datetime) -> None:
    """Its public record with the replies that are public now."""
    if assessment.state == SubmissionState.PUBLISHED:
        ledger.publish(project(assessment), actor=actor, now=now)
