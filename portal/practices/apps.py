"""App configuration of `portal.practices`; it declares their kind of public record."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.kinds import LedgerKind
from portal.submissions.states import EVENTS

if TYPE_CHECKING:
    from portal.cms.deleting import PageHolder
    from portal.common.personal import Held
    from portal.submissions.types import SubmissionType


class PracticesConfig(AppConfig):
    name = "portal.practices"
    verbose_name = _("Good practices")
    event_kinds: ClassVar[EventKinds] = {"practice": EVENTS}

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.practices.records import PRACTICE  # reason: app ready

        return (PRACTICE,)

    def submission_types(self) -> "tuple[SubmissionType, ...]":
        from portal.practices.submission import PRACTICE  # reason: app ready

        return (PRACTICE,)

    def page_holders(self) -> "tuple[PageHolder, ...]":
        from portal.practices.queries import holding_pages  # reason: app ready

        return (holding_pages,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.practices.personal import PERSONAL  # reason: app ready

        return PERSONAL
