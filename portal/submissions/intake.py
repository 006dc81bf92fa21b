"""Takes in many new submissions at once, public from the start; imports of the secretariat call it.

What it leaves is what `keep_version` and `publish` of each leave: state, version, events and record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common import events
from portal.common.actors import Actor
from portal.common.digests import canonical, digest_of
from portal.common.errors import NotAllowed, WrongState
from portal.common.ids import receipt_number
from portal.organizations.states import IN_LEDGER
from portal.publication.bulk import publish_new
from portal.publication.projections import Projection
from portal.submissions import rules
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType


@dataclass(frozen=True, slots=True)
class Taken:
    """A stored submission with the content of its receipt and its public face."""

    row: Submission
    content: dict[str, object]
    face: Projection


def admit(of: SubmissionType, rows: Sequence[Submission], *, actor: Actor, now: datetime) -> None:
    """Store new rows as published; what belongs to them in other tables comes next, then `publish_taken`.

    What a source says of an organization that is suspended or has lapsed is taken in as well: its own word
    is what has to wait. Raises `NotAllowed`, and `WrongState` where an organization is not public.
    """
    of.states.require(SubmissionState.SUBMITTED, SubmissionState.PUBLISHED)
    for row in rows:
        if not rules.may_review(actor, row):
            raise NotAllowed(f"take in {of.kind}")
        if row.organization.state not in IN_LEDGER:
            raise WrongState(_("This organization is not public."))
        row.state, row.decided_at = SubmissionState.PUBLISHED.value, now
    of.model._default_manager.bulk_create(rows)


@transaction.atomic
def publish_taken(of: SubmissionType, taken: Sequence[Taken], *, actor: Actor, now: datetime) -> None:
    """First versions, events and records of what was admitted in this transaction."""
    SubmittedVersion.objects.bulk_create(_version(of, each, actor, now) for each in taken)
    details: dict[str, dict[str, object]] = {str(each.row.key): {} for each in taken}
    for action in ("imported", SubmissionState.PUBLISHED.value):
        events.record_all(action, kind=of.kind, details=details, actor=actor, now=now)
    publish_new(of.kind, [each.face for each in taken], actor=actor, now=now)


def _version(of: SubmissionType, taken: Taken, actor: Actor, now: datetime) -> SubmittedVersion:
    """A receipt number that is taken, one in 10^15, rolls the transaction back: then the rows come singly."""
    return SubmittedVersion(
        kind=of.kind,
        submission_key=taken.row.key,
        number=1,
        receipt_number=receipt_number(),
        digest=digest_of(taken.content),
        content=canonical(taken.content).decode(),
        submitted_at=now,
        submitted_by_id=actor.user_id,
        was_published=True,
    )
