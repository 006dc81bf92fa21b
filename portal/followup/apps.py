"""App configuration of `portal.followup`."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group
from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind
from portal.publication.kinds import LedgerKind
from portal.submissions.states import EVENTS

if TYPE_CHECKING:
    from portal.calendar.entries import Source
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held, Kept
    from portal.common.reviews import Link
    from portal.networks.models import Network
    from portal.organizations.merging.parts import Part
    from portal.organizations.protecting import Without
    from portal.plan.models import PlanNode
    from portal.pledges.duplicates.followers import Follower
    from portal.records.types import Block
    from portal.reports.cycle_notes import CycleNote
    from portal.submissions.types import SubmissionType
    from portal.tables.datasets import Dataset
    from portal.work.declarations import JobKind
    from portal.work.schedules import Schedule

VOCABULARIES = tuple(
    f"followup.{verb}_{model}"
    for model in ("body", "reviewcycle")
    for verb in ("add", "change", "delete", "view")
)


class FollowupConfig(AppConfig):
    name = "portal.followup"
    verbose_name = _("Follow-up")
    event_kinds: ClassVar[EventKinds] = {
        "review_cycle": ("open", "freezing", "frozen", "closed"),
        "assessment": EVENTS,
        "reply": EVENTS,
        "observation": EVENTS,
        "contact_note": ("noted",),
    }
    lists_beside: ClassVar = (
        (RecordKind.RECOMMENDATION, _("Gaps"), "follow-up/gaps"),
        (RecordKind.PLEDGE, _("Gaps"), "follow-up/gaps"),
        (RecordKind.PLEDGE, _("Assessments"), "assessments"),
        (RecordKind.PLEDGE, _("Observations"), "observations"),
        (RecordKind.ASSESSMENT, _("Observations"), "observations"),
    )
    staff_permissions: ClassVar = {Group.EDITOR: VOCABULARIES, Group.ADMINISTRATOR: VOCABULARIES}

    def ready(self) -> None:
        from portal.followup import receivers  # noqa: F401  # reason: app ready

    def reference_loads(self) -> tuple[tuple[str, Callable[[], int]], ...]:
        from portal.followup.cycles.reference import load_cycles  # reason: app ready

        return (("review cycles", load_cycles),)

    def review_cycles(self) -> tuple[Callable[[datetime], str], ...]:
        from portal.followup.cycles.domain import cycle_at  # reason: app ready

        return (cycle_at,)

    def job_kinds(self) -> "tuple[JobKind, ...]":
        from portal.followup.cycles.freezing import FREEZING  # reason: app ready
        from portal.followup.pack.jobs import MAKING

        return (FREEZING, MAKING)

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.followup.pack.jobs import REFRESHING  # reason: app ready
        from portal.followup.schedules import ERASING, REMINDERS  # reason: app ready

        return (REMINDERS, ERASING, REFRESHING)

    def review_cycle_names(self) -> "tuple[Callable[[str, str], tuple[Link, ...]], ...]":
        from portal.followup.cycles.naming import cycle_links  # reason: app ready

        return (cycle_links,)

    def review_cycle_notes(self) -> "tuple[Callable[[datetime | None, datetime, str], CycleNote], ...]":
        from portal.followup.cycles.notes import note_of  # reason: app ready

        return (note_of,)

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.followup.assessing.records import ASSESSMENT  # reason: app ready
        from portal.followup.observing.records import OBSERVATION  # reason: app ready

        return (ASSESSMENT, OBSERVATION)

    def submission_types(self) -> "tuple[SubmissionType, ...]":
        from portal.followup.assessing.submission import ASSESSMENT  # reason: app ready
        from portal.followup.observing.submission import OBSERVATION  # reason: app ready
        from portal.followup.replying.submission import REPLY  # reason: app ready

        return (ASSESSMENT, REPLY, OBSERVATION)

    def named_elsewhere(self) -> "tuple[Without, ...]":
        from portal.followup.assessing.unnamed import without_reply_of  # reason: app ready

        return (without_reply_of,)

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.followup import search_links  # reason: app ready
        from portal.followup.assessing.blocks import OF_PLEDGE, OF_REPORT  # reason: app ready
        from portal.followup.observing.blocks import BLOCKS  # reason: app ready

        own = ((RecordKind.PLEDGE, OF_PLEDGE), (RecordKind.REPORT, OF_REPORT))
        return (*own, *BLOCKS, (RecordKind.PLEDGE, search_links.OF_PLEDGE))

    def plan_blocks(self) -> "tuple[Callable[[PlanNode, str], dict[str, Any]], ...]":
        from portal.followup import search_links  # reason: app ready
        from portal.followup.assessing.blocks import of_action  # reason: app ready
        from portal.followup.dashboard.blocks import of_node as figures_of_node  # reason: app ready
        from portal.followup.observing.blocks import of_node  # reason: app ready

        return (figures_of_node, of_action, of_node, search_links.of_node)

    def network_blocks(self) -> "tuple[Callable[[Network, str], dict[str, Any]], ...]":
        from portal.followup.dashboard.blocks import of_members  # reason: app ready
        from portal.followup.gaps.blocks import shares  # reason: app ready

        return (of_members, shares)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.followup.merging import PARTS  # reason: app ready

        return PARTS

    def pledge_followers(self) -> "tuple[Follower, ...]":
        from portal.followup.followers import ASSESSMENTS, CONTACT_NOTES, OBSERVATIONS  # reason: app ready

        return (ASSESSMENTS, OBSERVATIONS, CONTACT_NOTES)

    def pledge_assessments(self) -> tuple[Callable[[UUID], str], ...]:
        from portal.followup.assessing.projection import fact_of  # reason: app ready

        return (fact_of,)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.followup.datasets import DATASETS  # reason: app ready
        from portal.followup.gaps.columns import DATASETS as GAPS  # reason: app ready

        return (*DATASETS, *GAPS)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.followup.rooms.cards import cards  # reason: app ready

        return (cards,)

    def calendar_entries(self) -> "tuple[Source, ...]":
        from portal.followup.calendar_entries import entries  # reason: app ready

        return (entries,)

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.followup.personal import KEPT  # reason: app ready

        return KEPT

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.followup.personal import PERSONAL  # reason: app ready

        return PERSONAL
