"""App configuration of `portal.joint`."""

from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.publication.enums import RecordKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.common.desk_duties import Cards
    from portal.common.personal import Held
    from portal.organizations.merging.parts import Part
    from portal.organizations.protecting import Follow, Without
    from portal.records.types import Block
    from portal.submissions.models import Submission, SubmittedVersion
    from portal.submissions.queries import Shares


class JointConfig(AppConfig):
    name = "portal.joint"
    verbose_name = _("Joint statements")
    event_kinds: ClassVar[EventKinds] = {
        "signature": ("asked", "signed", "declined", "taken_back", "void", "restored"),
        "draft_share": ("shared", "ended"),
    }

    def record_blocks(self) -> "tuple[tuple[str, Block], ...]":
        from portal.joint.public import SIGNED  # reason: app ready

        return ((RecordKind.ORGANIZATION, SIGNED),)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.joint.merging import PARTS  # reason: app ready

        return PARTS

    def named_elsewhere(self) -> "tuple[Without, ...]":
        from portal.joint.public import without_signatory  # reason: app ready

        return (without_signatory,)

    def name_changed(self) -> "tuple[Follow, ...]":
        from portal.joint.public import name_signatories_again  # reason: app ready

        return (name_signatories_again,)

    def after_submission(self) -> "tuple[Callable[[Submission, SubmittedVersion], object], ...]":
        from portal.joint.sharing import end_shares  # reason: app ready

        return (end_shares,)

    def also_said_by(self) -> "tuple[Shares, ...]":
        from portal.joint.queries import own_among  # reason: app ready

        return (own_among,)

    def desk_cards(self) -> "tuple[Cards, ...]":
        from portal.joint.duties import cards  # reason: app ready

        return (cards,)

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.joint.personal import PERSONAL  # reason: app ready

        return PERSONAL
