"""App configuration of `portal.pages`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.calendar.entries import Source
    from portal.tables.datasets import Dataset


class PagesConfig(AppConfig):
    name = "portal.pages"
    verbose_name = _("Pages")

    def calendar_entries(self) -> "tuple[Source, ...]":
        from portal.pages.calendar_entries import entries  # reason: app ready

        return (entries,)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.pages.countries.datasets import DATASETS  # reason: app ready

        return DATASETS
