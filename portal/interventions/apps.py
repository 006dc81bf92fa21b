"""App configuration of `portal.interventions`."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds


class InterventionsConfig(AppConfig):
    name = "portal.interventions"
    verbose_name = _("Interventions")
    event_kinds: ClassVar[EventKinds] = {
        "intervention": ("created", "saved", "submitted", "returned", "published", "withdrawn")
    }
