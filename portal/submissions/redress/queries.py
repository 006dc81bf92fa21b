"""Reads of measures and appeals (private)."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from portal.common.actors import Actor
from portal.common.ids import parse_public_id
from portal.organizations.queries import organization_ids
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.submissions.models import Appeal, Measure, Submission
from portal.submissions.redress_enums import Act
from portal.submissions.types import SubmissionType, submission_type, submission_types

S = TypeVar("S", bound=Submission)


def measures_of(submission: Submission) -> QuerySet[Measure]:
    """All that was done against it, oldest first, with appeals. One query."""
    rows = Measure.objects.filter(kind=submission.kind, submission_key=submission.key)
    return rows.select_related("appeal")


def with_readers(rows: Sequence[S]) -> Sequence[S]:
    """Rows to read of which `is_public` asks nothing more. One query."""
    records = Record.objects.filter(source_key__in=[row.key for row in rows], state=RecordState.PUBLISHED)
    public = set(records.values_list("kind", "source_key"))
    for row in rows:
        row.known_public = (row.kind, row.key) in public  # type: ignore[attr-defined]
    return rows


def is_public(submission: Submission) -> bool:
    """Whether readers see something of it now, also an earlier text. One query, none after `with_readers`."""
    known: bool | None = getattr(submission, "known_public", None)
    if known is not None:
        return known
    rows = Record.objects.filter(kind=submission.kind, source_key=submission.key)
    return rows.filter(state=RecordState.PUBLISHED).exists()


def text_of(measure: Measure) -> tuple[SubmissionType, Any]:
    """The text that a measure is about, with its type. One query."""
    of = submission_type(measure.kind)
    return of, of.model._default_manager.select_related("organization").get(key=measure.submission_key)


def may_come_back(numbers: Collection[str]) -> set[str]:
    """Those of these public numbers that are taken down while that may still be undone. One query."""
    kept = Measure.objects.filter(act=Act.TAKEN_DOWN, kept__isnull=False)
    places = {each: parsed[1] for each in numbers if (parsed := parse_public_id(each))}
    if not places:
        return set()
    rows = Record.objects.filter(pk__in=places.values(), source_key__in=kept.values("submission_key"))
    return {row.public_id for row in rows.exclude(withdrawn_for="")} & set(numbers)


def take_downs_closed_to(actor: Actor) -> QuerySet[Measure]:
    """All but the take-downs that the person may read."""
    return Measure.objects.filter(_closed(actor, "") | ~Q(act=Act.TAKEN_DOWN))


def appeals_closed_to(actor: Actor) -> QuerySet[Appeal]:
    return Appeal.objects.filter(_closed(actor, "measure__"))


def _closed(actor: Actor, measure: str) -> Q:
    """Of the person's own organizations, or of a text of a kind that is closed to the person.

    One query, and those of `closed_to` of the kinds of which there are measures.
    """
    kinds = set(Measure.objects.order_by().values_list("kind", flat=True).distinct())
    texts = [
        Q(**{f"{measure}kind": of.kind, f"{measure}submission_key__in": closed.values("key")})
        for of in submission_types()
        if of.kind in kinds and isinstance(closed := of.closed_to(actor), QuerySet)
    ]
    return reduce(or_, texts, Q(**{f"{measure}organization_id__in": organization_ids(actor)}))
