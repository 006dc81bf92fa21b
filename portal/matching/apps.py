"""App configuration of `portal.matching`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held
    from portal.pledges.duplicates.followers import Follower
    from portal.records.types import Block
    from portal.tables.datasets import Dataset


class MatchingConfig(AppConfig):
    name = "portal.matching"
    verbose_name = _("Needs and offers")
    event_kinds: ClassVar[EventKinds] = {"help": ("offered", "accepted", "declined", "taken_back")}
    lists_beside: ClassVar = ((RecordKind.PLEDGE, verbose_name, "matches"),)

    def pledge_followers(self) -> "tuple[Follower, ...]":
        from portal.matching.moving import HELP  # reason: app ready

        return (HELP,)

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.matching.blocks import HELP  # reason: app ready

        return ((RecordKind.PLEDGE, HELP),)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.matching.datasets import DATASETS  # reason: app ready

        return DATASETS

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.matching.duties import cards  # reason: app ready

        return (cards,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.matching.personal import PERSONAL  # reason: app ready

        return PERSONAL
