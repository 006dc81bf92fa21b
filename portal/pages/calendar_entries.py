"""Days to come of the process timeline as dates of the calendar; the app declares them.

What the timeline tells by month or year alone is no date to keep.
"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from portal.calendar.entries import Entry
from portal.cms.queries import PublicPage, public_pages
from portal.pages.models import TimelinePage
from portal.records.feeds import BEGINNING


def entries(language: str) -> Iterator[Entry]:
    """Three queries."""
    shown = {page.key: page for page in public_pages(TimelinePage, language)}
    rows = TimelinePage.objects.filter(translation_key__in=shown, live=True).select_related("locale")
    for row in rows:
        page = shown[row.translation_key]
        if row.locale.language_code == page.language:
            yield from _of(row, page, timezone.now().date())


def _of(row: TimelinePage, page: PublicPage, today: date) -> Iterator[Entry]:
    for block in row.entries:
        value = block.value
        last = value["ends_on"] or value["starts_on"]
        if value["precision"] == "day" and last >= today:
            yield Entry(
                key=f"timeline/{page.key}/{block.id}",
                of="timeline",
                slug="",
                title=value["title"],
                text=value["text"],
                starts=value["starts_on"],
                ends=value["ends_on"],
                url=page.url,
                changed=row.last_published_at or BEGINNING,
            )
