"""Time zones by IANA name; page models validate with it."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def _known() -> frozenset[str]:
    """Read once: the standard library walks the whole time zone folder at each call."""
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    if name not in _known():
        raise ValidationError(_("Enter the name of a time zone, such as America/Sao_Paulo."))
