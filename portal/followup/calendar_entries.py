"""Review cycles, and until when parties can reply to assessments, as dates of the calendar; declared."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.calendar.entries import Entry
from portal.followup.addresses import path_of_cycle
from portal.followup.assessing.records import REPLY_DAYS, replies_until
from portal.followup.models import ReviewCycle
from portal.publication.enums import RecordKind
from portal.publication.queries import published


def entries(language: str) -> Iterator[Entry]:
    """Two queries."""
    for cycle in ReviewCycle.objects.order_by("opens_on", "slug"):
        yield from _of_cycle(cycle, language)
    yield from _replies(language)


def _of_cycle(cycle: ReviewCycle, language: str) -> Iterator[Entry]:
    name = cycle.title(language)
    for what, day, title in (
        ("opens", cycle.opens_on, _("Review cycle begins: %(name)s")),
        ("closes", cycle.closes_on, _("Last day for reports: %(name)s")),
    ):
        yield Entry(
            key=f"cycle/{cycle.slug}/{what}",
            of="cycle",
            slug=cycle.slug,
            title=title % {"name": name},
            starts=day,
            url=path_of_cycle(cycle, language),
            changed=cycle.updated_at,
            is_tentative=not cycle.verified,
        )


def _replies(language: str) -> Iterator[Entry]:
    """Those that can still be given."""
    since = timezone.now() - timedelta(days=REPLY_DAYS + 1)
    rows = published(RecordKind.ASSESSMENT).filter(published_at__gte=since).order_by("published_at", "pk")
    for record in rows.defer("texts"):
        yield Entry(
            key=f"assessment/{record.public_id}/reply",
            of="assessment",
            slug=record.public_id,
            title=_("Last day to reply to the assessment %(number)s") % {"number": record.public_id},
            starts=replies_until(record),
            url=record.path(language),
            changed=record.published_at,
        )
