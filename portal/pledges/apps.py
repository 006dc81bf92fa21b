"""App configuration of `portal.pledges`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    name = "portal.pledges"
    verbose_name = _("Pledges")

    def ready(self) -> None:
        from portal.pledges import receivers  # noqa: F401  # reason: app ready
