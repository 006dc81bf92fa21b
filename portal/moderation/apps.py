"""App configuration of `portal.moderation`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from portal.common.desk_duties import Cards
    from portal.common.personal import Held


class ModerationConfig(AppConfig):
    name = "portal.moderation"
    verbose_name = _("Moderation")

    event_kinds: ClassVar[EventKinds] = {"moderation": ("taken", "given_back")}

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.moderation.duties import cards  # reason: app ready

        return (cards,)

    def left_the_queue(self) -> "tuple[Callable[[str, UUID], None], ...]":
        from portal.moderation.domain import left_the_queue  # reason: app ready

        return (left_the_queue,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.moderation.personal import PERSONAL  # reason: app ready

        return PERSONAL
