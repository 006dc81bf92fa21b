"""What a pledge's page says of its parties, goals, links and changes; `records` declares it."""

from typing import Any

from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.common.formatting import day, number
from portal.pledges import public_facts
from portal.pledges.enums import (
    Contribution,
    Disaggregation,
    PartyRole,
    PartyState,
    PlaceRole,
    PledgeKind,
    Voice,
)
from portal.pledges.parts import Goal, Party, figure
from portal.pledges.public_targets import records_of_keys
from portal.pledges.smart import checklist
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import linking_to, published, targets, titled
from portal.records.listing import organization_links
from portal.records.stages import Stage
from portal.records.trace_links import foreign, link_to
from portal.records.types import Shown

NAMED = 20
CHANGED = {
    "starts_on": lambda: _("First day"),
    "ends_on": lambda: _("Last day"),
    "target": lambda: _("Target"),
    "baseline": lambda: _("Baseline"),
    "due_on": lambda: _("To be reached by"),
    "goal": lambda: _("Goal that was dropped"),
}


def labels(choices: Any, codes: str) -> str:
    known = dict(choices)
    return " · ".join(str(known[code]) for code in codes.split() if code in known)


def money(record: Record) -> str:
    """In its own currency, as it was promised."""
    stated = str(record.facts.get("amount") or "")
    return f"{number(float(stated))} {record.facts.get('currency', '')}" if stated else ""


def frame_rows(shown: Shown) -> list[dict[str, Any]]:
    """Kind, days, money, countries: what of it there is."""
    record = shown.record
    places = [
        f"{country_name(place.country)} ({PlaceRole(place.role).label})"
        for place in public_facts.places_in(record.facts)
    ]
    days = {name: public_facts.day_in(record.facts, name) for name in ("starts_on", "ends_on")}
    kind = str(record.facts.get("pledge_kind") or PledgeKind.INDIVIDUAL)
    return [
        {"term": _("Kind"), "value": PledgeKind(kind).label if kind in PledgeKind.values else ""},
        {"term": _("Part of"), "links": _umbrella(shown)},
        {"term": _("Countries it concerns"), "value": " · ".join(places)},
        {"term": _("Carries out"), "links": [link_to(row, shown.language) for row in _actions(shown)]},
        {
            "term": _("The parties bring"),
            "value": labels(Contribution.choices, str(record.facts.get("contributions", ""))),
        },
        {
            "term": _("The parties need"),
            "value": labels(Contribution.choices, str(record.facts.get("needs", ""))),
        },
        {"term": _("Amount of money"), "value": money(record)},
        {"term": _("First day"), "value": day(days["starts_on"]) if days["starts_on"] else ""},
        {"term": _("Last day"), "value": day(days["ends_on"]) if days["ends_on"] else ""},
        {"term": _("Numbers in other lists"), "value": record.facts.get("numbers", "")},
    ]


def parties(shown: Shown) -> dict[str, Any]:
    """The organization that keeps the pledge, then the others, each with its role and whose word it is."""
    record = shown.record
    named = public_facts.parties_in(record.facts)
    keys = [party.organization for party in named if party.organization]
    known = records_of_keys(RecordKind.ORGANIZATION, keys)
    keeper = organization_links(record, shown.language)
    rows = [
        _party_row(party, known.get(str(party.organization)), keeper, shown.language)
        for party in named
        if not party.organization or str(party.organization) in known
    ]
    if rows:
        rows = [row | {"note": _("keeps this pledge")} for row in keeper] + rows
    return {"anchor": "parties", "title": _("Parties"), "rows": rows, "nothing": ""}


def _party_row(
    party: Party, record: Record | None, keeper: list[dict[str, Any]], language: str
) -> dict[str, Any]:
    role = PartyRole(party.role).label
    note = _("%(role)s, %(word)s") % {"role": role, "word": party_word(party, keeper)}
    if record is None:
        return {"label": party.name, "note": note}
    return {
        "label": record.title,
        "url": record.path(language),
        "lang": foreign(record.language, language),
        "note": note,
    }


def party_word(party: Party, keeper: list[dict[str, Any]]) -> str:
    """Whose word it is that this is a party."""
    if party.state == PartyState.CONFIRMED:
        return _("confirmed")
    if party.is_from_source or not keeper:
        return _("named by the source")
    return _("named by %(organization)s, not confirmed") % {"organization": keeper[0]["label"]}


def goals(shown: Shown) -> dict[str, Any]:
    lang = foreign(shown.reading.language, shown.language)
    told = public_facts.goals_in(shown.record.facts, shown.reading.texts)
    return {
        "lang": lang,
        "goals": [{"statement": goal.statement, "rows": goal_rows(goal, lang)} for goal in told],
    }


def goal_rows(goal: Goal, lang: str) -> list[dict[str, Any]]:
    """Inputs of `components/summary_table.html`: the same terms in the same order for every goal."""
    baseline = f"{figure(goal.baseline)} {goal.unit}" if goal.baseline is not None else ""
    if baseline and goal.baseline_year:
        baseline = _("%(figure)s in %(year)d") % {"figure": baseline, "year": goal.baseline_year}
    return [
        {"term": _("Baseline"), "value": baseline},
        {"term": _("No baseline, because"), "value": goal.no_baseline_because, "lang": lang},
        {
            "term": _("Target"),
            "value": f"{figure(goal.target)} {goal.unit}" if goal.target is not None else "",
        },
        {"term": _("To be reached by"), "value": day(goal.due_on) if goal.due_on else ""},
        {"term": _("How one can see it"), "value": goal.means, "lang": lang},
        {
            "term": _("Told apart by"),
            "value": labels(Disaggregation.choices, " ".join(goal.disaggregations)),
        },
    ]


def stated(shown: Shown) -> dict[str, Any]:
    """What the pledge states, and what it leaves open."""
    facts = shown.record.facts
    told = checklist(
        public_facts.goals_in(facts, shown.record.texts),
        ends_on=public_facts.day_in(facts, "ends_on"),
        has_place=bool(facts.get("places") or shown.record.country),
        has_money=bool(facts.get("contributions") or facts.get("amount")),
        has_action=bool(targets(shown.record, Relation.CARRIES_OUT)),
    )
    return {"stated": told.stated, "left_open": told.left_open}


def changes(shown: Shown) -> dict[str, Any]:
    """Every change of a target, a baseline or a day, the last one first."""
    rows = [
        {
            "on": day(on) if (on := public_facts.day_in(row, "on")) else "",
            "what": CHANGED[row["what"]]() if row["what"] in CHANGED else row["what"],
            "goal": row.get("goal", ""),
            "old": row["old"],
            "new": row["new"],
            "reason": row.get("reason", ""),
        }
        for row in reversed(public_facts.changes_in(shown.record.facts))
    ]
    return {"rows": rows, "lang": foreign(shown.record.language, shown.language)}


def said_by(shown: Shown) -> dict[str, Any]:
    """Who says that it carries out an action or takes up a recommendation, and who agrees."""
    links = {row.id: row for stage in (Stage.PLAN_ACTION, Stage.RECOMMENDATION) for row in shown.trace[stage]}
    said = public_facts.links_in(shown.record.facts)
    keys = [link.target for link in said if link.relation == Relation.TAKES_UP]
    known = records_of_keys(RecordKind.RECOMMENDATION, keys)
    rows = []
    for link in said:
        record = known.get(link.target)
        row = links.get(record.public_id if record else link.target)
        if row is not None:
            rows.append(link_to(row, shown.language) | {"note": _said(link.asserted_by, link.confirmed_by)})
    return {"anchor": "said", "title": _("Who says what it is linked to"), "rows": rows, "nothing": ""}


def _said(asserted_by: str, confirmed_by: str) -> str:
    voice = Voice(asserted_by).label
    if not confirmed_by:
        return _("said by %(voice)s") % {"voice": voice}
    return _("said by %(voice)s, confirmed by %(other)s") % {
        "voice": voice,
        "other": Voice(confirmed_by).label,
    }


def members(shown: Shown) -> dict[str, Any]:
    """The pledges that are part of an umbrella pledge, each once."""
    title = _("Pledges that are part of it")
    if shown.record.facts.get("pledge_kind") != PledgeKind.UMBRELLA:
        return {"anchor": "part", "title": title, "rows": [], "nothing": ""}
    rows = linking_to(Relation.PART_OF, [shown.record.source_key]).prefetch_related("translations")
    number_of_rows = rows.count()
    links = [_pledge_row(row, shown.language) for row in rows[:NAMED]]
    if number_of_rows > NAMED:
        every = f"/{shown.language}/pledges/?part_of={shown.record.public_id}"
        told = _("All %(number)s pledges") % {"number": number_of_rows}
        links.append({"label": told, "url": every})
    return {"anchor": "part", "title": title, "rows": links, "nothing": _("No pledge is part of it yet.")}


def related(shown: Shown) -> dict[str, Any]:
    """Pledges that have to do with it, as the secretariat says; none that is not public."""
    keys = targets(shown.record, Relation.RELATED)
    rows = published(RecordKind.PLEDGE).filter(source_key__in=keys).prefetch_related("translations")
    links = [_pledge_row(row, shown.language) for row in rows[:NAMED]] if keys else []
    return {"anchor": "related", "title": _("Related pledges"), "rows": links, "nothing": ""}


def _pledge_row(record: Record, language: str) -> dict[str, Any]:
    title, spoken = titled(record, language)
    author = record.author_in(language)
    return {"label": title, "url": record.path(language), "lang": foreign(spoken, language), "note": author}


def party_to(shown: Shown) -> dict[str, Any]:
    """On an organization's page: the pledges of others that it is a party of, with its role."""
    key = str(shown.record.source_key)
    rows = linking_to(Relation.PARTY, [key]).prefetch_related("translations")[: NAMED + 1]
    links = [_pledge_row(row, shown.language) | {"note": _role_in(row, key)} for row in rows]
    if len(links) > NAMED:
        every = f"/{shown.language}/pledges/?party={shown.record.public_id}"
        links[NAMED:] = [{"label": _("All of them"), "url": every}]
    return {
        "anchor": "party",
        "title": _("Pledges of others it is a party of"),
        "rows": links,
        "nothing": _("It is no party of a pledge of another organization."),
    }


def _role_in(record: Record, key: str) -> str:
    for party in public_facts.parties_in(record.facts):
        if str(party.organization) == key:
            keeper = [{"label": record.author_name}] if record.author_name else []
            told = {"role": PartyRole(party.role).label, "word": party_word(party, keeper)}
            return _("%(role)s, %(word)s") % told
    return ""


def _umbrella(shown: Shown) -> list[dict[str, Any]]:
    keys = targets(shown.record, Relation.PART_OF)
    rows = records_of_keys(RecordKind.PLEDGE, keys).values()
    return [
        {"label": row.title, "url": row.path(shown.language), "lang": foreign(row.language, shown.language)}
        for row in rows
    ]


def _actions(shown: Shown) -> Any:
    own = set(targets(shown.record, Relation.CARRIES_OUT))
    return [row for row in shown.trace[Stage.PLAN_ACTION] if row.id in own]
