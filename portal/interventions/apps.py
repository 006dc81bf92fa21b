"""App configuration of `portal.interventions`; it declares their kind of public record."""

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


class InterventionsConfig(AppConfig):
    name = "portal.interventions"
    verbose_name = _("Interventions")
    event_kinds: ClassVar[EventKinds] = {"intervention": (*EVENTS, "confirmed", "objected")}

    def record_types(self) -> tuple[LedgerKind, ...]:
        from portal.interventions.records import INTERVENTION  # reason: app ready

        return (INTERVENTION,)

    def submission_types(self) -> "tuple[SubmissionType, ...]":
        from portal.interventions.submission import INTERVENTION  # reason: app ready

        return (INTERVENTION,)

    def page_holders(self) -> "tuple[PageHolder, ...]":
        from portal.interventions.queries import holding_pages  # reason: app ready

        return (holding_pages,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.interventions.personal import PERSONAL  # reason: app ready

        return PERSONAL
