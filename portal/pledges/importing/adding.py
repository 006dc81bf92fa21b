"""Stores new pledges of a batch with what belongs to them, one statement a table; storing calls it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.common.actors import Actor
from portal.organizations.models import Organization
from portal.pledges.enums import Voice
from portal.pledges.importing.wanted import Wanted
from portal.pledges.models import Pledge, PledgeGoal, PledgeLink, PledgeOutcome, PledgeParty, PledgePlace
from portal.pledges.parts import Goal
from portal.pledges.projection import face
from portal.pledges.queries import linked_many
from portal.pledges.sent import sent
from portal.pledges.storing import write_goal
from portal.pledges.submission import PLEDGE
from portal.publication.enums import Relation
from portal.submissions.intake import Taken, admit, publish_taken


@dataclass(frozen=True, slots=True)
class New:
    """A row that makes a pledge, and the organization that keeps it."""

    wanted: Wanted
    organization: Organization

    @property
    def pledge(self) -> Pledge:
        return self.wanted.pledge


def add(
    rows: Sequence[New], organizations: Mapping[UUID, Organization], *, actor: Actor, now: datetime
) -> None:
    """Public at once, as by the verbs of submissions. `organizations`: those that are parties, by key."""
    for row in rows:
        _begin(row)
    admit(PLEDGE, [row.pledge for row in rows], actor=actor, now=now)
    PledgeOutcome.objects.bulk_create(_outcomes(rows))
    PledgePlace.objects.bulk_create(_places(rows))
    PledgeParty.objects.bulk_create(party for row in rows for party in _parties(row, organizations))
    PledgeGoal.objects.bulk_create(_goals(rows))
    PledgeLink.objects.bulk_create(_links(rows, now))
    publish_taken(PLEDGE, _as_stored(rows), actor=actor, now=now)


def _begin(row: New) -> None:
    """Without the number of a row that was rolled back."""
    row.pledge.pk = None
    row.pledge.organization = row.organization
    row.pledge.country = row.pledge.country or row.organization.country


def _as_stored(rows: Sequence[New]) -> list[Taken]:
    """Read again: a receipt tells what is stored, such as rounded amounts."""
    pks = [row.pledge.pk for row in rows]
    related = linked_many(pks)
    stored = Pledge.objects.select_related("organization", "part_of").in_bulk(pks)
    return [
        Taken(stored[pk], sent(stored[pk], related[pk]), face(stored[pk], related[pk], None, is_new=True))
        for pk in pks
    ]


def _outcomes(rows: Iterable[New]) -> Iterable[PledgeOutcome]:
    for row in rows:
        for outcome in dict.fromkeys(row.wanted.outcomes):
            yield PledgeOutcome(pledge=row.pledge, outcome=outcome)


def _places(rows: Iterable[New]) -> Iterable[PledgePlace]:
    for row in rows:
        for place in dict.fromkeys(row.wanted.places):
            yield PledgePlace(pledge=row.pledge, country=place.country, role=place.role)


def _parties(row: New, organizations: Mapping[UUID, Organization]) -> Iterable[PledgeParty]:
    """Each once; who keeps the pledge is none of them."""
    parties = {party.organization or party.name: party for party in reversed(row.wanted.parties)}
    for party in reversed(parties.values()):
        if party.organization != row.organization.key:
            known = organizations.get(party.organization) if party.organization else None
            yield PledgeParty(
                pledge=row.pledge,
                organization=known,
                name="" if known else party.name,
                role=party.role,
                is_from_source=party.is_from_source,
            )


def _goals(rows: Iterable[New]) -> Iterable[PledgeGoal]:
    for row in rows:
        if row.wanted.goal is not None:
            yield _goal(row.pledge, row.wanted.goal)


def _goal(pledge: Pledge, goal: Goal) -> PledgeGoal:
    row = PledgeGoal(pledge=pledge)
    write_goal(row, goal)
    return row


def _links(rows: Iterable[New], now: datetime) -> Iterable[PledgeLink]:
    for row in rows:
        for target in dict.fromkeys(row.wanted.actions):
            yield PledgeLink(
                pledge=row.pledge,
                relation=Relation.CARRIES_OUT,
                target=target,
                asserted_by=Voice.SOURCE,
                asserted_at=now,
            )
