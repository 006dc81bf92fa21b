"""What the secretariat has said about a text loses the words that are left out of it since."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from portal.common.declarations import declared
from portal.submissions.marking import LeftOut, left_out_of, replaced
from portal.submissions.models import Appeal, Measure, Readmission, Submission


def leave_out_of_reasons(submission: Submission) -> None:
    """Reasons of what was decided about it, here and wherever apps above have kept some.

    Three queries for the words; where there are any, one for each store and one for each row that has them.
    """
    kind, key = submission.kind, submission.key
    left = left_out_of(kind, key)
    if not left:
        return
    own = Measure.objects.filter(kind=kind, submission_key=key)
    leave_out_of_rows(own, "reason", left)
    leave_out_of_rows(Readmission.objects.filter(measure__in=own), "reason", left)
    leave_out_of_rows(Appeal.objects.filter(measure__in=own), "reason", left)
    leave_out_of_rows(type(submission)._default_manager.filter(key=key), "reason", left)
    for follow in declared("words_left_out"):
        follow(kind, key, left)


def leave_out_of_rows(rows: QuerySet, field: str, left: Sequence[LeftOut]) -> None:
    for pk, said in rows.exclude(**{field: ""}).values_list("pk", field):
        told = replaced(said, left, is_whole=True)
        if told != said:
            rows.model._default_manager.filter(pk=pk).update(**{field: told})


def keys_about(kind: str, key: UUID) -> set[UUID]:
    """Those of the text, of what was done against it and of the appeals. Two queries."""
    own = Measure.objects.filter(kind=kind, submission_key=key)
    appeals = Appeal.objects.filter(measure__in=own).values_list("key", flat=True)
    return {key, *own.values_list("key", flat=True), *appeals}
