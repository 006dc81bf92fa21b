"""All rows that merging two organizations can touch; `domain` takes their image before and after."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from portal.organizations.merging.parts import Side, parts
from portal.organizations.models import Merge, Organization
from portal.publication.enums import RecordState
from portal.publication.models import Record, RecordLink, RecordTranslation, RecordVersion

Scope = list[QuerySet[Any]]
LEDGER = (RecordVersion, RecordLink, RecordTranslation)
# The ledger's rows are named by `public`; what merges say of themselves stays.
_ELSEWHERE = (Record, *LEDGER, Merge)


def private(old: Side, new: Side) -> Scope:
    """The two organizations and what goes along, by primary key: rows that move are not lost sight of."""
    pair = Organization.objects.filter(pk__in=(old.organization.pk, new.organization.pk))
    return [pair, *(rows.model._default_manager.filter(pk__in=_ids(rows)) for rows in _parts(old, new))]


def naming(old: Side) -> QuerySet[Record]:
    """The public records of others that tell of it: it wrote them, they link to it or name it in a fact."""
    key = str(old.organization.key)
    links = RecordLink.objects.filter(target=key).values("record")
    wanted = Q(pk__in=links) | Q(facts__icontains=key)
    if old.record is not None:
        wanted |= Q(organization=old.record)
    own = old.record.pk if old.record else 0
    return Record.objects.filter(wanted, state=RecordState.PUBLISHED).exclude(pk=own)


def public(old: Side, new: Side) -> list[int]:
    """Primary keys of the records of both, and of those that tell of the one that is merged."""
    own = [side.record.pk for side in (old, new) if side.record is not None]
    return sorted({*own, *naming(old).values_list("pk", flat=True)})


def of_records(ids: Collection[int]) -> Scope:
    """The records and what belongs to them, also what is added."""
    told: Scope = [model._default_manager.filter(record_id__in=ids) for model in LEDGER]
    return [Record.objects.filter(pk__in=ids), *told]


def _parts(old: Side, new: Side) -> Iterator[QuerySet[Any]]:
    for part in parts():
        if part.model not in _ELSEWHERE:
            yield part.rows(old)
            if part.is_shared:
                yield part.rows(new)


def _ids(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.values_list("pk", flat=True))
