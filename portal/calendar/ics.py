"""The calendar as a file (RFC 5545): UTF-8, CRLF, lines folded at 75 bytes, zones with their rules."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.calendar.entries import Entry

PRODUCT = "-//Cartagena+40 portal//calendar//"
# Rules of zones from this year on: nothing here is older.
BEGINNING = date(2024, 1, 1)
# How often a calendar program may ask again.
AGAIN = timedelta(hours=12)


def calendar_of(rows: Iterable[Entry], language: str) -> bytes:
    """One event for each entry; the same rows give the same bytes."""
    made = Calendar()
    made.add("prodid", f"{PRODUCT}{language.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Dates of the Cartagena+40 process"))
    made.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    for row in rows:
        made.add_component(_event(row))
    made.add_missing_timezones(first_date=BEGINNING)
    content: bytes = made.to_ical()
    return content


def _event(row: Entry) -> Event:
    event = Event()
    event.add("uid", str(row.uid))
    event.add("dtstamp", row.changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", row.changed.astimezone(UTC).replace(microsecond=0))
    event.add("summary", " ".join(row.title.split()))
    event.add("dtstart", row.starts)
    if (end := _end(row)) is not None:
        event.add("dtend", end)
    for name, value in (("description", row.text), ("location", row.place), ("categories", row.of)):
        if value:
            event.add(name, value)
    event.add("url", f"{settings.SITE_URL}{row.url}")
    event.add("status", "TENTATIVE" if row.is_tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _end(row: Entry) -> date | None:
    """The day after the last one: days end there. A moment has no end."""
    return None if isinstance(row.starts, datetime) else row.last_day + timedelta(days=1)
