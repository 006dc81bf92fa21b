"""App configuration of `portal.consultations`."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group
from portal.common.event_kinds import EventKinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.calendar.entries import Source
    from portal.common.personal import Held
    from portal.networks.leads import LedSegment
    from portal.networks.models import Network
    from portal.organizations.merging.parts import Part
    from portal.plan.models import PlanFramework
    from portal.records.trace import Continued
    from portal.records.trace_targets import TraceTarget
    from portal.tables.datasets import Dataset

SESSIONS = tuple(
    f"consultations.{verb}_{model}"
    for model in ("session", "consultationbody")
    for verb in ("add", "change", "delete", "view")
)


class ConsultationsConfig(AppConfig):
    name = "portal.consultations"
    verbose_name = _("Consultations")
    event_kinds: ClassVar[EventKinds] = {
        "consultation": ("imported", "attendance_imported", "later_deadline_given", "later_deadline_revoked")
    }
    staff_permissions: ClassVar = {Group.EDITOR: SESSIONS, Group.ADMINISTRATOR: SESSIONS}

    def ready(self) -> None:
        from portal.consultations import receivers  # noqa: F401  # reason: app ready

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.consultations.merging import PARTS  # reason: app ready

        return PARTS

    def segments_to_lead(self) -> "tuple[Callable[[str], list[LedSegment]], ...]":
        from portal.consultations.leads import segments_to_lead  # reason: app ready

        return (segments_to_lead,)

    def network_blocks(self) -> "tuple[Callable[[Network, str], dict[str, Any]], ...]":
        from portal.consultations.leads import led_by_network  # reason: app ready

        return (led_by_network,)

    def continued_questions(self) -> "tuple[Continued, ...]":
        from portal.consultations.continuations import linked_segments  # reason: app ready

        return (linked_segments,)

    def trace_targets(self) -> "tuple[TraceTarget, ...]":
        from portal.consultations.wholes import WHOLES  # reason: app ready

        return (WHOLES,)

    def framework_links(self) -> "tuple[Callable[[PlanFramework, str], list[dict[str, str]]], ...]":
        from portal.consultations.wholes import links_of_plan  # reason: app ready

        return (links_of_plan,)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.consultations.datasets import DATASETS  # reason: app ready

        return DATASETS

    def calendar_entries(self) -> "tuple[Source, ...]":
        from portal.consultations.calendar_entries import entries  # reason: app ready

        return (entries,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.consultations.personal import PERSONAL  # reason: app ready

        return PERSONAL
