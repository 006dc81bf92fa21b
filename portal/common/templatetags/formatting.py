"""Template filters for dates, times and numbers in the reader's language; loaded as `formatting`."""

from datetime import date, datetime

from django import template

from portal.common import formatting

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """`12 January 2026`; nothing for no date."""
    return formatting.day(value) if value else ""


@register.filter
def day_and_time(value: datetime | None) -> str:
    """`12 January 2026, 09:05`; nothing for no moment."""
    return formatting.day_and_time(value) if value else ""


@register.filter
def colon(value: object) -> str:
    """A label before its value, with the space that the language puts before the colon."""
    return formatting.colon(str(value))


@register.filter
def number(value: float) -> str:
    """`1,234`."""
    return formatting.number(value)
