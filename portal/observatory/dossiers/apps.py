"""App configuration of `portal.observatory.dossiers`."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.desk_places import DeskPlace
from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from portal.common.desk_duties import Cards
    from portal.common.personal import Held


class DossiersConfig(AppConfig):
    name = "portal.observatory.dossiers"
    label = "dossiers"
    verbose_name = _("Dossiers")
    desk_places: ClassVar = (DeskPlace(_("Dossiers"), "dossiers:list"),)
    passage_actions: ClassVar = ("dossiers/add_link.html",)
    event_kinds: ClassVar[EventKinds] = {
        "dossier": (
            "created",
            "changed",
            "deleted",
            "collected",
            "commented",
            "removed",
            "moved",
            "exported",
            "emptied",
            "hidden",
            "shown_again",
            "shared",
            "role_changed",
            "share_withdrawn",
            "left",
            "offered",
            "offer_taken_back",
            "handed_over",
            "share_taken_up",
            "inherited",
        )
    }

    def ready(self) -> None:
        from portal.observatory.dossiers import receivers  # reason: app ready

        receivers.connect()

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.observatory.dossiers.upkeep import refresh_all  # reason: app ready

        return (
            Schedule(
                name="refresh_dossiers",
                every=timedelta(days=1),
                at=timedelta(hours=3, minutes=30),
                run=refresh_all,
            ),
        )

    def take_downs_settled(self) -> "tuple[Callable[[str, UUID, bool], None], ...]":
        from portal.observatory.dossiers.upkeep import follow_take_down  # reason: app ready

        return (follow_take_down,)

    def research_cards(self) -> "tuple[Cards, ...]":
        from portal.observatory.dossiers.duties import cards  # reason: app ready

        return (cards,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.observatory.dossiers.personal import PERSONAL  # reason: app ready

        return PERSONAL
