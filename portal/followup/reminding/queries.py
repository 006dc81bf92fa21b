"""Which pledges a review cycle still waits for (private); reminders and the room of the follow-up ask it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from portal.followup.models import ReviewCycle
from portal.followup.queries import public_reported_keys
from portal.pledges.enums import ReportedStage
from portal.pledges.facts import stage_of
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.reports.models import Report
from portal.submissions.states import STATES, SubmissionState


def unreported_pledges(cycle: ReviewCycle, *, since: date) -> dict[int, list[Record]]:
    """The public pledges without a report of the cycle, by the row of the organization that keeps them.

    Only those that were public on a day already and that their parties do not call fulfilled. Who has
    reported is left out, also while the secretariat reads the report or has returned it. Four queries.
    """
    keepers = dict(Pledge.objects.order_by().values_list("key", "organization_id"))
    reported = reported_keys(cycle)
    waiting: dict[int, list[Record]] = defaultdict(list)
    for record in _active():
        is_new = record.published_at.date() > since
        if record.source_key in keepers and record.source_key not in reported and not is_new:
            waiting[keepers[record.source_key]].append(record)
    return dict(waiting)


def reported_keys(cycle: ReviewCycle) -> frozenset[UUID]:
    """The pledges on which any party has submitted a report that carries the cycle. Two queries."""
    waiting = waiting_reports(cycle).values_list("pledge__key", flat=True)
    return public_reported_keys(cycle.slug).union(key for key in waiting if key)


def waiting_reports(cycle: ReviewCycle) -> QuerySet[Report]:
    """What was submitted in the cycle and is not public yet: waits, or was returned."""
    if cycle.opened_at is None:
        return Report.objects.none()
    until = {"submitted_at__lt": cycle.frozen_at} if cycle.frozen_at else {}
    states = {*STATES.waiting, SubmissionState.RETURNED}
    rows = Report.objects.filter(state__in=states, submitted_at__gte=cycle.opened_at, **until)
    return rows.order_by()


def _active() -> Iterator[Record]:
    rows = published(RecordKind.PLEDGE).select_related(None).order_by("pk")
    for record in rows.only("pk", "kind", "source_key", "title", "language", "facts", "published_at"):
        if stage_of(record) != ReportedStage.FULFILLED:
            yield record
