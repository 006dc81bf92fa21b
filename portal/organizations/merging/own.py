"""What of this app goes along when two organizations become one; its configuration declares it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.organizations.enums import AppealState, ChangeState, ClaimState, JoinState, Role
from portal.organizations.member_models import Invitation, JoinRequest
from portal.organizations.merging.parts import Moving, Part
from portal.organizations.models import Appeal, Membership, OrganizationClaim, Vouch

RANK = {role.value: number for number, role in enumerate(Role)}


def _members(part: Part, moving: Moving) -> None:
    """Who is a member of both keeps the higher role."""
    both = part.move_new(moving, lambda row: row.user_id)
    roles = {row.user_id: row.role for row in both}
    for member in Membership.objects.filter(organization=moving.new.organization, user__in=roles):
        if RANK[roles[member.user_id]] > RANK[member.role]:
            member.role = roles[member.user_id]
            member.save(update_fields=["role"])
    part.drop(both)


def _invitations(part: Part, moving: Moving) -> None:
    """Of two that are open for one address, that of the one that stays is good."""
    invited = Invitation.objects.filter(organization=moving.new.organization, used_at=None, revoked_at=None)
    double = part.rows(moving.old).filter(used_at=None, revoked_at=None, email__in=invited.values("email"))
    double.update(revoked_at=moving.now)
    part.move_all(moving)


def _join_requests(part: Part, moving: Moving) -> None:
    """Nobody asks twice, or for what they are already."""
    new, waiting = moving.new.organization, JoinState.WAITING
    asked = JoinRequest.objects.filter(organization=new, state=waiting).values("person")
    members = Membership.objects.filter(organization=new).values("user")
    needless = part.rows(moving.old).filter(Q(person__in=asked) | Q(person__in=members), state=waiting)
    needless.update(state=JoinState.WITHDRAWN.value, decided_at=moving.now)
    part.move_all(moving)


def _claims(part: Part, moving: Moving) -> None:
    """Who claims both claims one."""
    waiting = OrganizationClaim.objects.filter(state=ClaimState.SUBMITTED)
    both = waiting.filter(organization=moving.new.organization).values("claimant")
    double = waiting.filter(organization=moving.old.organization, claimant__in=both)
    double.update(state=ClaimState.WITHDRAWN.value, decided_at=moving.now)
    part.move_all(moving)


def _appeals(part: Part, moving: Moving) -> None:
    """They are about a decision that stays its own; none waits any more."""
    waiting = part.rows(moving.old).filter(state=AppealState.SUBMITTED)
    waiting.update(state=AppealState.WITHDRAWN.value, decided_at=moving.now)


def _changes(part: Part, moving: Moving) -> None:
    """What it wanted to say of itself waits no more."""
    waiting = part.rows(moving.old).filter(state=ChangeState.SUBMITTED)
    waiting.update(state=ChangeState.WITHDRAWN.value, decided_at=moving.now)


def _vouches(part: Part, moving: Moving) -> None:
    """None for itself, and one word of a voucher."""
    pair = (moving.old.organization, moving.new.organization)
    Vouch.objects.filter(organization__in=pair, voucher__in=pair).delete()
    other = "voucher_id" if part.field == "organization" else "organization_id"
    part.drop(part.move_new(moving, lambda row: (getattr(row, other), row.reach)))


PARTS = (
    Part(relation="organizations.Membership.organization", label=_("Members"), move=_members, is_shared=True),
    Part(relation="organizations.Invitation.organization", label=_("Invitations"), move=_invitations),
    Part(relation="organizations.JoinRequest.organization", label=_("Requests to join"), move=_join_requests),
    Part(relation="organizations.OrganizationClaim.organization", label=_("Claims"), move=_claims),
    Part(relation="organizations.Proof.organization", label=_("Files that show who it is")),
    Part(
        relation="organizations.Vouch.organization",
        label=_("Organizations asked to vouch for it"),
        move=_vouches,
        is_shared=True,
    ),
    Part(
        relation="organizations.Vouch.voucher",
        label=_("Organizations that it was asked to vouch for"),
        move=_vouches,
        is_shared=True,
    ),
    Part(
        relation=f"{Appeal._meta.label}.organization",
        move=_appeals,
        stays=True,
    ),
    Part(relation="organizations.ProfileChange.organization", move=_changes, stays=True),
    # One whose name is withheld is merged with none.
    Part(relation="organizations.ProtectedIdentity.organization", stays=True),
    Part(relation="organizations.IdentityReveal.organization", stays=True),
    Part(relation="organizations.Merge.merged", stays=True),
    Part(relation="organizations.Merge.kept", stays=True),
    # What the ledger holds is told anew by its verbs (`retelling`).
    Part(relation="publication.Record.organization", stays=True),
    Part(relation="publication.Record.merged_into", stays=True),
    Part(relation="publication.RecordVersion.record", stays=True),
    Part(relation="publication.RecordLink.record", stays=True),
    Part(relation="publication.RecordTranslation.record", stays=True),
)
