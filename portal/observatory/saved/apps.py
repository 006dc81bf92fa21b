"""App configuration of `portal.observatory.saved`."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.desk_places import DeskPlace
from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held, Kept


class SavedConfig(AppConfig):
    name = "portal.observatory.saved"
    label = "saved"
    verbose_name = _("Saved searches")
    desk_places: ClassVar = (DeskPlace(_("Saved searches"), "saved:list"),)
    result_actions: ClassVar = ("saved/keep.html",)
    event_kinds: ClassVar[EventKinds] = {
        "saved search": ("kept", "changed", "question_replaced", "feed_renewed", "deleted"),
        "user": ("mails_stopped",),
    }

    def ready(self) -> None:
        from portal.observatory.saved import alerts  # reason: app ready
        from search.index.signals import documents_indexed  # reason: app ready

        documents_indexed.connect(alerts.documents_indexed, dispatch_uid="saved")

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.observatory.saved.digests import tell_what_is_new  # reason: app ready

        return (Schedule(name="send_alerts", every=timedelta(hours=1), run=tell_what_is_new),)

    def research_cards(self) -> "tuple[Cards, ...]":
        from portal.observatory.saved.duties import cards  # reason: app ready

        return (cards,)

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.observatory.saved.personal import KEPT  # reason: app ready

        return KEPT

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.observatory.saved.personal import PERSONAL  # reason: app ready

        return PERSONAL
