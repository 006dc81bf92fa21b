"""Help between the demo's pledges, where they meet, through the verbs of the desk; the loading calls it.

The same pledges give the same help: most is accepted, some waits, one is declined.
"""

from datetime import datetime, timedelta

from portal.common.actors import Actor, person
from portal.common.errors import Incomplete
from portal.matching.domain import move, offer_help
from portal.matching.enums import HelpState
from portal.matching.queries import market
from portal.matching.reasons import proposals
from portal.organizations.enums import Role
from portal.organizations.models import Membership
from portal.pledges.models import Pledge

MOST, STEP, DECIDED_AFTER = 12, timedelta(days=3), timedelta(days=1)


def load_help(*, now: datetime) -> str:
    """Offered in the last weeks, one to a need."""
    every = market()
    pairs = [
        (side.key, rows[0].offer.key) for side in every.needs if (rows := proposals(side, every.offers, 1))
    ]
    pledges = {str(row.key): row for row in Pledge.objects.select_related("organization")}
    owners = _owners()
    made = 0
    for need, offer in pairs:
        at = now - STEP * (MOST - made)
        made += _help(pledges[need], pledges[offer], owners, made, at)
        if made == MOST:
            break
    return f"{made} offers of help"


def _help(need: Pledge, offer: Pledge, owners: dict[int, Actor], number: int, at: datetime) -> int:
    helper, helped = owners.get(offer.organization_id), owners.get(need.organization_id)
    if helper is None or helped is None:
        return 0
    try:
        given = offer_help(need, offer=offer, note="", actor=helper, now=at)
    except Incomplete:
        return 0
    if number % 3:
        to = HelpState.DECLINED if number == 4 else HelpState.ACCEPTED
        move(given, to=to, actor=helped, now=at + DECIDED_AFTER)
    return 1


def _owners() -> dict[int, Actor]:
    rows = Membership.objects.filter(role=Role.OWNER).select_related("user")
    return {row.organization_id: person(row.user) for row in rows}
