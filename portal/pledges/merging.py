"""Parties of pledges, when two organizations become one; the app's configuration declares it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.organizations.merging.parts import Moving, Part, Renaming
from portal.pledges.enums import PartyState
from portal.pledges.models import PledgeParty
from portal.pledges.parts import Party
from portal.pledges.public_facts import parties_as_fact, parties_in


def _move(part: Part, moving: Moving) -> None:
    """A party once, confirmed where one of the two has confirmed the role; never of what it keeps itself."""
    both = {row.pledge_id: row for row in part.move_new(moving, lambda row: row.pledge_id)}
    own = PledgeParty.objects.filter(organization=moving.new.organization)
    for there in own.filter(pledge__in=both):
        _agree(there, both[there.pledge_id])
    part.drop([*both.values(), *own.filter(pledge__organization=F("organization"))])


def _agree(there: PledgeParty, row: PledgeParty) -> None:
    if there.role != row.role or not _adds(there.state, row.state):
        return
    for name in ("state", "agreed_role", "decided_at", "decided_by_id"):
        setattr(there, name, getattr(row, name))
    there.save()


def _adds(there: str, other: str) -> bool:
    """Whether one has confirmed what the other was only named for."""
    return (there, other) == (PartyState.NAMED, PartyState.CONFIRMED)


def _told(facts: dict[str, Any], renaming: Renaming) -> dict[str, Any]:
    """The same of the public record, whose keys are renamed already."""
    if not facts.get("parties"):
        return facts
    told = parties_as_fact(_once(parties_in(facts), renaming))
    rest = {name: value for name, value in facts.items() if name != "parties"}
    return rest | ({"parties": told} if told else {})


def _once(parties: Iterable[Party], renaming: Renaming) -> list[Party]:
    kept = dict[str, Party]()
    for at, party in enumerate(parties):
        who = str(party.organization or f"name {at}")
        there = kept.get(who)
        if who == renaming.keeper:
            continue
        if there is None:
            kept[who] = party
        elif there.role == party.role and _adds(there.state, party.state):
            kept[who] = replace(there, state=party.state)
    return list(kept.values())


PARTS = (
    Part(
        relation="pledges.PledgeParty.organization",
        label=_("Parties of pledges"),
        move=_move,
        is_shared=True,
        tell=_told,
    ),
)
