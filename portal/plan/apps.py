"""App configuration of `portal.plan`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.records.trace_targets import TraceTarget


class PlanConfig(AppConfig):
    name = "portal.plan"
    verbose_name = _("Plan of action")

    def trace_targets(self) -> "tuple[TraceTarget, ...]":
        from portal.plan.trace import ACTIONS  # reason: app ready

        return (ACTIONS,)
