"""App configuration of `portal.pledges`; it declares their kind of public record."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind
from portal.publication.kinds import LedgerKind
from portal.submissions.states import EVENTS

if TYPE_CHECKING:
    from portal.records.types import Block
    from portal.submissions.types import SubmissionType
    from portal.work.declarations import JobKind


class PledgesConfig(AppConfig):
    name = "portal.pledges"
    verbose_name = _("Pledges")
    event_kinds: ClassVar[EventKinds] = {
        "pledge": (*EVENTS, "imported", "reported", "report_withdrawn", "party", "linked")
    }

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

    def job_kinds(self) -> "tuple[JobKind, ...]":
        from portal.pledges.import_job import CHECKING, IMPORT  # reason: app ready

        return (CHECKING, IMPORT)
