"""App configuration of `portal.files`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds

if TYPE_CHECKING:
    from portal.common.personal import Held, Kept
    from portal.work.schedules import Schedule


class FilesConfig(AppConfig):
    name = "portal.files"
    verbose_name = _("files")
    event_kinds: ClassVar[EventKinds] = {"file": ("stored", "published", "withdrawn", "deleted")}

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.files.personal import PERSONAL  # reason: app ready

        return PERSONAL

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.files.personal import KEPT  # reason: app ready

        return KEPT

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.files.sweeping import SWEEP  # reason: app ready

        return (SWEEP,)
