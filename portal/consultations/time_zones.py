"""Time zones by IANA name and years that may be meant; models that editors fill validate with them."""

from datetime import date
from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

YEARS = {"first": 1984, "last": 2199}
YEAR_REFUSED = _("The year is not between %(first)s and %(last)s.") % YEARS


def is_plausible(moment: date) -> bool:
    """A mistyped year would stand in every list and feed, and no clock goes beyond the calendar's ends."""
    return YEARS["first"] <= moment.year <= YEARS["last"]


@cache
def _known() -> frozenset[str]:
    """Read once: the standard library walks the whole time zone folder at each call."""
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    if name not in _known():
        raise ValidationError(_("Enter the name of a time zone, such as America/Sao_Paulo."))
