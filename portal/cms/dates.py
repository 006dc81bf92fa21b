"""Dates in words, in the active language; pages and lists call it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from portal.common.formatting import city_of, clock, day, month


def day_or_days(first: date | None, last: date | None = None) -> str:
    """`16–17 May 2024`, `30 May 2024 – 1 June 2024`, one day, or nothing."""
    if first is None:
        return ""
    if last is None or last <= first:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def with_precision(first: date | None, last: date | None, precision: str) -> str:
    """The same, shown by `year`, `month` or `day`."""
    if first is None or precision == "day":
        return day_or_days(first, last)
    shown = [_rounded(first, precision)]
    if last is not None and _rounded(last, precision) != shown[0]:
        shown.append(_rounded(last, precision))
    return " – ".join(shown)


def until(moment: datetime, zone: str, place: str) -> str:
    """`until 14 June 2024, 18:00 (time in Brasília)`: a deadline is a moment somewhere."""
    local = moment.astimezone(ZoneInfo(zone))
    return _("until %(day)s, %(time)s (time in %(place)s)") % {
        "day": day(local.date()),
        "time": clock(local),
        "place": place or city_of(zone),
    }


def _rounded(value: date, precision: str) -> str:
    return str(value.year) if precision == "year" else month(value)
