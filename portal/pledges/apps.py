"""App configuration of `portal.pledges`; it declares their kind of public record."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind
from portal.publication.kinds import LedgerKind
from portal.submissions.states import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.common.desk_duties import Cards
    from portal.common.personal import Held
    from portal.organizations.merging.parts import Part
    from portal.organizations.protecting import Follow, Without
    from portal.records.types import Block
    from portal.submissions.types import SubmissionType
    from portal.work.declarations import JobKind
    from portal.work.schedules import Schedule


class PledgesConfig(AppConfig):
    name = "portal.pledges"
    verbose_name = _("Pledges")
    event_kinds: ClassVar[EventKinds] = {
        "pledge": (
            *EVENTS,
            "imported",
            "reported",
            "report_withdrawn",
            "party",
            "linked",
            "judged",
            "undone",
        )
    }

    def ready(self) -> None:
        from portal.pledges import receivers  # noqa: F401  # reason: app ready

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.pledges.records import PLEDGE  # reason: app ready

        return (PLEDGE,)

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.pledges.page_parts import party_to  # reason: app ready
        from portal.records.types import Block  # reason: app ready

        return ((RecordKind.ORGANIZATION, Block("pledges/links.html", party_to)),)

    def submission_types(self) -> "tuple[SubmissionType, ...]":
        from portal.pledges.submission import PLEDGE  # reason: app ready

        return (PLEDGE,)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.pledges.merging import PARTS  # reason: app ready

        return PARTS

    def named_elsewhere(self) -> "tuple[Without, ...]":
        from portal.pledges.unnamed import without_party  # reason: app ready

        return (without_party,)

    def name_changed(self) -> "tuple[Follow, ...]":
        from portal.pledges.unnamed import name_parties_again  # reason: app ready

        return (name_parties_again,)

    def job_kinds(self) -> "tuple[JobKind, ...]":
        from portal.pledges.duplicates.proposing import COMPARE  # reason: app ready
        from portal.pledges.import_job import CHECKING, IMPORT  # reason: app ready

        return (CHECKING, IMPORT, COMPARE)

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.pledges.duplicates.proposing import NOTE  # reason: app ready

        return (NOTE,)

    def desk_links(self) -> "tuple[tuple[str, Callable[[Any], list[dict[str, str]]]], ...]":
        from portal.pledges.duplicates.links import merged_into  # reason: app ready

        return (("pledge", merged_into),)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.pledges.duties import cards  # reason: app ready

        return (cards,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.pledges.personal import PERSONAL  # reason: app ready

        return PERSONAL
