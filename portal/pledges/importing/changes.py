"""What a row would change in a stored pledge; storing asks it. Only reads.

What the parties and the secretariat have said stays beside what the source says: their parties, links, goals,
and a newer report.
"""

from dataclasses import dataclass, replace
from typing import Any

from portal.organizations.models import Organization
from portal.pledges.enums import PartyRole, PartyState, ReportedBy, Voice
from portal.pledges.importing.cells import FRAME, GOAL
from portal.pledges.importing.wanted import Wanted
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal, Party, Place, Said
from portal.pledges.queries import Linked
from portal.publication.enums import Relation

_ALWAYS = ("title", "country", "stage", "forum")
_IF_TOLD = ("description", "language")
_REPORT = ("stage", "reported_on", "reported_by")


@dataclass(frozen=True, slots=True)
class State:
    """A pledge with what belongs to it; two that are equal say the same."""

    fields: dict[str, Any]
    outcomes: frozenset[str]
    parties: tuple[Party, ...]
    places: frozenset[Place]
    goals: tuple[Goal, ...]
    actions: frozenset[str]


def state_of(pledge: Pledge, related: Linked) -> State:
    names = (*_ALWAYS, *_IF_TOLD, "external_id", "reported_on", "reported_by", "pledge_kind", *FRAME[1:])
    return State(
        {name: getattr(pledge, name) for name in names},
        frozenset(related.outcomes),
        related.parties,
        frozenset(related.places),
        related.goals,
        frozenset(link.target for link in _carried(related)),
    )


def wanted_state(stored: Pledge, related: Linked, wanted: Wanted, *, is_joined: bool = False) -> State:
    """What is there, with the row's words in the place of what the source said before.

    `is_joined`: another pledge was merged into it. What that one brought stays beside the row's words.
    """
    before = state_of(stored, related)
    after = State(
        before.fields | _fields(stored, wanted, is_joined=is_joined),
        frozenset(wanted.outcomes) if "outcomes" in wanted.told else before.outcomes,
        _parties(stored, related, wanted, is_joined=is_joined),
        frozenset(wanted.places) if "countries" in wanted.told else before.places,
        _goals(related, wanted),
        _actions(related, wanted),
    )
    return _with_all(before, after) if is_joined else after


def _with_all(before: State, after: State) -> State:
    return replace(
        after,
        outcomes=before.outcomes | after.outcomes,
        places=before.places | after.places,
        actions=before.actions | after.actions,
    )


def _fields(stored: Pledge, wanted: Wanted, *, is_joined: bool) -> dict[str, Any]:
    row, told = wanted.pledge, wanted.told
    names = [*_ALWAYS, *(name for name in _IF_TOLD if name in told)]
    names += [name for name in FRAME[1:] if name in told] + ["pledge_kind"] * ("kind" in told)
    names += ["reported_on", "reported_by"] * ("reported_on" in told)
    is_kept = stored.reported_by == ReportedBy.PARTIES or (is_joined and stored.reported_on is not None)
    if is_kept and not _is_newer(row, stored):
        names = [name for name in names if name not in _REPORT]
    return {name: getattr(row, name) for name in names}


def _is_newer(row: Pledge, stored: Pledge) -> bool:
    """Whether the source knows of a later report than the one that the parties made here."""
    if row.reported_on is None or stored.reported_on is None:
        return False
    return row.reported_on > stored.reported_on


def _parties(stored: Pledge, related: Linked, wanted: Wanted, *, is_joined: bool) -> tuple[Party, ...]:
    """Who has answered stays; a number that was known under another organization gains a party."""
    kept = list(related.parties)
    if "parties" in wanted.told and not is_joined:
        kept = [party for party in kept if not party.is_from_source or party.state != PartyState.NAMED]
    named = [*wanted.parties]
    if wanted.pledger.listed is not None:
        # Storing lists it first; a plan only has to see that somebody comes in.
        named.insert(0, Party(PartyRole.LEAD.value, wanted.pledger.listed.name, is_from_source=True))
    elif wanted.pledger.organization not in (None, stored.organization):
        named.insert(
            0, Party(PartyRole.LEAD.value, "", _key(wanted.pledger.organization), is_from_source=True)
        )
    merged: dict[object, Party] = {_who(party): party for party in kept}
    before = {_who(party): party for party in related.parties}
    for party in named:
        if party.organization != stored.organization.key and _who(party) not in merged:
            old = before.get(_who(party))
            merged[_who(party)] = replace(old, role=party.role) if old else party
    old_first = [merged[who] for who in before if who in merged]
    return (*old_first, *(party for who, party in merged.items() if who not in before))


def _key(organization: Organization | None) -> Any:
    return organization.key if organization else None


def _who(party: Party) -> object:
    return party.organization or party.name


def _goals(related: Linked, wanted: Wanted) -> tuple[Goal, ...]:
    """The row's goal takes the place of the one with its words, or of the only one."""
    goal = wanted.goal
    if goal is None or not wanted.told & {*GOAL}:
        return related.goals
    same = [row for row in related.goals if row.statement == goal.statement]
    old = same[0] if same else related.goals[0] if len(related.goals) == 1 else None
    if old is None:
        return (*related.goals, goal)
    told = {name: getattr(goal, name) for name in GOAL[1:] if name in wanted.told} | {
        "statement": goal.statement
    }
    return tuple(replace(row, **told) if row is old else row for row in related.goals)


def _actions(related: Linked, wanted: Wanted) -> frozenset[str]:
    stored = _carried(related)
    if "actions" not in wanted.told:
        return frozenset(link.target for link in stored)
    kept = [link.target for link in stored if link.asserted_by != Voice.SOURCE or link.confirmed_by]
    return frozenset((*kept, *wanted.actions))


def _carried(related: Linked) -> list[Said]:
    return [link for link in related.links if link.relation == Relation.CARRIES_OUT]
