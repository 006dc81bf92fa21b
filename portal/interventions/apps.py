"""App configuration of `portal.interventions`; it declares their kind of public record."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.kinds import LedgerKind


class InterventionsConfig(AppConfig):
    name = "portal.interventions"
    verbose_name = _("Interventions")
    event_kinds: ClassVar[EventKinds] = {
        "intervention": ("created", "saved", "submitted", "returned", "published", "withdrawn")
    }

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.interventions.records import INTERVENTION  # reason: app ready

        return (INTERVENTION,)
