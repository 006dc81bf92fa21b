"""Reads of submissions (private) for their authors and the secretariat."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, PositiveIntegerField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.common.actors import Actor
from portal.common.declarations import declared
from portal.common.reviews import ReviewType, is_secretariat
from portal.organizations.queries import organization_ids, role_in, with_role
from portal.submissions.models import KeptText, Submission, SubmittedVersion
from portal.submissions.states import STATES, SubmissionState

S = TypeVar("S", bound=Submission)
Shares = Callable[[Actor, Sequence[Submission]], Collection[UUID]]


def visible_to(of: ReviewType, actor: Actor) -> QuerySet[Any]:
    """Those of the actor's organizations; for the secretariat all but drafts and what is closed to it."""
    readable = Q(organization_id__in=organization_ids(actor))
    if is_secretariat(actor):
        only_asked = Q(state=SubmissionState.AWAITING_SIGNATURES, submitted_at=None)
        readable |= ~Q(state=SubmissionState.DRAFT) & ~only_asked & of.open_to(actor)
    return with_role(_rows(of.model).filter(readable).select_related("organization"), actor)


def of_organizations(model: type[S], actor: Actor) -> QuerySet[S]:
    """What the actor's own organizations have written, or the chosen one of them, last saved first."""
    rows = _rows(model).filter(organization_id__in=organization_ids(actor))
    if actor.acts_for:
        rows = rows.filter(organization__key=actor.acts_for)
    return with_role(rows, actor).select_related("organization").order_by("-updated_at")


def waiting(model: type[S]) -> QuerySet[S]:
    """What waits for a moderator, oldest first."""
    rows = _rows(model).filter(state__in=STATES.waiting)
    return rows.select_related("organization").order_by("submitted_at")


def role_for(actor: Actor, submission: Submission) -> str | None:
    """The actor's role in the submission's organization."""
    return role_in(actor, submission, submission.organization_id)


def with_writers(rows: Iterable[S]) -> list[S]:
    """Rows to read of which `writers_of` asks nothing more. One query."""
    listed = list(rows)
    people: dict[tuple[str, UUID], set[int | None]] = defaultdict(set)
    sent = SubmittedVersion.objects.filter(submission_key__in=[row.key for row in listed]).order_by()
    for kind, key, person in sent.values_list("kind", "submission_key", "submitted_by"):
        people[kind, key].add(person)
    for row in listed:
        writers = people[row.kind, row.key] | {row.author_id}
        row.known_writers = frozenset(pk for pk in writers if pk is not None)  # type: ignore[attr-defined]
    return listed


def writers_of(submission: Submission) -> frozenset[int]:
    """Keys of the persons who began or submitted it. One query, none for what is not stored yet."""
    known: frozenset[int] | None = getattr(submission, "known_writers", None)
    if known is not None:
        return known
    people = [submission.author_id]
    if submission.pk is not None:
        people += versions_of(submission).order_by().values_list("submitted_by", flat=True)
    return frozenset(pk for pk in people if pk is not None)


def with_shares(rows: Iterable[S], actor: Actor) -> list[S]:
    """Rows of which `has_share` asks nothing more for this actor. The queries of `own_shares`."""
    listed = list(rows)
    own = own_shares(actor, listed)
    for row in listed:
        row.share_asked_for, row.is_shared = actor.user_id, row.key in own  # type: ignore[attr-defined]
    return listed


def has_share(actor: Actor, submission: Submission) -> bool:
    """Whether an organization of the actor says it, too, such as one that has signed it."""
    if actor.user_id is not None and getattr(submission, "share_asked_for", None) == actor.user_id:
        known: bool = submission.is_shared  # type: ignore[attr-defined]
        return known
    return submission.key in own_shares(actor, [submission])


def own_shares(actor: Actor, rows: Iterable[Submission]) -> set[UUID]:
    """Keys of those that apps declare as said by an organization of the actor beside its authors."""
    stored = [row for row in rows if row.pk is not None]
    return {key for told in declared("also_said_by") for key in told(actor, stored)}


def versions_of(submission: Submission) -> QuerySet[SubmittedVersion]:
    """Everything that was submitted of it, oldest first."""
    return versions(submission.kind, submission.key)


def versions(kind: str, key: UUID) -> QuerySet[SubmittedVersion]:
    return SubmittedVersion.objects.filter(kind=kind, submission_key=key).order_by("number")


def newest_version(submission: Submission) -> SubmittedVersion | None:
    return versions_of(submission).last()


def public_version(submission: Submission) -> SubmittedVersion | None:
    """What readers read while anything of it is public: that which was published last. One query."""
    return versions_of(submission).filter(was_published=True).last()


def read_among(submission: Submission, among: Sequence[SubmittedVersion]) -> SubmittedVersion | None:
    """As `version_read`, of all its versions that are at hand, oldest first."""
    is_public = submission.state in STATES.public
    return next((row for row in reversed(among) if row.was_published or not is_public), None)


def version_read(submission: Submission) -> SubmittedVersion | None:
    """Of what is published the public one, of any other what was submitted last. One query."""
    return (public_version if submission.state in STATES.public else newest_version)(submission)


def state_to_go_back_to(submission: Submission) -> str:
    """That in which it is again when its authors give up what they changed; empty where there is none.

    One query, none of what cannot be changed or was never submitted.
    """
    if not submission.is_editable or submission.submitted_at is None:
        return ""
    kept = KeptText.objects.filter(kind=submission.kind, submission_key=submission.key)
    return kept.order_by("-pk").values_list("state", flat=True).first() or ""


def content_of(version: SubmittedVersion | None) -> dict[str, Any] | None:
    """What was submitted, by field; None where the text was not kept."""
    if version is None or not version.content:
        return None
    content: dict[str, Any] = json.loads(version.content)
    return content


def newest_contents(kind: str, keys: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What was submitted last of each, by key; none of what was not kept. One query, none without keys."""
    if not keys:
        return {}
    rows = SubmittedVersion.objects.filter(kind=kind, submission_key__in=keys).order_by("number")
    newest = {row.submission_key: row for row in rows}
    return {key: content for key, row in newest.items() if (content := content_of(row))}


def next_number(submission: Submission) -> Coalesce:
    """The number of the next version, for use inside its INSERT."""
    newest = versions_of(submission).order_by("-number").values(following=F("number") + 1)[:1]
    return Coalesce(Subquery(newest), 1, output_field=PositiveIntegerField())


def _rows(model: type[S]) -> QuerySet[S]:
    return model._default_manager.all()
