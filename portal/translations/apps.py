"""App configuration of `portal.translations`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from uuid import UUID

    from portal.common.desk_duties import Cards
    from portal.common.personal import Held, Kept
    from portal.common.reviews import ReviewBlock, ReviewType
    from portal.organizations.merging.parts import Part
    from portal.submissions.marking import LeftOut
    from portal.submissions.models import Amendment
    from portal.work.schedules import Schedule


class TranslationsConfig(AppConfig):
    name = "portal.translations"
    verbose_name = _("Translations of texts")
    event_kinds: ClassVar[EventKinds] = {
        "translation": (
            "entered",
            "made_public",
            "returned",
            "asked_to_take_off",
            "taken_off",
            "kept",
            "taken_back",
        )
    }

    def ready(self) -> None:
        from portal.translations import receivers  # noqa: F401  # reason: app ready

    def review_types(self) -> "tuple[ReviewType, ...]":
        from portal.translations.review import TRANSLATION  # reason: app ready

        return (TRANSLATION,)

    def review_blocks(self) -> "tuple[ReviewBlock, ...]":
        from portal.translations.review import BESIDE  # reason: app ready

        return (BESIDE,)

    def desk_links(self) -> "tuple[tuple[str, Callable[[Any], list[dict[str, str]]]], ...]":
        from portal.translations.links import to_translations  # reason: app ready

        kinds = (RecordKind.INTERVENTION, RecordKind.PRACTICE)
        return tuple((kind, to_translations) for kind in kinds)

    def take_downs_settled(self) -> "tuple[Callable[[str, UUID, bool], None], ...]":
        from portal.translations.domain import follow_take_down  # reason: app ready

        return (follow_take_down,)

    def amendment_settled(self) -> "tuple[Callable[[Amendment], None], ...]":
        from portal.translations.domain import filed_anew  # reason: app ready

        return (filed_anew,)

    def words_left_out(self) -> "tuple[Callable[[str, UUID, Sequence[LeftOut]], None], ...]":
        from portal.translations.domain import words_left_out  # reason: app ready

        return (words_left_out,)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.translations.merging import PARTS  # reason: app ready

        return PARTS

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.translations.duties import cards  # reason: app ready

        return (cards,)

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.translations.personal import KEPT  # reason: app ready

        return KEPT

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.translations.upkeep import FORGET  # reason: app ready

        return (FORGET,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.translations.personal import PERSONAL  # reason: app ready

        return PERSONAL
