"""App configuration of `portal.observatory.saved`."""

from datetime import timedelta
from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.desk_places import DeskPlace
from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule


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
