"""App configuration of `portal.networks`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.organizations.merging.parts import Part
    from portal.plan.models import PlanNode
    from portal.records.filters import Choice
    from portal.records.types import Block
    from portal.tables.datasets import Dataset


class NetworksConfig(AppConfig):
    name = "portal.networks"
    verbose_name = _("Networks")
    event_kinds: ClassVar[EventKinds] = {
        "network": (
            *("created", "changed", "member_added", "member_changed", "member_removed"),
            *("project_added", "project_changed", "project_removed"),
            *("lead_added", "lead_changed", "lead_removed"),
        )
    }

    lists_beside: ClassVar = (
        (RecordKind.ORGANIZATION, _("Networks"), "networks"),
        (RecordKind.ORGANIZATION, _("Mechanisms"), "mechanisms"),
    )

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.networks.blocks import NETWORKS  # reason: app ready

        return ((RecordKind.ORGANIZATION, NETWORKS),)

    def record_filters(self) -> "tuple[tuple[str, str, Choice], ...]":
        from portal.networks.filters import NETWORK, OF_MEMBERS  # reason: app ready

        said = (RecordKind.INTERVENTION, RecordKind.PRACTICE)
        of_members = ((kind, "network", OF_MEMBERS) for kind in said)
        return ((RecordKind.ORGANIZATION, "network", NETWORK), *of_members)

    def list_panels(self) -> "tuple[tuple[str, Callable[[str], dict[str, Any]]], ...]":
        from portal.networks.blocks import panel  # reason: app ready

        return ((RecordKind.ORGANIZATION, panel),)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.networks.merging import PARTS  # reason: app ready

        return PARTS

    def plan_blocks(self) -> "tuple[Callable[[PlanNode, str], dict[str, Any]], ...]":
        from portal.networks.blocks import at_work  # reason: app ready

        return (at_work,)

    def reference_loads(self) -> tuple[tuple[str, Callable[[], int]], ...]:
        from portal.networks.reference import load_networks  # reason: app ready

        return (("mechanisms and networks", load_networks),)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.networks.datasets import DATASETS  # reason: app ready

        return DATASETS

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.networks.duties import cards  # reason: app ready

        return (cards,)
