"""The system check of the setting that lets staff in by password alone; registered when the app is ready."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def staff_need_a_second_step(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if settings.DEBUG or not settings.STAFF_BY_PASSWORD:
        return []
    told = "STAFF_BY_PASSWORD lets staff sign in by password alone; where DEBUG is off it must be false."
    return [Error(told, id="portal.E010")]
