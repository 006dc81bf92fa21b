"""Dates as pages, files and feeds say them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.calendar.entries import Entry
from portal.cms.dates import day_or_days, until
from portal.tables.codebook import Columns, Holds, Meaning

COLUMNS: Columns = (
    Meaning("id", _("Key of the date, the same in every language"), Holds.NUMBER),
    Meaning("title", _("What happens then")),
    Meaning("starts", _("First day, or the moment with its offset (ISO 8601)")),
    Meaning("ends", _("Last day"), Holds.DAY, empty=_("it is a moment")),
    Meaning("of", _("What it belongs to: consultation, cycle, assessment, timeline")),
    Meaning("slug", _("Which one of these"), Holds.NUMBER, empty=_("it has no address of its own")),
    Meaning("place", _("Where it is"), empty=_("no place is named")),
    Meaning("confirmed", _("Whether somebody has confirmed it"), Holds.YES_NO),
    Meaning("changed_at", _("When it was changed last"), Holds.MOMENT),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)


def when(entry: Entry) -> str:
    """A moment with the place whose clock counts."""
    if isinstance(entry.starts, datetime):
        return until(entry.starts, _zone(entry.starts), entry.clock or entry.place)
    return day_or_days(entry.starts, entry.ends)


def item_of(entry: Entry) -> dict[str, Any]:
    """Inputs of `components/record_item.html`."""
    notes = [str(_("not confirmed"))] if entry.is_tentative else []
    return {"title": entry.title, "url": entry.url, "meta": [when(entry), *notes], "excerpt": entry.text}


def cells_of(entry: Entry) -> list[Any]:
    """A line of the file."""
    is_moment = isinstance(entry.starts, datetime)
    return [
        str(entry.uid),
        entry.title,
        entry.starts.isoformat(),
        "" if is_moment else entry.last_day.isoformat(),
        entry.of,
        entry.slug,
        entry.place,
        "no" if entry.is_tentative else "yes",
        entry.changed.isoformat(timespec="seconds"),
        f"{settings.SITE_URL}{entry.url}",
    ]


def _zone(moment: datetime) -> str:
    return str(moment.tzinfo)
