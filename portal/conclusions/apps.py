"""App configuration of `portal.conclusions`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class ConclusionsConfig(AppConfig):
    name = "portal.conclusions"
    verbose_name = _("Conclusions")
    event_kinds: ClassVar[EventKinds] = {"conclusions": ("imported",)}
