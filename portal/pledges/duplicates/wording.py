"""Pairs of pledges in words: what speaks for their being one, both sides beside each other; views ask."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.common.formatting import day
from portal.pledges import public_facts
from portal.pledges.duplicate_models import PledgePair
from portal.pledges.enums import PairDecision, PledgeKind
from portal.pledges.models import Pledge
from portal.pledges.page_parts import money
from portal.pledges.parts import Party, figure
from portal.pledges.public_targets import records_of_keys
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.records.trace_links import foreign
from portal.submissions.states import SubmissionState

SIGNALS: dict[str, Callable[[], str]] = {
    "same_number": lambda: _("The same number"),
    "same_digits": lambda: _("The same digits in the numbers of two lists"),
    "same_lead": lambda: _("The same organization keeps both"),
    "lead_is_party": lambda: _("Who keeps one is a party of the other"),
    "alike_lead": lambda: _("The names of the organizations are alike"),
    "shared_party": lambda: _("A party in common"),
    "same_place": lambda: _("The same countries"),
    "same_days": lambda: _("The same days"),
    "same_year": lambda: _("The same forum"),
    "same_amount": lambda: _("The same amount of money"),
    "same_figures": lambda: _("The same figures"),
    "rare_figure": lambda: _("A figure that few have"),
    "alike_text": lambda: _("Alike in words: %(percent)d %%"),
    "alike_across": lambda: _("Alike in two languages: %(percent)d %%"),
    "other_organizations": lambda: _("No organization in common"),
    "other_place": lambda: _("Other countries"),
    "other_days": lambda: _("Other days"),
    "other_year": lambda: _("Another forum"),
    "other_amount": lambda: _("Another amount of money"),
    "other_figures": lambda: _("Other figures"),
}
AGAINST = "other_"


def signals_in_words(pair: PledgePair) -> dict[str, list[str]]:
    """What speaks for it and what against, each in the order of the table."""
    told: dict[str, list[str]] = {"pro": [], "contra": []}
    for name, word in SIGNALS.items():
        if value := pair.signals.get(name):
            text = word()
            side = "contra" if name.startswith(AGAINST) else "pro"
            told[side].append(text % {"percent": round(100 * value)} if "percent" in text else text)
    return told


def records_of(pairs: Sequence[PledgePair]) -> dict[UUID, Record]:
    """The public records of both sides. One query."""
    keys = {key for pair in pairs for key in (pair.one.key, pair.other.key)}
    return {row.source_key: row for row in published(RecordKind.PLEDGE).filter(source_key__in=keys)}


def party_names(records: Sequence[Record]) -> dict[str, str]:
    """Names of public organizations by key. One query."""
    parties = (party for record in records for party in public_facts.parties_in(record.facts))
    keys = {party.organization for party in parties if party.organization}
    return {key: row.title for key, row in records_of_keys(RecordKind.ORGANIZATION, keys).items()}


def beside(one: Record, other: Record, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What either side says, a row for each thing; `differs` where they do not say the same."""
    told = zip(_told(one, names), _told(other, names), strict=True)
    return [
        {"term": term, "values": [left, right], "differs": left != right}
        for (term, left), (_same, right) in told
        if left or right
    ]


def heads(one: Record, other: Record, language: str) -> list[dict[str, Any]]:
    return [
        {
            "number": row.public_id,
            "called": row.public_id,
            "title": row.title,
            "url": row.path(language),
            "lang": foreign(row.language, language),
            "organization": row.author_name,
            "text": row.texts.get("description", ""),
        }
        for row in (one, other)
    ]


def decided_rows(pairs: Sequence[PledgePair]) -> list[dict[str, Any]]:
    """Each with the number and public title of both sides. One query."""
    keys = {key for pair in pairs for key in (pair.one.key, pair.other.key)}
    rows = Record.objects.filter(kind=RecordKind.PLEDGE, source_key__in=keys)
    records = {row.source_key: row for row in rows}
    return [
        {
            "pair": pair,
            "decision": PairDecision(pair.decision).label,
            "sides": [_named(side, records) for side in (pair.one, pair.other)],
            "kept": _named(pair.survivor, records) if pair.survivor else None,
        }
        for pair in pairs
    ]


def _named(pledge: Pledge, records: Mapping[UUID, Record]) -> dict[str, str]:
    """A title that is public, or was until it was merged; nothing of a text that is being written."""
    record = records[pledge.key]
    title = pledge.title if pledge.state == SubmissionState.MERGED else record.title
    return {"number": record.public_id, "title": title, "lang": record.language}


def _told(record: Record, names: Mapping[str, str]) -> list[tuple[str, str]]:
    facts = record.facts
    numbers = (facts.get("external_id"), facts.get("numbers"))
    kind = str(facts.get("pledge_kind") or PledgeKind.INDIVIDUAL)
    places = {record.country, *(place.country for place in public_facts.places_in(facts))} - {""}
    return [
        (_("Numbers in other lists"), "; ".join(str(each) for each in numbers if each)),
        (_("Pledging"), record.author_name),
        (_("Parties"), " · ".join(_name(row, names) for row in public_facts.parties_in(facts))),
        (_("Kind"), str(PledgeKind(kind).label) if kind in PledgeKind.values else ""),
        (_("Countries it concerns"), " · ".join(country_name(code) for code in sorted(places))),
        (_("Global Refugee Forum"), str(facts.get("forum") or "")),
        (_("First day"), _day(record, "starts_on")),
        (_("Last day"), _day(record, "ends_on")),
        (_("Amount of money"), money(record)),
        (_("Goals"), _goals(record)),
    ]


def _name(party: Party, names: Mapping[str, str]) -> str:
    return names.get(str(party.organization), "") if party.organization else party.name


def _day(record: Record, name: str) -> str:
    stated = public_facts.day_in(record.facts, name)
    return day(stated) if stated else ""


def _goals(record: Record) -> str:
    rows = public_facts.goals_in(record.facts, record.texts)
    return " · ".join(f"{row.statement} {figure(row.target)} {row.unit}".strip() for row in rows)
