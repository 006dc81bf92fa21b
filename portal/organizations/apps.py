"""App configuration of `portal.organizations`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _

from portal.common.event_kinds import EventKinds
from portal.common.reviews import ReviewType

if TYPE_CHECKING:
    from django.http import HttpRequest

    from portal.accounts.leaving import Leaving
    from portal.common.personal import Held, Kept
    from portal.organizations.acting import ActsFor
    from portal.organizations.merging.parts import Part
    from portal.work.schedules import Schedule

    Chosen = Callable[[HttpRequest], ActsFor | None]


class OrganizationsConfig(AppConfig):
    name = "portal.organizations"
    verbose_name = _("Organizations")
    event_kinds: ClassVar[EventKinds] = {
        "organization": (
            "created",
            "changed",
            "submitted",
            "verified",
            "information_requested",
            "declined",
            "listed",
            "claimed",
            "claim_accepted",
            "claim_declined",
            "claim_withdrawn",
            "change_submitted",
            "change_accepted",
            "change_declined",
            "change_withdrawn",
            "refugee_led_confirmed",
            "refugee_led_unconfirmed",
            "first_yes",
            "suspended",
            "reinstated",
            "confirmed",
            "lapsed",
            "marked_at_risk",
            "unmarked_at_risk",
            "appealed",
            "appeal_granted",
            "appeal_dismissed",
            "proof_added",
            "proof_removed",
            "vouch_asked",
            "vouch_cancelled",
            "vouch_given",
            "vouch_refused",
            "vouch_taken_back",
            "deleted",
            "role_changed",
            "member_removed",
            "member_left",
            "invited",
            "invitation_revoked",
            "invitation_accepted",
            "join_asked",
            "join_accepted",
            "join_declined",
            "join_withdrawn",
            "owner_appointed",
            "merge_proposed",
            "merge_declined",
            "merged",
            "parted",
            "protected",
            "unprotected",
            "revealed",
        )
    }

    def ready(self) -> None:
        from portal.organizations.members.guards import keep_an_owner  # reason: app ready
        from portal.organizations.models import Membership  # reason: app ready

        pre_delete.connect(keep_an_owner, sender=Membership, dispatch_uid="keep_an_owner")

    def desk_acts_for(self) -> "tuple[Chosen, ...]":
        from portal.organizations.acting import chosen  # reason: app ready

        return (chosen,)

    def review_types(self) -> tuple[ReviewType, ...]:
        from portal.organizations.review import APPEAL, CHANGE, CLAIM, ORGANIZATION  # reason: app ready

        return (ORGANIZATION, CLAIM, CHANGE, APPEAL)

    def organization_parts(self) -> "tuple[Part, ...]":
        from portal.organizations.merging.own import PARTS  # reason: app ready

        return PARTS

    def schedules(self) -> "tuple[Schedule, ...]":
        from portal.organizations.members.clearing import INVITATIONS  # reason: app ready
        from portal.organizations.verifying.clock import CONFIRMATIONS, PROOFS  # reason: app ready

        return (CONFIRMATIONS, PROOFS, INVITATIONS)

    def leavings(self) -> "tuple[Leaving, ...]":
        from portal.organizations.members.leaving import MEMBERSHIPS  # reason: app ready

        return (MEMBERSHIPS,)

    def kept_for(self) -> "tuple[Kept, ...]":
        from portal.organizations.personal import KEPT  # reason: app ready

        return KEPT

    def personal_data(self) -> "tuple[Held, ...]":
        from portal.organizations.personal import PERSONAL  # reason: app ready

        return PERSONAL
