"""Who may do what with an organization.

`can_*` asks for the role and the state, `may_*` for the role alone.
"""

from collections.abc import Mapping

from django.db.models import Model

from portal.common.actors import Actor, Group
from portal.organizations.enums import SUBMITTING_ROLES, WRITING_ROLES, ClaimState, OrganizationState, Role
from portal.organizations.models import Appeal, Organization, OrganizationClaim, ProfileChange
from portal.organizations.queries import (
    appeal_waits,
    has_appealed,
    has_read,
    role_in,
    took_mark_away,
    was_close,
    was_overruled,
)
from portal.organizations.states import CHANGE_STATES, CLAIM_STATES, ONCE_VERIFIED, PROVING, STATES

# Where one at risk takes the yes of two.
FOR_TWO = STATES.waiting | {OrganizationState.SUSPENDED}
Decided = Organization | OrganizationClaim | ProfileChange
_FOR_TWO: Mapping[type[Decided], frozenset[str]] = {
    Organization: FOR_TWO,
    OrganizationClaim: CLAIM_STATES.waiting,
    ProfileChange: CHANGE_STATES.waiting,
}


def can_create(actor: Actor) -> bool:
    return actor.is_person


def can_view(actor: Actor, organization: Organization) -> bool:
    """Members always; moderators and the protection focal point once it was submitted."""
    if role_in(actor, organization, organization.pk) is not None:
        return True
    return organization.state != OrganizationState.DRAFT and actor.has(Group.MODERATOR, Group.PROTECTION)


def can_edit(actor: Actor, organization: Organization) -> bool:
    is_open = organization.state in STATES.editable and not appeal_waits(organization)
    return is_open and may_write_for(actor, organization)


def can_submit(actor: Actor, organization: Organization) -> bool:
    possible = STATES.leads(organization.state, OrganizationState.SUBMITTED)
    return possible and may_submit(actor, organization)


def may_refuse(actor: Actor, organization: Organization) -> bool:
    """Who declined it does not say no again, after somebody else has granted its appeal, until it is sent
    again.
    """
    return not was_overruled(actor, organization)


def takes_first_yes(row: Decided) -> bool:
    """Whether it waits or is suspended, the organization is at risk, and nobody has said yes."""
    waits = row.state in _FOR_TWO[type(row)]
    return waits and _organization_of(row).is_at_risk and row.first_yes_by_id is None


def knows(actor: Actor, organization: Organization) -> bool:
    """Nobody says yes to a protected one whose name and proofs they have not read."""
    return not organization.is_protected or has_read(actor, organization)


def may_give_first_yes(actor: Actor, row: Decided) -> bool:
    """Where it takes one, of who knows whom it is about. Beside it stands who may review."""
    return takes_first_yes(row) and knows(actor, _organization_of(row))


def may_say_yes(actor: Actor, row: Decided) -> bool:
    """The yes that counts: to one at risk after somebody else's, to others not of who took that mark away.

    Beside it stands who may review, which moderation asks once for all decisions.
    """
    organization = _organization_of(row)
    if organization.is_at_risk:
        return row.first_yes_by_id not in {None, actor.user_id} and knows(actor, organization)
    return not took_mark_away(actor, organization)


def _organization_of(row: Decided) -> Organization:
    return row if isinstance(row, Organization) else row.organization


def can_confirm(actor: Actor, organization: Organization) -> bool:
    """Whether the person says that nothing has changed, for another year."""
    stands = organization.state in {OrganizationState.VERIFIED, OrganizationState.LAPSED}
    return stands and may_speak_for(actor, organization)


def can_prove(actor: Actor, organization: Organization) -> bool:
    """Whether the person shows the secretariat what the organization is, with files."""
    return organization.state in PROVING and may_write_for(actor, organization)


def can_ask_for_vouchers(actor: Actor, organization: Organization) -> bool:
    return organization.state in PROVING and may_speak_for(actor, organization)


def can_appeal(actor: Actor, organization: Organization) -> bool:
    """Against a refusal that stands, of the profile as it was declined; once for each."""
    is_declined = organization.state == OrganizationState.DECLINED and not organization.is_changed
    return is_declined and may_speak_for(actor, organization) and not has_appealed(organization)


def may_review_appeal(actor: Actor, appeal: Appeal) -> bool:
    """Four eyes: a moderator who did not decline it, and does not belong to the organization."""
    if actor.user_id in {appeal.declined_by_id, appeal.author_id}:
        return False
    return _decides_about(actor, appeal.organization) and _is_stranger(actor, appeal, appeal.organization)


def is_focal_point(actor: Actor) -> bool:
    """By that task itself: an administrator has all others without having this one."""
    return actor.is_system or Group.PROTECTION in actor.groups


def may_reveal(actor: Actor, organization: Organization) -> bool:
    """Read who a protected organization is, of those of others that were submitted."""
    is_sent = organization.is_protected and organization.state != OrganizationState.DRAFT
    is_other = role_in(actor, organization, organization.pk) is None
    return is_sent and actor.is_person and is_focal_point(actor) and is_other


def may_protect(actor: Actor, organization: Organization) -> bool:
    """Withhold its name: its owners, and the protection focal point for those of others.

    Owners of a suspended one cannot take it out of sight of who suspended it.
    """
    role = role_in(actor, organization, organization.pk)
    if organization.state in {OrganizationState.LISTED, OrganizationState.MERGED}:
        return False
    is_owner = role == Role.OWNER and organization.state != OrganizationState.SUSPENDED
    return is_owner or (role is None and is_focal_point(actor))


def may_unprotect(actor: Actor, organization: Organization) -> bool:
    """Say its name again: nobody but its owners."""
    return role_in(actor, organization, organization.pk) == Role.OWNER


def _decides_about(actor: Actor, organization: Organization) -> bool:
    return is_focal_point(actor) if organization.is_protected else actor.has(Group.MODERATOR)


def can_ask_identity(actor: Actor, organization: Organization) -> bool:
    """Whether the person asks the secretariat for another name, type or country of a verified one."""
    return organization.state in ONCE_VERIFIED and can_edit(actor, organization)


def can_confirm_refugee_led(actor: Actor, organization: Organization) -> bool:
    """It says so, and nobody has confirmed it."""
    is_open = organization.refugee_led and organization.refugee_led_at is None
    return is_open and may_review(actor, organization)


def can_unconfirm_refugee_led(actor: Actor, organization: Organization) -> bool:
    return organization.refugee_led_at is not None and may_review(actor, organization)


def may_review_change(actor: Actor, change: ProfileChange) -> bool:
    """Four eyes: a moderator, never who wrote it, nor somebody who belongs to the organization."""
    if actor.user_id == change.author_id:
        return False
    return actor.has(Group.MODERATOR) and _is_stranger(actor, change, change.organization)


def may_mark_at_risk(actor: Actor, organization: Organization) -> bool:
    """The protection focal point, of organizations of others."""
    return actor.has(Group.PROTECTION) and role_in(actor, organization, organization.pk) is None


def may_read_proofs(actor: Actor) -> bool:
    """Whether the person reads what organizations show of themselves."""
    return actor.has(Group.MODERATOR, Group.PROTECTION)


def can_change_listed(actor: Actor, organization: Organization) -> bool:
    return organization.state == OrganizationState.LISTED and may_list(actor)


def can_claim(actor: Actor, organization: Organization) -> bool:
    """Anybody who is signed in may say that a listed organization is theirs. It gives no rights."""
    return organization.state == OrganizationState.LISTED and actor.is_person


def may_withdraw_claim(actor: Actor, claim: OrganizationClaim) -> bool:
    """Nobody but who made it."""
    return actor.is_person and actor.user_id == claim.claimant_id


def can_withdraw_claim(actor: Actor, claim: OrganizationClaim) -> bool:
    return CLAIM_STATES.leads(claim.state, ClaimState.WITHDRAWN) and may_withdraw_claim(actor, claim)


def may_list(actor: Actor) -> bool:
    """Whether the person writes down organizations that have not signed up."""
    return actor.has(Group.EDITOR, Group.MODERATOR)


def may_submit(actor: Actor, organization: Organization) -> bool:
    """Whether the person sends the organization's own profile to the secretariat."""
    return role_in(actor, organization, organization.pk) == Role.OWNER


def may_write_for(actor: Actor, organization: Organization) -> bool:
    return role_in(actor, organization, organization.pk) in WRITING_ROLES


def may_speak_for(actor: Actor, organization: Organization) -> bool:
    """Whether the person submits and withdraws in the organization's name."""
    return role_in(actor, organization, organization.pk) in SUBMITTING_ROLES


def may_review(actor: Actor, organization: Organization) -> bool:
    """Four eyes: a moderator, and never somebody who belongs to the organization, did, or is invited to.

    About a protected one a protection focal point decides, who alone may read who it is.
    """
    return _decides_about(actor, organization) and _is_stranger(actor, organization, organization)


def may_review_claim(actor: Actor, claim: OrganizationClaim) -> bool:
    """Four eyes: a moderator, never the claimant, nor somebody who belongs to the organization."""
    if actor.user_id == claim.claimant_id:
        return False
    return actor.has(Group.MODERATOR) and _is_stranger(actor, claim, claim.organization)


def _is_stranger(actor: Actor, row: Model, organization: Organization) -> bool:
    return role_in(actor, row, organization.pk) is None and not was_close(actor, organization)
