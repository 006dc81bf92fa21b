"""App configuration of `portal.consultations`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class ConsultationsConfig(AppConfig):
    name = "portal.consultations"
    verbose_name = _("Consultations")
    event_kinds: ClassVar[EventKinds] = {"consultation": ("imported",)}

    def ready(self) -> None:
        from portal.consultations import receivers  # noqa: F401  # reason: app ready
