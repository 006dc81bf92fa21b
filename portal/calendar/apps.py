"""App configuration of `portal.calendar`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.tables.datasets import Dataset


class CalendarConfig(AppConfig):
    name = "portal.calendar"
    label = "portal_calendar"
    verbose_name = _("Calendar")

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.calendar.datasets import DATASETS  # reason: app ready

        return DATASETS
