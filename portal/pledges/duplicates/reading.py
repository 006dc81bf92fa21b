"""Public pledges as the comparison sees them: from the ledger alone, so that no draft is ever compared."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.pledges.duplicates.sides import Side
from portal.pledges.duplicates.stems import Terms, terms_of
from portal.pledges.public_facts import day_in, goals_in, parties_in, places_in
from portal.pledges.public_targets import records_of_keys
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.taxonomy.queries import concepts


def glossary() -> Terms:
    """The terms of the glossary in all languages. Three queries."""
    return terms_of(
        (concept.key, [term for terms in concept.terms.values() for term in terms]) for concept in concepts()
    )


def sides_of(records: Sequence[Record], terms: Terms) -> list[Side]:
    """One query, for the names of the parties."""
    parties = {record.pk: parties_in(record.facts) for record in records}
    keys = {row.organization for rows in parties.values() for row in rows if row.organization}
    names = {key: row.title for key, row in records_of_keys(RecordKind.ORGANIZATION, keys).items()}
    return [_side(record, parties[record.pk], names, terms) for record in records]


def _side(record: Record, parties: Iterable[Any], names: dict[str, str], terms: Terms) -> Side:
    goals = goals_in(record.facts, record.texts)
    called = {
        str(row.organization or row.name): names.get(str(row.organization), row.name) for row in parties
    }
    keeper = record.organization
    lead_name = keeper.title if keeper else ""
    return Side(
        key=record.source_key,
        title=record.title,
        text=" ".join([str(record.texts.get("description", "")), *(goal.statement for goal in goals)]),
        language=record.language,
        numbers=frozenset(
            filter(None, (_fact(record, "external_id"), *_fact(record, "numbers").split("; ")))
        ),
        lead=str(keeper.source_key) if keeper else "",
        lead_name=lead_name,
        parties=frozenset(called),
        names=frozenset(filter(None, (lead_name, *called.values()))),
        places=frozenset(
            filter(None, (record.country, *(place.country for place in places_in(record.facts))))
        ),
        year=record.year,
        starts_on=day_in(record.facts, "starts_on"),
        ends_on=day_in(record.facts, "ends_on"),
        amount=_amount(record),
        currency=_fact(record, "currency"),
        targets=frozenset(goal.target for goal in goals if goal.target),
        terms=terms,
    )


def _fact(record: Record, name: str) -> str:
    return str(record.facts.get(name) or "")


def _amount(record: Record) -> Decimal | None:
    try:
        return Decimal(_fact(record, "amount"))
    except InvalidOperation:
        return None
