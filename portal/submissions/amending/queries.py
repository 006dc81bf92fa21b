"""Reads of proposals (private)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.organizations.enums import SUBMITTING_ROLES
from portal.organizations.queries import acting_organizations, organization_ids
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.submissions.amending_enums import AmendmentState, Part
from portal.submissions.models import Amendment, Submission
from portal.submissions.states import SubmissionState
from portal.submissions.types import SubmissionType, submission_type, submission_types


def amendments_of(submission: Submission) -> QuerySet[Amendment]:
    return Amendment.objects.filter(kind=submission.kind, submission_key=submission.key)


def open_amendment(submission: Submission) -> Amendment | None:
    """The one that waits, whether or not it still fits. One query."""
    return amendments_of(submission).filter(state=AmendmentState.PROPOSED).first()


def amended_at(kind: str, key: UUID) -> dict[datetime, Part]:
    """What was amended of a text, by the moment: that of the version that says it. One query."""
    rows = Amendment.objects.filter(kind=kind, submission_key=key, state=AmendmentState.ACCEPTED)
    return {at: Part(part) for at, part in rows.values_list("settled_at", "part") if at}


def public_record(kind: str, key: UUID) -> Record | None:
    """One query."""
    return Record.objects.filter(kind=kind, source_key=key, state=RecordState.PUBLISHED).first()


def text_of(amendment: Amendment) -> tuple[SubmissionType, Any]:
    """The text that it is about, with its type. One query."""
    of = submission_type(amendment.kind)
    rows = of.model._default_manager.select_related("organization", "author")
    return of, rows.get(key=amendment.submission_key)


def fits(amendment: Amendment, text: Any, record_version: int | None) -> bool:
    """Whether text and public record are still those that it is about. No query."""
    is_same = text.state == SubmissionState.PUBLISHED and text.revision == amendment.revision
    return is_same and record_version == amendment.record_version


def those_that_fit(amendments: Iterable[Amendment]) -> list[Amendment]:
    """In their order. One query, and one for each kind; none without any."""
    rows = list(amendments)
    if not rows:
        return []
    keys = defaultdict[str, list[UUID]](list)
    for row in rows:
        keys[row.kind].append(row.submission_key)
    texts = {
        (kind, text.key): text
        for kind, own in keys.items()
        for text in submission_type(kind).model._default_manager.filter(key__in=own)
    }
    known = Record.objects.filter(source_key__in=[row.submission_key for row in rows])
    public = known.filter(state=RecordState.PUBLISHED).values_list("kind", "source_key", "version")
    versions = {(kind, key): version for kind, key, version in public}
    about = ((row, (row.kind, row.submission_key)) for row in rows)
    return [row for row, at in about if at in texts and fits(row, texts[at], versions.get(at))]


def waiting() -> QuerySet[Amendment]:
    """All that are open, the oldest first."""
    rows = Amendment.objects.filter(state=AmendmentState.PROPOSED)
    return rows.select_related("organization", "proposed_by").order_by("submitted_at", "pk")


def readable_by(actor: Actor) -> QuerySet[Amendment]:
    """What somebody of the secretariat reads: nothing of their own organizations."""
    rows = Amendment.objects.exclude(_closed(actor)).select_related("organization", "proposed_by")
    return rows.order_by("-submitted_at", "-pk")


def for_organizations(actor: Actor) -> QuerySet[Amendment]:
    """Texts of those for which the person speaks, which wait for them."""
    mine = acting_organizations(actor, SUBMITTING_ROLES).order_by().values("pk")
    return waiting().filter(part=Part.TEXT, organization__in=mine)


def amendments_closed_to(actor: Actor) -> QuerySet[Amendment]:
    """All but those that wait for a second person of the secretariat and that the actor may read.

    No query of its own.
    """
    return Amendment.objects.filter(_closed(actor) | ~Q(part=Part.FILING))


def _closed(actor: Actor) -> Q:
    """Of the person's own organizations, or of a text of a kind that is closed to the person."""
    closed = Q(organization__in=organization_ids(actor))
    for of in submission_types():
        if of.amendable is not None and isinstance(rows := of.closed_to(actor), QuerySet):
            closed |= Q(kind=of.kind, submission_key__in=rows.values("key"))
    return closed
