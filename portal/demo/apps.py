"""App configuration of `portal.demo`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class DemoConfig(AppConfig):
    name = "portal.demo"
    verbose_name = _("Demo")
    event_kinds: ClassVar[EventKinds] = {"demo": ("loaded",)}
