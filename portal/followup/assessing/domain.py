"""What happens to an assessment besides what all submissions do, as verbs; types and the demo call it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, system
from portal.common.errors import NotAllowed, WrongState
from portal.followup.assessing.drafts import hindrance
from portal.followup.assessing.mails import tell_parties
from portal.followup.assessing.papers import publish_papers, withdraw_papers
from portal.followup.assessing.parties import (
    OWN_PARTY,
    belongs_to_a_party,
    is_party,
    parties,
    party_words,
)
from portal.followup.assessing.projection import fact_of, project
from portal.followup.assessing.subjects import subject_of
from portal.followup.models.assessments import Assessment
from portal.followup.rules import seat_is_anothers
from portal.organizations.queries import has_member
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import out_of_step, published
from portal.submissions import domain, rules
from portal.submissions.queries import role_for, writers_of
from portal.submissions.states import SubmissionState

FOLLOWING = system("followup")
WRITER_PARTY = _("Who wrote or submitted it belongs to a party now. Another holder of a seat can assess.")
ANOTHERS_SEAT = _("This seat is held by a named person, who alone writes and submits for it.")


def admits(actor: Actor, assessment: Assessment) -> bool:
    """Nobody who belongs to a party; and on the seat of a named person nobody else."""
    return not why_not(actor, assessment)


def why_not(actor: Actor, assessment: Assessment) -> object:
    """Why a person neither writes, submits nor decides about it, in words; empty for nothing."""
    subject = subject_of(assessment)
    if belongs_to_a_party(actor, subject):
        is_own = is_party(subject, assessment.organization_id)
        return party_words(subject) if is_own else OWN_PARTY
    if role_for(actor, assessment) is not None and _is_anothers(actor, assessment):
        return ANOTHERS_SEAT
    return ""


def _is_anothers(actor: Actor, assessment: Assessment) -> bool:
    day = timezone.now().date()
    return seat_is_anothers(actor, assessment.body, assessment.organization_id, day)


def may_review(actor: Actor, assessment: Assessment) -> bool:
    """Four eyes, and none of a party."""
    return rules.may_review(actor, assessment) and admits(actor, assessment)


@transaction.atomic
def publish_assessment(assessment: Assessment, *, actor: Actor, now: datetime) -> Record:
    """Approved: it enters the ledger with its open documents, its pledge says so, the parties are told.

    A conflict that has come up meanwhile refuses it, and so does a pledge, goal or action that is gone.
    """
    if not may_review(actor, assessment):
        raise NotAllowed("publish an assessment")
    if told := hindrance(assessment, now):
        raise WrongState(told)
    if has_member(writers_of(assessment), parties(subject_of(assessment))):
        raise WrongState(WRITER_PARTY)
    publish_papers(assessment, actor=actor, now=now)
    record = domain.publish(assessment, actor=actor, now=now)
    if assessment.pledge is not None:
        restate_pledge(assessment.pledge, actor=actor, now=now)
    tell_parties(assessment, record)
    return record


def after_withdrawal(assessment: Assessment, actor: Actor, now: datetime) -> None:
    """Its documents are private again, and its pledge does not name it."""
    withdraw_papers(assessment, now=now)
    if assessment.pledge is not None:
        restate_pledge(assessment.pledge, actor=actor, now=now)


def after_put_back(assessment: Assessment, actor: Actor, now: datetime) -> None:
    """Its open documents are public again, and its pledge names it."""
    publish_papers(assessment, actor=actor, now=now)
    if assessment.pledge is not None:
        restate_pledge(assessment.pledge, actor=actor, now=now)


def follow_pledge(key: UUID, state: str, now: datetime) -> None:
    """While a pledge is withdrawn nobody outside reads what was found of it; that comes back with it.

    `key` is that of a pledge whose public record has changed, `state` that of the record. One query where
    nothing is to do.
    """
    own = Assessment.objects.filter(pledge__key=key, state=SubmissionState.PUBLISHED)
    again, gone = [], []
    for record in out_of_step(RecordKind.ASSESSMENT, own.values("key"), state=state):
        if record.is_published:
            ledger.withdraw(record.kind, record.source_key, actor=FOLLOWING, now=now)
            gone.append(record.source_key)
        else:
            again.append(record.source_key)
    for assessment in own.filter(key__in=gone):
        withdraw_papers(assessment, now=now)
    for assessment in own.filter(key__in=again):
        publish_papers(assessment, actor=FOLLOWING, now=now)
        ledger.publish(project(assessment), actor=FOLLOWING, now=now)
    if again:
        restate_pledge(Pledge.objects.get(key=key), actor=FOLLOWING, now=now)


def restate_pledge(pledge: Pledge, *, actor: Actor, now: datetime) -> None:
    """Its public record names the assessments that are public now."""
    facts = {"assessed": fact_of(pledge.key)}
    ledger.restate(RecordKind.PLEDGE, pledge.key, facts=facts, actor=actor, now=now)


def restate(assessment: Assessment, *, actor: Actor, now: datetime) -> None:
    """Its public record with the replies that are public now; one that is withdrawn stays so."""
    if published(RecordKind.ASSESSMENT).filter(source_key=assessment.key).exists():
        ledger.publish(project(assessment), actor=actor, now=now)
