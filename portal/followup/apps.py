"""App configuration of `portal.followup`."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group
from portal.common.event_kinds import EventKinds

VOCABULARIES = tuple(
    f"followup.{verb}_{model}"
    for model in ("body", "reviewcycle")
    for verb in ("add", "change", "delete", "view")
)


class FollowupConfig(AppConfig):
    name = "portal.followup"
    verbose_name = _("Follow-up")
    event_kinds: ClassVar[EventKinds] = {"review_cycle": ("open", "frozen", "closed")}
    staff_permissions: ClassVar = {Group.EDITOR: VOCABULARIES, Group.ADMINISTRATOR: VOCABULARIES}

    def reference_loads(self) -> tuple[tuple[str, Callable[[], int]], ...]:
        from portal.followup.reference import load_cycles  # reason: app ready

        return (("review cycles", load_cycles),)

    def review_cycles(self) -> tuple[Callable[[datetime], str], ...]:
        from portal.followup.cycles import cycle_at  # reason: app ready

        return (cycle_at,)
