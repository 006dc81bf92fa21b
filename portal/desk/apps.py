"""App configuration of `portal.desk`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.desk_places import DeskPlace
from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.reviews import ReviewBlock
    from portal.records.types import Block
    from portal.work.schedules import Schedule


class DeskConfig(AppConfig):
    name = "portal.desk"
    verbose_name = _("Desk")
    desk_places: ClassVar = (DeskPlace(_("Your name and language"), "desk:profile", is_account=True),)

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.desk.organizations.blocks import CLAIM  # reason: app ready

        return ((RecordKind.ORGANIZATION, CLAIM),)

    def review_blocks(self) -> "tuple[ReviewBlock, ...]":
        from portal.desk.organizations import changes, review_blocks  # reason: app ready

        return (*review_blocks.BLOCKS, *changes.BLOCKS)

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.desk.receipts.domain import RECEIPTS  # reason: app ready

        return (RECEIPTS,)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.desk.duties import cards  # reason: app ready

        return (cards,)
