"""Dates in words, in the active language; pages and lists call it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _


def day_or_days(first: date | None, last: date | None = None) -> str:
    """`16–17 May 2024`, `30 May 2024 – 1 June 2024`, one day, or nothing."""
    if first is None:
        return ""
    if last is None or last <= first:
        return formats.date_format(first, "DATE_FORMAT")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{formats.date_format(last, 'DATE_FORMAT')}"
    return f"{formats.date_format(first, 'DATE_FORMAT')} – {formats.date_format(last, 'DATE_FORMAT')}"


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
        "day": formats.date_format(local, "DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
        "place": place or zone.rsplit("/", 1)[-1].replace("_", " "),
    }


def _rounded(value: date, precision: str) -> str:
    return str(value.year) if precision == "year" else formats.date_format(value, "YEAR_MONTH_FORMAT")
