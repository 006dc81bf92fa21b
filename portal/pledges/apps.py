"""App configuration of `portal.pledges`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class PledgesConfig(AppConfig):
    name = "portal.pledges"
    verbose_name = _("Pledges")
    event_kinds: ClassVar[EventKinds] = {
        "pledge": ("created", "saved", "submitted", "returned", "published", "withdrawn", "imported")
    }

    def ready(self) -> None:
        from portal.pledges import receivers  # noqa: F401  # reason: app ready
