"""The receipt of an objection: what was submitted, kept letter by letter; the domain writes it."""

from datetime import datetime

from portal.common.actors import Actor
from portal.common.digests import canonical, digest_of
from portal.conclusions.models import Objection
from portal.submissions.models import SubmittedVersion
from portal.submissions.queries import versions
from portal.submissions.receipts import with_receipt_number

KIND = "objection"


def keep_receipt(objection: Objection, *, actor: Actor, now: datetime) -> None:
    """In the transaction that stores the objection."""
    content = {
        "consultation": str(objection.consultation_key),
        "intervention": str(objection.intervention_key),
        "organization": str(objection.organization.key),
        "objects_to": objection.disputed,
        "language": objection.language,
        "text": objection.text,
    }

    def save(number: str) -> None:
        SubmittedVersion(
            kind=KIND,
            submission_key=objection.key,
            number=1,
            receipt_number=number,
            digest=digest_of(content),
            content=canonical(content).decode(),
            submitted_at=now,
            submitted_by_id=actor.user_id,
        ).save(force_insert=True)

    with_receipt_number(save)


def receipt_of(objection: Objection) -> SubmittedVersion:
    return versions(KIND, objection.key).get()
