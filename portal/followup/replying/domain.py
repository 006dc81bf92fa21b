"""What happens to a reply besides what all submissions do, as verbs; its type calls it."""

from datetime import datetime

from django.db import transaction

from portal.common.actors import Actor
from portal.common.errors import NotAllowed, WrongState
from portal.followup.models.assessments import Reply
from portal.followup.replying.drafts import GONE, record_of
from portal.organizations.queries import role_of
from portal.publication.models import Record
from portal.submissions import domain, rules


def may_review(actor: Actor, reply: Reply) -> bool:
    """Four eyes, and nobody of the organization to whose assessment it replies."""
    assessment = reply.assessment
    is_own = assessment is not None and role_of(actor, assessment.organization_id) is not None
    return rules.may_review(actor, reply) and not is_own


@transaction.atomic
def publish_reply(reply: Reply, *, actor: Actor, now: datetime) -> Record:
    """Approved: the record of its assessment tells it. Raises `WrongState` while that is withdrawn."""
    if not may_review(actor, reply):
        raise NotAllowed("publish a reply")
    if reply.assessment is None or record_of(reply.assessment) is None:
        raise WrongState(GONE)
    return domain.publish(reply, actor=actor, now=now)
