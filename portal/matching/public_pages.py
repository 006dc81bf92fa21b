"""What the public list of needs and offers shows, and its rows as a file; its view calls it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.matching.queries import Market
from portal.matching.reasons import Proposal, Side, proposals
from portal.matching.words import Names, in_words, names_in, needs_in_words
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, published, targets, titled
from portal.records.trace_links import foreign
from portal.tables.writing import Cell

PROPOSED = 3
COLUMNS = ("need", "title", "organization", "country", "needs", "offer", "offered_by", "because", "accepted")


def rows_of(needs: Sequence[Side], market: Market, language: str) -> list[dict[str, Any]]:
    """Inputs of `matching/need.html`, one for each need. Seven queries, however many there are."""
    proposed = {side.pk: proposals(side, market.offers, PROPOSED) for side in needs}
    own = _records([side.pk for side in needs], (), language)
    helping = {key for record in own.values() for key in targets(record, Relation.HELPED_BY)}
    offers = {row.offer.pk for rows in proposed.values() for row in rows}
    others, names = _records(offers, helping, language), names_in(language)
    return [
        _row(own[side.pk], side, proposed[side.pk], others, names, language)
        for side in needs
        if side.pk in own
    ]


def cells_of(rows: Iterable[dict[str, Any]]) -> Iterator[Sequence[Cell]]:
    """A line for each proposal and each help, one for a need without any."""
    for row in rows:
        first = [row["number"], row["title"], row["organization"], row["country"], row["needs"]]
        offered = [*row["helped"], *row["proposals"]]
        for other in offered or [{}]:
            because = " ".join(other.get("reasons", ()))
            accepted = ("yes" if other.get("note") else "no") if other else ""
            yield [*first, other.get("number", ""), other.get("organization", ""), because, accepted]


def _records(pks: Collection[int], keys: Collection[str], language: str) -> dict[int, Record]:
    """Published pledges by row, with links and the reader's titles."""
    rows = published(RecordKind.PLEDGE).filter(Q(pk__in=pks) | Q(source_key__in=keys)).order_by()
    return {row.pk: row for row in in_language(rows.prefetch_related("links"), language)}


def _row(
    record: Record,
    side: Side,
    proposed: Sequence[Proposal],
    others: dict[int, Record],
    names: Names,
    language: str,
) -> dict[str, Any]:
    accepted = targets(record, Relation.HELPED_BY)
    helping = {str(row.source_key): row for row in others.values()}
    return _named(record, language) | {
        "country": str(country_name(record.country)) if record.country else "",
        "needs": needs_in_words(side),
        "helped": [
            _named(helping[key], language) | {"note": both_say(helping[key], record)}
            for key in accepted
            if key in helping
        ],
        "proposals": [
            _named(others[row.offer.pk], language) | {"reasons": in_words(row.reasons, names)}
            for row in proposed
            if row.offer.pk in others and row.offer.key not in accepted
        ],
    }


def _named(record: Record, language: str) -> dict[str, Any]:
    title, spoken = titled(record, language)
    return {
        "number": record.public_id,
        "title": title,
        "lang": foreign(spoken, language),
        "url": record.path(language),
        "organization": record.organization.title if record.organization else "",
    }


def both_say(offer: Record, need: Record) -> str:
    """Whose word it is that one pledge helps the other."""
    said = {
        "helper": offer.organization.title if offer.organization else "–",
        "helped": need.organization.title if need.organization else "–",
    }
    return _("said by %(helper)s, confirmed by %(helped)s") % said
