"""App configuration of `portal.plan`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Group
from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held
    from portal.records.trace_targets import TraceTarget
    from portal.tables.datasets import Dataset

VOCABULARIES = tuple(
    f"plan.{verb}_{model}"
    for model in ("noderelation", "prioritycycle")
    for verb in ("add", "change", "delete", "view")
)


class PlanConfig(AppConfig):
    name = "portal.plan"
    verbose_name = _("Plan of action")
    event_kinds: ClassVar[EventKinds] = {
        "plan": ("imported",),
        "action_link": ("asserted", "confirmed", "removed"),
    }
    staff_permissions: ClassVar = {Group.EDITOR: VOCABULARIES, Group.ADMINISTRATOR: VOCABULARIES}
    lists_beside: ClassVar = (
        (RecordKind.RECOMMENDATION, verbose_name, "plan"),
        (RecordKind.PLEDGE, verbose_name, "plan"),
    )

    def ready(self) -> None:
        from portal.plan import receivers  # noqa: F401  # reason: app ready

    def reference_loads(self) -> tuple[tuple[str, Callable[[], int]], ...]:
        from portal.plan.reference import load_frameworks  # reason: app ready

        return (("parts of frameworks", load_frameworks),)

    def trace_targets(self) -> "tuple[TraceTarget, ...]":
        from portal.plan.trace import ACTIONS  # reason: app ready

        return (ACTIONS,)

    def datasets(self) -> "tuple[Dataset, ...]":
        from portal.plan.datasets import DATASETS  # reason: app ready

        return DATASETS

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.plan.duties import cards  # reason: app ready

        return (cards,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.plan.personal import PERSONAL  # reason: app ready

        return PERSONAL
