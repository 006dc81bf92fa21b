"""App configuration of `portal.reports`; it declares their kind of public record."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind
from portal.publication.kinds import LedgerKind
from portal.submissions.states import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.common.personal import Held
    from portal.pledges.duplicates.followers import Follower
    from portal.records.types import Block
    from portal.submissions.types import SubmissionType


class ReportsConfig(AppConfig):
    name = "portal.reports"
    verbose_name = _("Progress reports")
    # The name of its model: every submission's kind is.
    event_kinds: ClassVar[EventKinds] = {"report": EVENTS}
    lists_beside: ClassVar = ((RecordKind.PLEDGE, verbose_name, "reports"),)

    def ready(self) -> None:
        from portal.reports import receivers  # noqa: F401  # reason: app ready

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.reports.records import REPORT  # reason: app ready

        return (REPORT,)

    def submission_types(self) -> "tuple[SubmissionType, ...]":
        from portal.reports.submission import REPORT  # reason: app ready

        return (REPORT,)

    def desk_links(self) -> "tuple[tuple[str, Callable[[Any], list[dict[str, str]]]], ...]":
        from portal.reports import links  # reason: app ready

        return (("pledge", links.of_pledge), ("report", links.of_report))

    def pledge_followers(self) -> "tuple[Follower, ...]":
        from portal.reports.moving import REPORTS  # reason: app ready

        return (REPORTS,)

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.reports.blocks import OF_PLEDGE  # reason: app ready

        return ((RecordKind.PLEDGE, OF_PLEDGE),)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.reports.personal import PERSONAL  # reason: app ready

        return PERSONAL
