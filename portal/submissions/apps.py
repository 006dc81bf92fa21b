"""App configuration of `portal.submissions`."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.common.desk_duties import Cards
    from portal.common.personal import Held, Kept
    from portal.common.reviews import ReviewType
    from portal.files.sweeping import Named
    from portal.organizations.merging.parts import Part
    from portal.organizations.protecting import Follow
    from portal.work.schedules import Schedule


class SubmissionsConfig(AppConfig):
    name = "portal.submissions"
    verbose_name = _("Submissions")

    def ready(self) -> None:
        from portal.submissions import checks, receivers  # noqa: F401  # reason: app ready

    def review_types(self) -> "tuple[ReviewType, ...]":
        from portal.submissions.amending.review import AMENDMENT  # reason: app ready
        from portal.submissions.redress.review import APPEAL, TAKE_DOWN  # reason: app ready

        return (TAKE_DOWN, APPEAL, AMENDMENT)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.submissions.amending import merging as amending  # reason: app ready
        from portal.submissions.redress import merging as redress  # reason: app ready

        return (*redress.PARTS, *amending.PARTS)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.submissions.personal import PERSONAL  # reason: app ready

        return PERSONAL

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.submissions.personal import KEPT  # reason: app ready

        return KEPT

    def files_named(self) -> "tuple[Named, ...]":
        from portal.submissions import named_files  # reason: app ready

        return (named_files.files_in_receipts, named_files.files_in_kept_texts)

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.submissions.amending.lapsing import FORGET, LAPSE  # reason: app ready
        from portal.submissions.redress.upkeep import END  # reason: app ready
        from portal.submissions.upkeep import THIN  # reason: app ready

        return (THIN, LAPSE, FORGET, END)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.submissions.amending.duties import cards  # reason: app ready

        return (cards,)

    def name_changed(self) -> "tuple[Follow, ...]":
        from portal.submissions.names import follow_name  # reason: app ready

        return (follow_name,)
