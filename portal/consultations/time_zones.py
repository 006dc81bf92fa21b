"""Time zones by IANA name; page models validate with it."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Enter the name of a time zone, such as America/Sao_Paulo."))
