"""Public records by the number that people read and type, and back; forms and pages of pledges call it."""

from collections.abc import Collection, Iterable
from uuid import UUID

from portal.common.ids import parse_public_id
from portal.publication.kinds import ledger_kind
from portal.publication.models import Record
from portal.publication.queries import published


def keys_of_numbers(kind: str, numbers: Iterable[str]) -> dict[str, UUID]:
    """Source keys of what is public, by the number as it was typed. One query, none without numbers."""
    wanted = {}
    for number in numbers:
        parsed = parse_public_id(number)
        if parsed is not None and parsed[0] == ledger_kind(kind).letter:
            wanted[number] = parsed[1]
    if not wanted:
        return {}
    rows = published(kind).order_by().filter(pk__in=wanted.values())
    known = dict(rows.values_list("pk", "source_key"))
    return {number: known[pk] for number, pk in wanted.items() if pk in known}


def numbers_of_keys(kind: str, keys: Collection[UUID | str]) -> list[str]:
    """Public numbers in the order of publication. One query, none without keys."""
    return [row.public_id for row in records_of_keys(kind, keys).values()]


def example_number(kind: str) -> str:
    """A number that readers can look up: that of the newest public record, if there is any. One query."""
    row = published(kind).select_related(None).only("pk", "kind").first()
    return row.public_id if row else f"{ledger_kind(kind).letter}-00001"


def records_of_keys(kind: str, keys: Collection[UUID | str]) -> dict[str, Record]:
    """Public records by their source key, the first published first, without their texts."""
    if not keys:
        return {}
    rows = Record.objects.filter(pk__in=published(kind).order_by().filter(source_key__in=keys).values("pk"))
    rows = rows.only("pk", "kind", "source_key", "title", "language").order_by("pk")
    return {str(row.source_key): row for row in rows}
