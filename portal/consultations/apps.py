"""App configuration of `portal.consultations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "portal.consultations"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from portal.consultations import receivers  # noqa: F401  # reason: app ready
