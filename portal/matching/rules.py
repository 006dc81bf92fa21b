"""Who may offer help, accept it and take it back: who speaks for the organization of that side."""

from collections.abc import Collection

from portal.common.actors import Actor
from portal.common.states import require_transition
from portal.matching.enums import TRANSITIONS, HelpState
from portal.matching.models import HelpOffer
from portal.organizations.enums import SUBMITTING_ROLES
from portal.organizations.queries import role_of
from portal.organizations.states import STATES
from portal.pledges.models import Pledge


def can_offer(actor: Actor, offer: Pledge) -> bool:
    """With a pledge of an organization that is public."""
    return (
        offer.organization.state in STATES.public
        and role_of(actor, offer.organization_id) in SUBMITTING_ROLES
    )


def whose(given: HelpOffer, to: str) -> int:
    """The organization whose word is needed for it, by row."""
    pledge = given.offer if to in (HelpState.TAKEN_BACK, HelpState.OFFERED) else given.need
    return pledge.organization_id


def may_move(actor: Actor, given: HelpOffer, to: str) -> bool:
    return role_of(actor, whose(given, to)) in SUBMITTING_ROLES


def can_move(given: HelpOffer, to: str, speaks_for: Collection[int]) -> bool:
    """For somebody who speaks for these organizations. No query."""
    return to in TRANSITIONS[given.state] and whose(given, to) in speaks_for


def require_move(given: HelpOffer, to: str) -> None:
    """Raises `WrongState`."""
    require_transition(TRANSITIONS, given.state, to)
