"""What was submitted, kept as it was, under a receipt number."""

from datetime import datetime

from portal.common.actors import Actor
from portal.common.digests import canonical, digest_of
from portal.submissions.models import Submission, SubmittedVersion
from portal.submissions.queries import next_number, versions_of
from portal.submissions.receipts import Receipt, with_receipt_number


def keep_version(
    submission: Submission,
    content: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
    is_late: bool = False,
    is_to_tell: bool = False,
    was_published: bool = False,
) -> SubmittedVersion:
    """The content as it was submitted, under a receipt number of its own. Only verbs and imports call it.

    `is_to_tell`: the worker sends its receipt by mail. `was_published`: it is public from now on.
    """
    kept: list[SubmittedVersion] = []

    def save(number: str) -> None:
        version = SubmittedVersion(
            kind=submission.kind,
            submission_key=submission.key,
            number=next_number(submission),
            receipt_number=number,
            digest=digest_of(content),
            content=canonical(content).decode(),
            submitted_at=now,
            is_late=is_late,
            submitted_by_id=actor.user_id,
            is_to_tell=is_to_tell,
            was_published=was_published,
        )
        version.save(force_insert=True)
        kept.append(version)

    with_receipt_number(save)
    return kept[-1]


def note_published(submission: Submission) -> None:
    """What was submitted last is public from now on. One query."""
    newest = versions_of(submission).filter(number=next_number(submission) - 1)
    newest.update(was_published=True)


def receipt_of(version: SubmittedVersion) -> Receipt:
    return Receipt(version.receipt_number, version.submitted_at, version.digest)
