"""Reads of what belongs to a pledge (private)."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from portal.common.actors import Actor
from portal.common.collation import alphabetical
from portal.interventions.models import Intervention
from portal.organizations.enums import OrganizationState
from portal.organizations.queries import organizations_of
from portal.pledges.enums import ASKERS, PartyState, PledgeKind
from portal.pledges.models import (
    NUMBERS_HELD,
    ImportedRow,
    Pledge,
    PledgeGoal,
    PledgeIntervention,
    PledgeLink,
    PledgeNumber,
    PledgeOutcome,
    PledgeParty,
    PledgePlace,
)
from portal.pledges.parts import Goal, Party, Place, Said, goal_of
from portal.pledges.public_facts import numbers_in, parties_in
from portal.pledges.rules import may_decide_for_listed
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record, RecordLink
from portal.publication.queries import linking_to, published
from portal.submissions.states import GIVEN, STATES, SubmissionState


@dataclass(frozen=True, slots=True)
class Linked:
    """What belongs to a pledge in other tables, each in order."""

    outcomes: tuple[str, ...]
    sources: tuple[UUID, ...]
    numbers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    parties: tuple[Party, ...] = ()
    goals: tuple[Goal, ...] = ()
    links: tuple[Said, ...] = field(default=())


def linkable_interventions(organization_id: int) -> QuerySet[Intervention]:
    """The organization's own interventions that a pledge may follow from."""
    return Intervention.objects.filter(organization_id=organization_id, state__in=GIVEN).order_by(
        "-submitted_at"
    )


def outcomes_of(pledge: Pledge) -> tuple[str, ...]:
    return tuple(served.outcome for served in pledge.outcomes.all())


def sources_of(pledge: Pledge) -> tuple[UUID, ...]:
    """Keys of the interventions it follows from."""
    return tuple(source.intervention_key for source in pledge.sources.all())


def linked(pledge_id: int) -> Linked:
    """All that belongs to a stored pledge. One query."""
    return linked_many([pledge_id])[pledge_id]


def linked_many(pledge_ids: Collection[int]) -> dict[int, Linked]:
    """The same of each of several. One query, none without ids."""
    told: dict[int, dict[str, list[str]]] = {pk: {name: [] for name in _TABLES} for pk in pledge_ids}
    if not pledge_ids:
        return {}
    first, *others = (rows.filter(pledge_id__in=pledge_ids) for rows in _queries())
    for pk, name, _place, value in sorted(first.union(*others, all=True)):
        told[pk][name].append(value)
    return {pk: _linked(said) for pk, said in told.items()}


def _linked(told: Mapping[str, Sequence[str]]) -> Linked:
    return Linked(
        outcomes=tuple(told["outcome"]),
        sources=tuple(UUID(value) for value in told["source"]),
        numbers=tuple(told["number"]),
        places=_read(told["place"], lambda row: Place(**row)),
        parties=_read(told["party"], _party),
        goals=_read(told["goal"], lambda row: goal_of(row | {"disaggregations": _list(row)})),
        links=_read(told["link"], lambda row: Said(**row)),
    )


_TABLES = ("outcome", "source", "number", "place", "party", "goal", "link")


@cache
def _queries() -> tuple[QuerySet[Any, Any], ...]:
    """Made once: putting them together takes as long as asking."""
    return tuple(
        rows.order_by().values_list("pledge_id", Value(name), place, Cast(said, TextField()))
        for name, rows, place, said in _tables()
    )


def _tables() -> tuple[tuple[str, QuerySet[Any], str, Any], ...]:
    def json_of(*names: str, **others: Any) -> JSONObject:
        return JSONObject(**{name: name for name in names}, **others)

    goal = json_of(
        *("statement", "baseline", "baseline_year", "no_baseline_because", "target", "unit", "due_on"),
        *("means", "disaggregations"),
        key=Cast("key", CharField()),
    )
    party = json_of(
        "role",
        "state",
        "is_from_source",
        name=Coalesce("organization__name", "name"),
        organization=Cast("organization__key", CharField()),
        is_withheld=F("organization__is_protected"),
    )
    return (
        ("outcome", PledgeOutcome.objects.all(), "pk", "outcome"),
        ("source", PledgeIntervention.objects.all(), "pk", "intervention_key"),
        ("number", PledgeNumber.objects.all(), "pk", "number"),
        ("place", PledgePlace.objects.all(), "pk", json_of("country", "role")),
        ("party", PledgeParty.objects.filter(is_named=True), "pk", party),
        ("goal", PledgeGoal.objects.all(), "position", goal),
        (
            "link",
            PledgeLink.objects.all(),
            "pk",
            json_of("relation", "target", "asserted_by", "confirmed_by"),
        ),
    )


def _read(rows: Collection[str], make: Callable[[dict[str, Any]], Any]) -> tuple[Any, ...]:
    return tuple(make(json.loads(row)) for row in rows)


def _list(row: dict[str, Any]) -> list[str]:
    """SQLite gives JSON inside JSON as a text."""
    value = row["disaggregations"]
    return json.loads(value) if isinstance(value, str) else value


def _party(row: dict[str, Any]) -> Party:
    key = row.pop("organization")
    said = {name: bool(row[name]) for name in ("is_from_source", "is_withheld")}
    return Party(**row | said, organization=UUID(key) if key else None)


def digests_of_rows() -> dict[str, str]:
    """Of the rows that pledges were last taken from, by the number of the pledge. One query."""
    rows = ImportedRow.objects.exclude(digest="")
    return dict(rows.values_list("pledge__external_id", "digest"))


def numbers_taken(numbers: Collection[str], *, but: int = 0) -> set[str]:
    """Those that another pledge that is public or submitted bears, in whatever list.

    What others only write is not asked, nor told. Two queries, none without numbers.
    """
    if not numbers:
        return set()
    own = Pledge.objects.filter(external_id__in=numbers, state__in=NUMBERS_HELD).exclude(pk=but)
    others = PledgeNumber.objects.filter(number__in=numbers, pledge__state__in=NUMBERS_HELD)
    held = others.exclude(pledge_id=but).order_by().values_list("number")
    told = own.order_by().values_list("external_id").union(held)
    return {number for (number,) in told} | _corrected_with(numbers, but=but).keys()


def public_with(number: str) -> Record | None:
    """The public pledge that bears a number, for whoever typed it. One query, none without a number."""
    if not number:
        return None
    # Perhaps a few more: other numbers stand in one text.
    bearing = Q(facts__external_id=number) | Q(facts__numbers__icontains=number)
    rows = published(RecordKind.PLEDGE).filter(bearing)
    return next((row for row in rows if number in numbers_in(row.facts)), None)


def corrected_with(numbers: Collection[str]) -> dict[str, Pledge]:
    """Public pledges of which a correction is under way, by their public numbers. Two queries at most."""
    if not numbers:
        return {}
    bearing = _corrected_with(numbers)
    rows = Pledge.objects.filter(key__in=set(bearing.values())).select_related("organization", "part_of")
    pledges = {row.key: row for row in rows} if bearing else {}
    return {number: pledges[key] for number, key in bearing.items()}


def _corrected_with(numbers: Collection[str], *, but: int = 0) -> dict[str, UUID]:
    """What their rows say meanwhile is not public. One query."""
    open_ones = {SubmissionState.CORRECTING, SubmissionState.RETURNED, *STATES.waiting}
    rows = Pledge.objects.filter(state__in=open_ones, decided_at__isnull=False).exclude(pk=but)
    records = published(RecordKind.PLEDGE).filter(source_key__in=rows.values("key"))
    told = records.select_related(None).values_list("source_key", "facts")
    return {number: key for key, facts in told for number in numbers_in(facts) if number in numbers}


def umbrellas() -> QuerySet[Pledge]:
    """Pledges that others can be part of: what readers see counts, not what a correction says."""
    return Pledge.objects.filter(key__in=public_umbrellas().order_by().values("source_key"))


def public_umbrellas() -> QuerySet[Record]:
    """By their public titles."""
    rows = published(RecordKind.PLEDGE).filter(facts__pledge_kind=PledgeKind.UMBRELLA.value)
    return rows.order_by(alphabetical("title"), "pk")


def has_members(pledge: Pledge) -> bool:
    """Whether public pledges are part of it."""
    return linking_to(Relation.PART_OF, [pledge.key]).exists()


def party_in(record: Record | None, party: PledgeParty) -> Party | None:
    """What readers are told of the party; None where they are told nothing of it."""
    if record is None or party.organization is None:
        return None
    key = party.organization.key
    return next((row for row in parties_in(record.facts) if row.organization == key), None)


def told_role(party: PledgeParty, public: Party | None) -> str:
    """The role about which the party decides: the public one, or for which it asked or was last named.

    Never one that only stands in a correction.
    """
    if public is not None:
        return public.role
    is_read = party.state not in ASKERS and party.pledge.state == SubmissionState.PUBLISHED
    return party.role if is_read else party.agreed_role or party.role


def parties_asked(actor: Actor) -> QuerySet[PledgeParty]:
    """What the actor's organizations can decide: where readers see them named, and who asks to join.

    Also what they have asked for or declined themselves; for the secretariat who asks listed organizations.
    Of public pledges only; what waits first. One query beside that of the rows.
    """
    mine = dict(organizations_of(actor).values_list("pk", "key"))
    keeps = Q(pledge__organization_id__in=mine)
    if may_decide_for_listed(actor):
        keeps |= Q(pledge__organization__state=OrganizationState.LISTED)
    own = Q(organization_id__in=mine)
    dropped = Q(is_named=False, pledge__state=SubmissionState.PUBLISHED)
    wanted = Q(state__in=ASKERS) & (keeps | own) | own & Q(state=PartyState.DECLINED) & ~dropped
    for pk, key in mine.items():
        wanted |= Q(organization_id=pk, pledge__key__in=_naming(key))
    public = published(RecordKind.PLEDGE).order_by().values("source_key")
    rows = PledgeParty.objects.filter(wanted, pledge__key__in=public)
    rows = rows.select_related("organization", "pledge__organization")
    return rows.order_by(F("decided_at").asc(nulls_first=True), "pk")


def _naming(organization: UUID) -> QuerySet[RecordLink, UUID]:
    """Keys of the pledges that readers see it named in."""
    rows = RecordLink.objects.filter(relation=Relation.PARTY, target=str(organization))
    return rows.order_by().values_list("record__source_key", flat=True)
