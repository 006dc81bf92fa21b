"""What happens to an observation besides what all submissions do, as verbs; type and receivers call it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor, system
from portal.common.errors import NotAllowed, WrongState
from portal.followup.models import Observation
from portal.followup.observing.drafts import (
    INVOLVED,
    NOT_PUBLIC,
    SEAT_ENDED,
    holds_seat,
)
from portal.followup.observing.involved import belongs_to_involved, involved, is_involved
from portal.followup.observing.mails import tell_parties
from portal.followup.observing.projection import project
from portal.followup.observing.subjects import subject_of
from portal.followup.rules import seat_is_anothers
from portal.organizations.queries import has_member
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import out_of_step
from portal.submissions import domain, rules
from portal.submissions.queries import role_for, writers_of
from portal.submissions.states import SubmissionState

FOLLOWING = system("followup")
WRITER_INVOLVED = _("Who wrote or submitted it belongs to those it is about now. Somebody else can observe.")


def admits(actor: Actor, observation: Observation) -> bool:
    """Nobody who belongs to those it is about; and on the seat of a named person nobody else."""
    subject = subject_of(observation)
    if subject is not None and belongs_to_involved(actor, subject):
        return False
    return role_for(actor, observation) is None or not _is_anothers(actor, observation)


def _is_anothers(actor: Actor, observation: Observation) -> bool:
    day = timezone.now().date()
    return seat_is_anothers(actor, observation.body, observation.organization_id, day)


def may_review(actor: Actor, observation: Observation) -> bool:
    """Four eyes, and none of those it is about."""
    return rules.may_review(actor, observation) and admits(actor, observation)


@transaction.atomic
def publish_observation(observation: Observation, *, actor: Actor, now: datetime) -> Record:
    """Approved: it enters the ledger, and the parties of a pledge are told by mail.

    What has come up meanwhile refuses it.
    """
    subject = subject_of(observation)
    if subject is None or not may_review(actor, observation):
        raise NotAllowed("publish an observation")
    if not subject.is_public:
        raise WrongState(NOT_PUBLIC)
    if is_involved(subject, observation.organization_id):
        raise WrongState(INVOLVED)
    if has_member(writers_of(observation), involved(subject)):
        raise WrongState(WRITER_INVOLVED)
    if observation.body and not holds_seat(observation, (observation.submitted_at or now).date()):
        raise WrongState(SEAT_ENDED)
    record = domain.publish(observation, actor=actor, now=now)
    if subject.kind == RecordKind.PLEDGE:
        tell_parties(Pledge.objects.get(key=subject.key), record)
    return record


def follow_record(kind: str, key: UUID, state: str, now: datetime) -> None:
    """While a record is withdrawn nobody outside reads what was observed of it; that comes back with it.

    `state` is that of the record. One query where nothing is to do.
    """
    own = Observation.objects.filter(
        record__kind=kind, record__source_key=key, state=SubmissionState.PUBLISHED
    )
    again = []
    for record in out_of_step(RecordKind.OBSERVATION, own.values("key"), state=state):
        if record.is_published:
            ledger.withdraw(record.kind, record.source_key, actor=FOLLOWING, now=now)
        else:
            again.append(record.source_key)
    for observation in own.filter(key__in=again):
        ledger.publish(project(observation), actor=FOLLOWING, now=now)
