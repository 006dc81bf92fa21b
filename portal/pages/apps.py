"""App configuration of `portal.pages`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group

if TYPE_CHECKING:
    from portal.calendar.entries import Source
    from portal.common.frame import Source as FrameSource
    from portal.tables.datasets import Dataset

FRAME = ("pages.change_siteframe",)


class PagesConfig(AppConfig):
    name = "portal.pages"
    verbose_name = _("Pages")
    public_models: ClassVar = (
        "ContentPage",
        "HomePage",
        "SiteFrame",
        "TimelinePage",
    )
    staff_permissions: ClassVar = {Group.EDITOR: FRAME, Group.ADMINISTRATOR: FRAME}

    def site_frame(self) -> "tuple[FrameSource, ...]":
        from portal.pages.site_frame import site_frame  # reason: app ready

        return (site_frame,)

    def calendar_entries(self) -> "tuple[Source, ...]":
        from portal.pages.calendar_entries import entries  # reason: app ready

        return (entries,)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.pages.countries.datasets import DATASETS  # reason: app ready

        return DATASETS
