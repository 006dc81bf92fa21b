"""App configuration of `portal.opendata`."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group
from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule

if TYPE_CHECKING:
    from portal.work.declarations import JobKind

SETTINGS = ("opendata.change_opendatasettings",)
NIGHT = timedelta(hours=2, minutes=20)


class OpenDataConfig(AppConfig):
    name = "portal.opendata"
    verbose_name = _("Open data")
    event_kinds: ClassVar[EventKinds] = {"ledger file": ("made", "removed")}
    staff_permissions: ClassVar = {Group.EDITOR: SETTINGS, Group.ADMINISTRATOR: SETTINGS}

    def job_kinds(self) -> "tuple[JobKind, ...]":
        from portal.opendata.export_job import EXPORT  # reason: app ready

        return (EXPORT,)

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.opendata.export_job import export_daily, tend  # reason: app ready

        return (
            Schedule(name="export_ledger", every=timedelta(days=1), at=NIGHT, run=export_daily),
            Schedule(name="tend_ledger_files", every=timedelta(minutes=10), run=tend),
        )
