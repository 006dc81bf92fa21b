"""App configuration of `search.dossiers`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "search.dossiers"
    label = "dossiers"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        from search.dossiers import receivers  # reason: app ready

        receivers.connect()
