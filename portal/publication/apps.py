"""App configuration of `portal.publication`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class PublicationConfig(AppConfig):
    name = "portal.publication"
    verbose_name = _("Public register of contributions")
    event_kinds: ClassVar[EventKinds] = {"record": ("published", "corrected", "withdrawn")}
