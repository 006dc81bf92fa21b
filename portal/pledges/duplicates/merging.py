"""What a pledge leaves to the one that it is merged into, row by row; `domain` calls it inside its verb.

What the survivor has stays as it is. What both have stays where it is, and is seen no more.
"""

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.common.folding import folded
from portal.organizations.enums import OrganizationState
from portal.pledges.enums import PartyRole, PartyState
from portal.pledges.models import ImportedRow, Pledge, PledgeGoal, PledgeLink, PledgeNumber, PledgeParty
from portal.publication.enums import Relation


def move_parts(merged: Pledge, survivor: Pledge, now: datetime) -> dict[UUID, UUID]:
    """Everything but the public records. Gives the goals that are one, by key."""
    for name, told in (
        ("outcomes", lambda row: row.outcome),
        ("sources", lambda row: row.intervention_key),
        ("places", lambda row: (row.country, row.role)),
    ):
        _move(getattr(merged, name).all(), getattr(survivor, name).all(), survivor, told)
    _move_links(merged, survivor)
    _move_numbers(merged, survivor)
    _move_parties(merged, survivor, now)
    if not ImportedRow.objects.filter(pledge=survivor).exists():
        ImportedRow.objects.filter(pledge=merged).update(pledge=survivor)
    goals = _move_goals(merged, survivor)
    _fill(merged, survivor)
    return goals


def _move(rows: Iterable[Any], known: Iterable[Any], survivor: Pledge, told: Any) -> None:
    """Rows that tell something the survivor does not know of become the survivor's."""
    seen: set[Hashable] = {told(row) for row in known}
    for row in rows:
        if told(row) not in seen:
            row.pledge = survivor
            row.save(update_fields=["pledge"])


def _move_links(merged: Pledge, survivor: Pledge) -> None:
    """Whoever was related to the merged one is related to the survivor; nothing is related to itself."""
    both = (str(merged.key), str(survivor.key))
    own = merged.links.exclude(relation=Relation.RELATED, target__in=both)
    _move(own, survivor.links.all(), survivor, lambda row: (row.relation, row.target))
    survivor.links.filter(relation=Relation.RELATED, target__in=both).delete()
    others = PledgeLink.objects.filter(relation=Relation.RELATED, target=both[0])
    linked = others.model.objects.filter(relation=Relation.RELATED, target=both[1]).values("pledge")
    others.exclude(pledge__in=linked).exclude(pledge=survivor).update(target=both[1])
    others.delete()


def _move_numbers(merged: Pledge, survivor: Pledge) -> None:
    merged.numbers.update(pledge=survivor)
    if merged.external_id:
        number, merged.external_id = merged.external_id, ""
        merged.save(update_fields=["external_id"])
        PledgeNumber.objects.create(pledge=survivor, number=number)


def _move_parties(merged: Pledge, survivor: Pledge, now: datetime) -> None:
    """Who kept the merged pledge is a party of the survivor; who has confirmed here need not do so again."""
    known = {_who(row): row for row in survivor.parties.select_related("organization")}
    keeper = str(survivor.organization.key)
    for row in [_keeper_as_party(merged, now), *merged.parties.select_related("organization")]:
        there = known.get(_who(row))
        if there is None and _who(row) != keeper:
            row.pledge = survivor
            row.save()
            known[_who(row)] = row
        elif there and there.role == row.role and _has_just(there, row):
            there.state, there.decided_at, there.decided_by = row.state, row.decided_at, row.decided_by
            there.agreed_role = row.role
            there.save(update_fields=["state", "agreed_role", "decided_at", "decided_by"])


def _has_just(there: PledgeParty, row: PledgeParty) -> bool:
    """Confirmed in the merged pledge what it has not confirmed in the survivor."""
    return (there.state, row.state) == (PartyState.NAMED, PartyState.CONFIRMED)


def _keeper_as_party(merged: Pledge, now: datetime) -> PledgeParty:
    """It said so itself where it wrote the pledge; what a table or the secretariat wrote, the source said."""
    was_listed = merged.organization.state == OrganizationState.LISTED
    is_from_source = was_listed or ImportedRow.objects.filter(pledge=merged).exists()
    return PledgeParty(
        organization=merged.organization,
        role=PartyRole.LEAD,
        agreed_role="" if is_from_source else PartyRole.LEAD,
        is_from_source=is_from_source,
        state=PartyState.NAMED if is_from_source else PartyState.CONFIRMED,
        decided_at=None if is_from_source else now,
    )


def _who(party: PledgeParty) -> str:
    return str(party.organization.key) if party.organization else folded(party.name)


def _move_goals(merged: Pledge, survivor: Pledge) -> dict[UUID, UUID]:
    """A goal with the same target and unit, or in the same words, is one and counted once."""
    known, same = list(survivor.goals.all()), {}
    for goal in merged.goals.all():
        there = next((row for row in known if _is_same_goal(row, goal)), None)
        if there is not None:
            same[goal.key] = there.key
            continue
        goal.pledge, goal.position = survivor, len(known)
        goal.save(update_fields=["pledge", "position"])
        known.append(goal)
    return same


def _is_same_goal(one: PledgeGoal, other: PledgeGoal) -> bool:
    if one.target is not None and (one.target, folded(one.unit)) == (other.target, folded(other.unit)):
        return True
    return folded(one.statement) == folded(other.statement)


def _fill(merged: Pledge, survivor: Pledge) -> None:
    """What the survivor leaves open, and the newest word of the parties."""
    for name in ("forum", "country"):
        setattr(survivor, name, getattr(survivor, name) or getattr(merged, name))
    if survivor.amount is None:
        survivor.amount, survivor.currency = merged.amount, merged.currency
    if survivor.starts_on is None and survivor.ends_on is None:
        survivor.starts_on, survivor.ends_on = merged.starts_on, merged.ends_on
    for name in ("contributions", "needs", "marks"):
        setattr(survivor, name, list(dict.fromkeys([*getattr(survivor, name), *getattr(merged, name)])))
    survivor.part_of = survivor.part_of or (merged.part_of if merged.part_of_id != survivor.pk else None)
    if merged.reported_on and (survivor.reported_on is None or merged.reported_on > survivor.reported_on):
        for name in ("stage", "reported_on", "reported_by"):
            setattr(survivor, name, getattr(merged, name))
    survivor.save()
    Pledge.objects.filter(part_of=merged).update(part_of=survivor)
