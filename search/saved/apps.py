"""App configuration of `search.saved`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedConfig(AppConfig):
    name = "search.saved"
    label = "saved"
    verbose_name = _("Saved searches")

    def ready(self) -> None:
        from search.saved import alerts  # reason: app ready
        from search.signals import documents_indexed  # reason: app ready

        documents_indexed.connect(alerts.documents_indexed, dispatch_uid="saved")
