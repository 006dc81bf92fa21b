"""App configuration of `portal.conclusions`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.conclusions.states import ObjectionState
from portal.publication.enums import RecordKind
from portal.publication.kinds import LedgerKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from portal.common.desk_duties import Cards
    from portal.common.personal import Held
    from portal.organizations.merging.parts import Part
    from portal.records.types import Badge, Block
    from portal.work.declarations import JobKind


class ConclusionsConfig(AppConfig):
    name = "portal.conclusions"
    verbose_name = _("Conclusions")
    event_kinds: ClassVar[EventKinds] = {
        "conclusions": (
            "started",
            "imported",
            "part_added",
            "part_written",
            "part_moved",
            "part_removed",
            "summarized",
            "evidence_attached",
            "evidence_detached",
            "facts_set",
            "force_chosen",
            "disposed",
            "participants_set",
            "published",
            "authors_told",
            "disposition_changed",
        ),
        "objection": ("filed", *(state.value for state in ObjectionState if state != ObjectionState.OPEN)),
    }

    def ready(self) -> None:
        from portal.conclusions import receivers  # noqa: F401  # reason: app ready

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.conclusions.public.records import RECOMMENDATION  # reason: app ready

        return (RECOMMENDATION,)

    def take_downs_settled(self) -> "tuple[Callable[[str, UUID, bool], None], ...]":
        from portal.conclusions.receivers import follow_take_down  # reason: app ready

        return (follow_take_down,)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.conclusions.merging import PARTS  # reason: app ready

        return PARTS

    def published_conclusions(self) -> "tuple[Callable[[], dict[UUID, datetime]], ...]":
        from portal.conclusions.public.queries import published_days  # reason: app ready

        return (published_days,)

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.conclusions.public.became import BECAME  # reason: app ready
        from portal.conclusions.public.contributed import CONTRIBUTED  # reason: app ready

        return ((RecordKind.INTERVENTION, BECAME), (RecordKind.ORGANIZATION, CONTRIBUTED))

    def record_outcomes(self) -> "tuple[tuple[str, Callable[[Collection[UUID]], Mapping[UUID, Badge]]], ...]":
        from portal.conclusions.public.contributed import outcomes_of  # reason: app ready

        return ((RecordKind.INTERVENTION, outcomes_of),)

    def job_kinds(self) -> "tuple[JobKind, ...]":
        from portal.conclusions.publishing.author_mails import TELL  # reason: app ready

        return (TELL,)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.conclusions.duties import cards  # reason: app ready

        return (cards,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.conclusions.personal import PERSONAL  # reason: app ready

        return PERSONAL
