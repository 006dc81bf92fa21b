"""All rows that a decision about two pledges can touch; `domain` takes their image before and after."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.pledges.duplicates.followers import followers
from portal.pledges.models import (
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
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record, RecordLink, RecordTranslation, RecordVersion

Scope = list[QuerySet[Any]]
# What belongs to a pledge in this app; what stands on it in others is a `Follower`.
PARTS = (
    *(PledgeOutcome, PledgeIntervention, PledgeNumber, PledgePlace, PledgeParty, PledgeGoal, PledgeLink),
    ImportedRow,
)
LEDGER = (RecordVersion, RecordLink, RecordTranslation)


def neighbours(one: Pledge, other: Pledge) -> list[Pledge]:
    """Pledges that are part of one of the two or said to be related to it."""
    keys = [str(one.key), str(other.key)]
    related = PledgeLink.objects.filter(relation=Relation.RELATED, target__in=keys)
    wanted = Q(part_of__in=(one, other)) | Q(pk__in=related.values("pledge"))
    for each in followers():
        wanted |= Q(pk__in=each.beside([one.pk, other.pk]).order_by().values("pk"))
    rows = Pledge.objects.filter(wanted)
    return list(rows.exclude(pk__in=(one.pk, other.pk)).order_by("pk"))


def private(one: Pledge, other: Pledge) -> Scope:
    """The two, their neighbours, what belongs to them and what follows them."""
    ids = [one.pk, other.pk, *(row.pk for row in neighbours(one, other))]
    parts: Scope = [model._default_manager.filter(pledge_id__in=ids) for model in PARTS]
    following: Scope = [each.rows([one.pk, other.pk]) for each in followers()]
    pledges: Scope = [Pledge.objects.filter(pk__in=ids)]
    return [*pledges, *parts, *(rows.filter(pk__in=_ids(rows)) for rows in following)]


def public(one: Pledge, other: Pledge) -> list[int]:
    """Primary keys of the records of all that."""
    keys = [one.key, other.key, *(row.key for row in neighbours(one, other))]
    wanted = Q(kind=RecordKind.PLEDGE, source_key__in=keys)
    for each in followers():
        wanted |= Q(kind=each.kind, source_key__in=list(_keys(each.rows([one.pk, other.pk]))))
    return list(Record.objects.filter(wanted).order_by("pk").values_list("pk", flat=True))


def of_records(ids: Collection[int]) -> Scope:
    parts: Scope = [model._default_manager.filter(record_id__in=ids) for model in LEDGER]
    records: Scope = [Record.objects.filter(pk__in=ids)]
    return [*records, *parts]


def _ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _keys(rows: QuerySet[Any]) -> QuerySet[Any, UUID]:
    return rows.values_list("key", flat=True)
