"""What came in during the last seven days, in public; the commission's room shows it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from portal.common.formatting import start_of
from portal.followup.assessing.records import replies_in
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.reports.records import UNCHANGED

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """`unchanged` of the reports say that nothing has changed."""

    reports: int
    unchanged: int
    assessments: int
    replies: int


def week_of(today: date) -> Week:
    """Two queries."""
    since = today - WEEK
    first = start_of(since + timedelta(days=1))
    counted = (
        published()
        .filter(kind__in=(RecordKind.REPORT, RecordKind.ASSESSMENT), published_at__gte=first)
        .order_by()
        .aggregate(
            reports=Count("pk", filter=Q(kind=RecordKind.REPORT)),
            unchanged=Count("pk", filter=Q(kind=RecordKind.REPORT) & UNCHANGED),
            assessments=Count("pk", filter=Q(kind=RecordKind.ASSESSMENT)),
        )
    )
    recent = published(RecordKind.ASSESSMENT).filter(updated_at__gte=first)
    changed = recent.select_related(None).only("kind", "facts")
    replies = sum(reply.on > since.isoformat() for row in changed for reply in replies_in(row))
    return Week(replies=replies, **counted)
