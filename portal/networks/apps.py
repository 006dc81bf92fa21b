"""App configuration of `portal.networks`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from portal.records.types import Block


class NetworksConfig(AppConfig):
    name = "portal.networks"
    verbose_name = _("Networks")
    event_kinds: ClassVar[EventKinds] = {
        "network": ("created", "changed", "member_added", "member_changed", "member_removed")
    }

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.networks.blocks import NETWORKS  # reason: app ready

        return ((RecordKind.ORGANIZATION, NETWORKS),)
