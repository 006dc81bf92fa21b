"""Deadlines and meetings of public consultations as dates of the calendar; the app declares them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.calendar.entries import Entry
from portal.cms.queries import PublicPage
from portal.consultations.page_queries import consultations


def entries(language: str) -> Iterator[Entry]:
    """Three queries."""
    rows = consultations(language)
    keys = [row.key for row in rows]
    pages = Page.objects.filter(translation_key__in=keys, live=True).order_by()
    changed = dict(pages.values_list("translation_key").annotate(last=Max("last_published_at")))
    for row in rows:
        if (last := changed.get(row.key)) is not None:
            yield from _of(row, last)


def _of(page: PublicPage, changed: datetime) -> Iterator[Entry]:
    facts = page.extra
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    zone, place = ZoneInfo(facts["time_zone"]), facts["place"]
    moments = [moment for moment in (facts["deadline"], facts["closed_at"]) if moment]
    if facts["starts_on"]:
        yield Entry(
            key=f"consultation/{page.key}/meeting",
            of="consultation",
            slug=slug,
            title=page.title,
            starts=facts["starts_on"],
            ends=facts["ends_on"],
            url=page.url,
            changed=changed,
            place=place,
        )
    if moments:
        yield Entry(
            key=f"consultation/{page.key}/deadline",
            of="consultation",
            slug=slug,
            title=_("Last moment for contributions: %(title)s") % {"title": page.title},
            starts=min(moments).astimezone(zone),
            url=page.url,
            changed=changed,
            clock=place,
        )
