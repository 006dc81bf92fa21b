"""App configuration of `portal.publication`."""

from datetime import timedelta
from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.work.schedules import Schedule


class PublicationConfig(AppConfig):
    name = "portal.publication"
    verbose_name = _("Public register of contributions")
    event_kinds: ClassVar[EventKinds] = {
        "record": (
            "published",
            "corrected",
            "withdrawn",
            "linked",
            "put_back",
            "translated",
            "translation_removed",
        )
    }

    def schedules(self) -> tuple[Schedule, ...]:
        from portal.publication.figures import clear_changes  # reason: app ready

        return (Schedule(name="clear_changes", every=timedelta(minutes=10), run=clear_changes),)
