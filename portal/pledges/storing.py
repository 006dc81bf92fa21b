"""Stores what belongs to a pledge in other tables; drafts, imports and the demo call it inside a verb."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.organizations.models import Organization
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.enums import PartyState, Voice
from portal.pledges.models import (
    Pledge,
    PledgeGoal,
    PledgeIntervention,
    PledgeLink,
    PledgeNumber,
    PledgeOutcome,
    PledgeParty,
    PledgePlace,
)
from portal.pledges.numbers import normal_number
from portal.pledges.parts import Goal, Party, Place
from portal.pledges.queries import linkable_interventions, umbrellas
from portal.publication.enums import RecordKind, Relation
from portal.publication.queries import published


def replace(pledge: Pledge, fields: PledgeFields) -> None:
    """What is given takes the place of what was there; the pledge itself is saved by the verb.

    The stage of a pledge that was reported on is that of the newest report.
    """
    pledge.external_id = normal_number(pledge.external_id)
    if fields.stage is not None and pledge.reported_on is None:
        pledge.stage = fields.stage
    if fields.outcomes is not None:
        replace_outcomes(pledge, fields.outcomes)
    if fields.intervention_keys is not None:
        _replace_sources(pledge, fields.intervention_keys)
    if fields.frame is not None:
        _set_frame(pledge, fields.frame)
    if fields.places is not None:
        replace_places(pledge, fields.places)
    if fields.parties is not None:
        replace_parties(pledge, fields.parties)
    if fields.goals is not None:
        replace_goals(pledge, fields.goals)
    for relation, targets in (
        (Relation.CARRIES_OUT, fields.actions),
        (Relation.TAKES_UP, fields.recommendations),
    ):
        if targets is not None:
            replace_links(pledge, relation, [str(target) for target in targets], voice=Voice.PARTIES)


def replace_outcomes(pledge: Pledge, outcomes: Sequence[str]) -> None:
    pledge.outcomes.all().delete()
    PledgeOutcome.objects.bulk_create(
        PledgeOutcome(pledge=pledge, outcome=outcome) for outcome in dict.fromkeys(outcomes)
    )


def replace_places(pledge: Pledge, places: Iterable[Place]) -> None:
    pledge.places.all().delete()
    PledgePlace.objects.bulk_create(
        PledgePlace(pledge=pledge, country=place.country, role=place.role) for place in dict.fromkeys(places)
    )


def replace_parties(pledge: Pledge, parties: Iterable[Party]) -> None:
    """What a party has said stays, also while it is not named. Who keeps the pledge is none of them."""
    wanted: dict[object, Party] = {}
    for party in parties:
        if party.organization != pledge.organization.key:
            wanted.setdefault(party.organization or party.name, party)
    stored = {row.organization.key if row.organization else row.name: row for row in _parties_of(pledge)}
    dropped = pledge.parties.exclude(pk__in=[row.pk for key, row in stored.items() if key in wanted])
    dropped.filter(organization=None).delete()
    dropped.filter(state=PartyState.CONFIRMED).update(state=PartyState.NAMED)
    dropped.update(is_named=False)
    keys = [key for key in wanted if isinstance(key, UUID)]
    organizations = {row.key: row for row in Organization.objects.filter(key__in=keys)}
    for key, party in wanted.items():
        row = stored.get(key) or PledgeParty(pledge=pledge, is_from_source=party.is_from_source)
        row.organization = organizations.get(key) if isinstance(key, UUID) else None
        row.state = _said(row, party.role)
        row.role, row.name, row.is_named = party.role, "" if row.organization else party.name, True
        row.save()


def _said(row: PledgeParty, role: str) -> str:
    """What a party that is named with this role has said of it: it has agreed to one role only."""
    if row.state in (PartyState.ASKED, PartyState.DECLINED) or (row.is_named and row.role == role):
        return row.state
    return PartyState.CONFIRMED if row.agreed_role == role else PartyState.NAMED


def replace_goals(pledge: Pledge, goals: Iterable[Goal]) -> None:
    """A goal that was there keeps its key, so that reports find it."""
    stored = {row.key: row for row in pledge.goals.all()}
    kept = []
    for position, goal in enumerate(goals):
        row = stored.pop(goal.key, None) if goal.key else None
        row = row or PledgeGoal(pledge=pledge)
        write_goal(row, goal)
        row.position = position
        row.save()
        kept.append(row.pk)
    pledge.goals.exclude(pk__in=kept).delete()


def write_goal(row: PledgeGoal, goal: Goal) -> None:
    """All that a goal says; saves nothing."""
    for name in ("statement", "baseline", "baseline_year", "no_baseline_because", "target", "unit"):
        setattr(row, name, getattr(goal, name))
    row.due_on, row.means, row.disaggregations = goal.due_on, goal.means, list(goal.disaggregations)


def replace_links(
    pledge: Pledge, relation: str, targets: Sequence[str], *, voice: str, now: datetime | None = None
) -> None:
    """Links that stay keep who said so; what the parties name too is confirmed by them."""
    at = now or timezone.now()
    stored = {row.target: row for row in pledge.links.filter(relation=relation)}
    pledge.links.filter(relation=relation).exclude(target__in=targets).delete()
    for target in dict.fromkeys(targets):
        row = stored.get(target)
        if row is None:
            PledgeLink.objects.create(
                pledge=pledge, relation=relation, target=target, asserted_by=voice, asserted_at=at
            )
        elif row.asserted_by != voice and not row.confirmed_by:
            row.confirmed_by, row.confirmed_at = voice, at
            row.save(update_fields=["confirmed_by", "confirmed_at"])


def _set_frame(pledge: Pledge, frame: Frame) -> None:
    for name in ("pledge_kind", "starts_on", "ends_on", "amount", "currency"):
        setattr(pledge, name, getattr(frame, name))
    pledge.contributions, pledge.needs = list(frame.contributions), list(frame.needs)
    if frame.part_of is None or pledge.part_of is None or pledge.part_of.key != frame.part_of:
        rows = umbrellas().exclude(pk=pledge.pk)
        pledge.part_of = rows.filter(key=frame.part_of).first() if frame.part_of else None
    pledge.numbers.exclude(number__in=frame.numbers).delete()
    known = set(pledge.numbers.values_list("number", flat=True))
    PledgeNumber.objects.bulk_create(
        PledgeNumber(pledge=pledge, number=number)
        for number in dict.fromkeys(frame.numbers)
        if number not in known and number != pledge.external_id
    )


def _replace_sources(pledge: Pledge, keys: Sequence[UUID]) -> None:
    """The organization's own interventions that were submitted, and what others have published."""
    own = set(linkable_interventions(pledge.organization_id).values_list("key", flat=True))
    others = published(RecordKind.INTERVENTION).filter(source_key__in=set(keys) - own)
    allowed = own | set(others.values_list("source_key", flat=True)) if set(keys) - own else own
    pledge.sources.all().delete()
    PledgeIntervention.objects.bulk_create(
        PledgeIntervention(pledge=pledge, intervention_key=key)
        for key in dict.fromkeys(keys)
        if key in allowed
    )


def _parties_of(pledge: Pledge) -> Any:
    return pledge.parties.select_related("organization")
