"""Dates, times and numbers as the reader writes them, by CLDR; templates load them as `formatting`.

Moments are shown in Django's current time zone, so that a day and a year are those of the clock on the
wall and not of UTC. Dates have no zone and are shown as they are.
"""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale, dates, numbers
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from portal.common.languages import row_of

CLOCK = "HH:mm"
# From here on digits stand in groups.
GROUPED = 1000


def reader_locale() -> Locale:
    """The CLDR locale of the active language; `pt` speaks Brazilian."""
    return _locale(get_language())


@lru_cache(maxsize=64)
def _locale(active: str | None) -> Locale:
    return Locale.parse(row_of(active).locale)


def local_day(value: date) -> date:
    """The day of a moment where the portal is read; a date is its own day."""
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def start_of(day: date) -> datetime:
    """The first moment of a day where the portal is read."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day(value: date) -> str:
    """`12 de janeiro de 2026`, `1er janvier 2026`."""
    told, locale = local_day(value), reader_locale()
    text = dates.format_date(told, "long", locale=locale)
    return f"1er{text[1:]}" if told.day == 1 and locale.language == "fr" else text


def month(value: date) -> str:
    """`janeiro de 2026`."""
    return dates.format_skeleton("yMMMM", local_day(value), locale=reader_locale())


def clock(value: datetime) -> str:
    """`09:05`, with twenty-four hours in every language; a moment with a zone of its own keeps it."""
    return dates.format_time(value.time(), CLOCK, locale=reader_locale())


def day_and_time(value: datetime) -> str:
    """`12 de janeiro de 2026, 09:05`."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {clock(local)}"


def moment(at: datetime, *, is_full: bool = False) -> str:
    """A time in words with its zone; of today only the hour, unless the full date is asked for."""
    local = timezone.localtime(at)
    hour = f"{clock(local)} {local.tzname()}"
    if local.date() == timezone.localdate() and not is_full:
        return hour
    return f"{day(local)}, {hour}"


def city_of(zone: str) -> str:
    """`Ciudad de México` for `America/Mexico_City`: the place by which a clock is known."""
    return str(dates.get_timezone_location(zone, locale=reader_locale(), return_city=True))


def colon(label: str) -> str:
    """`Country:`, `Pays :`: what stands before a value."""
    return pgettext("label", "%(label)s:") % {"label": label}


def number(value: float) -> str:
    """`1.234,5` or `1,234.5`. Most counts are small, and every language writes those alike."""
    if isinstance(value, int) and 0 <= value < GROUPED:
        return str(int(value))
    return numbers.format_decimal(value, locale=reader_locale())


def percent(share: float) -> str:
    """`25 %` or `25%` for 0.25, without decimals."""
    return numbers.format_percent(share, locale=reader_locale())
