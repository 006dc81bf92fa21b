"""App configuration of `portal.library`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class LibraryConfig(AppConfig):
    name = "portal.library"
    verbose_name = _("Library")
    event_kinds: ClassVar[EventKinds] = {"document": ("added", "described", "withdrawn")}
