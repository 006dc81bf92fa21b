"""Who may decide for a party of a pledge, ask to become one, and link pledges to the plan."""

from portal.common.actors import Actor, Group
from portal.organizations.enums import SUBMITTING_ROLES
from portal.organizations.models import Organization
from portal.organizations.queries import role_in
from portal.organizations.states import STATES
from portal.pledges.enums import PartyState
from portal.pledges.models import PledgeParty


def can_decide(actor: Actor, party: PledgeParty) -> bool:
    """The party itself, at any time; who asks to be named is decided by who keeps the pledge."""
    if party.state == PartyState.ASKED:
        return role_in(actor, party.pledge, party.pledge.organization_id) in SUBMITTING_ROLES
    if party.organization is None:
        return False
    return role_in(actor, party, party.organization.pk) in SUBMITTING_ROLES


def can_ask(actor: Actor, organization: Organization) -> bool:
    """Who speaks for an organization that is public."""
    speaks = role_in(actor, organization, organization.pk) in SUBMITTING_ROLES
    return speaks and organization.state in STATES.public


def may_judge_pairs(actor: Actor) -> bool:
    """The secretariat's editors say whether two public pledges are one, and merge them."""
    return actor.has(Group.EDITOR)


def may_link(actor: Actor) -> bool:
    """The secretariat's editors."""
    return actor.has(Group.EDITOR)
