"""Who may decide for a party of a pledge, ask to become one, and link pledges to the plan."""

from portal.common.actors import Actor, Group
from portal.organizations.enums import SUBMITTING_ROLES, OrganizationState
from portal.organizations.models import Organization
from portal.organizations.projection import RESTING
from portal.organizations.queries import role_in
from portal.organizations.states import STATES
from portal.pledges.enums import ASKERS, PartyState
from portal.pledges.models import PledgeParty


def can_decide(actor: Actor, party: PledgeParty, *, is_public: bool) -> bool:
    """The party itself about what readers see of it (`is_public`), and about its own no.

    Who asks to be named is decided by who keeps the pledge, and who was turned away stays so until then.
    """
    if party.organization is None:
        return False
    if not is_public and party.state in ASKERS:
        return _keeps(actor, party)
    if not is_public and party.state != PartyState.DECLINED:
        return False
    return role_in(actor, party, party.organization.pk) in SUBMITTING_ROLES


def can_say_yes(actor: Actor, party: PledgeParty, *, is_public: bool) -> bool:
    """What is suspended or has lapsed is confirmed by nobody and confirms nobody; it may always say no."""
    asks = not is_public and party.state in ASKERS
    taking_part = (party.organization, party.pledge.organization if asks else party.organization)
    stands = all(row is not None and row.state not in RESTING for row in taking_part)
    return stands and can_decide(actor, party, is_public=is_public)


def may_decide_for_listed(actor: Actor) -> bool:
    """The secretariat keeps the pledges of organizations that it has listed and nobody speaks for."""
    return actor.has(Group.EDITOR)


def can_ask(actor: Actor, organization: Organization) -> bool:
    """Who speaks for an organization that is public."""
    speaks = role_in(actor, organization, organization.pk) in SUBMITTING_ROLES
    return speaks and organization.state in STATES.public


def may_judge_pairs(actor: Actor) -> bool:
    """The secretariat's editors say whether two public pledges are one, and merge them."""
    return actor.has(Group.EDITOR)


def _keeps(actor: Actor, party: PledgeParty) -> bool:
    """Never somebody of the organization that asks."""
    keeper = party.pledge.organization
    if keeper.state != OrganizationState.LISTED:
        return role_in(actor, party.pledge, keeper.pk) in SUBMITTING_ROLES
    is_asker = role_in(actor, party, party.organization_id or 0) is not None
    return may_decide_for_listed(actor) and not is_asker


def may_link(actor: Actor) -> bool:
    """The secretariat's editors."""
    return actor.has(Group.EDITOR)
