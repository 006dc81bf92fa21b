"""What the public list of needs and offers shows, and its rows as a file; its view calls it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.countries import country_name
from portal.matching.queries import Market
from portal.matching.reasons import Proposal, Side, proposals
from portal.matching.words import Names, in_words, names_in, needs_in_words
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, published, targets, titled
from portal.records.trace_links import foreign
from portal.tables.codebook import Columns, Holds, Meaning
from portal.tables.writing import Cell

PROPOSED = 3
NO_OFFER = gettext_lazy("nobody has offered anything")
COLUMNS: Columns = (
    Meaning("need", gettext_lazy("Pledge whose parties lack something"), Holds.NUMBER),
    Meaning("title", gettext_lazy("Title, in the reader’s language where there is a translation")),
    Meaning(
        "organization",
        gettext_lazy("Organization that keeps it"),
        empty=gettext_lazy("no organization, or its record is withdrawn"),
    ),
    Meaning("country", gettext_lazy("Country, in words"), empty=gettext_lazy("no one country")),
    Meaning("needs", gettext_lazy("What its parties lack, in words")),
    Meaning("offer", gettext_lazy("Pledge that could help or helps"), Holds.NUMBER, empty=NO_OFFER),
    Meaning("offered_by", gettext_lazy("Organization that keeps that pledge"), empty=NO_OFFER),
    Meaning(
        "because",
        gettext_lazy("Why the two go together"),
        empty=gettext_lazy("both organizations have said so"),
    ),
    Meaning(
        "accepted",
        gettext_lazy("Whether both organizations have said that one helps the other"),
        Holds.YES_NO,
        empty=NO_OFFER,
    ),
)


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
        "organization": record.author_name,
    }


def both_say(offer: Record, need: Record) -> str:
    """Whose word it is that one pledge helps the other."""
    said = {
        "helper": offer.author_name or "–",
        "helped": need.author_name or "–",
    }
    return _("said by %(helper)s, confirmed by %(helped)s") % said
