"""The parts of a pledge as the ledger keeps them: facts are texts, several parts in one are JSON.

`projection` writes them, the public pages and the API read them.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from portal.pledges.changes import Promise
from portal.pledges.enums import PUBLIC_PARTY
from portal.pledges.parts import Goal, Party, Place, Said, goal_of

Facts = Mapping[str, Any]


def parties_as_fact(parties: Iterable[Party]) -> str:
    """Those that readers see."""
    return _json(
        {
            "organization": str(party.organization or ""),
            "name": "" if party.organization else party.name,
            "role": party.role,
            "state": party.state,
            "from_source": party.is_from_source,
        }
        for party in parties
        if party.state in PUBLIC_PARTY and not party.is_withheld
    )


def parties_in(facts: Facts) -> list[Party]:
    return [
        Party(
            role=row["role"],
            name=row["name"],
            organization=UUID(row["organization"]) if row["organization"] else None,
            state=row["state"],
            is_from_source=row["from_source"],
        )
        for row in _list(facts, "parties")
    ]


def goals_as_fact(goals: Iterable[Goal]) -> str:
    """Without the texts that are translated: those stand among the texts, in the same order."""
    return _json(
        {name: value for name, value in goal.as_json().items() if name not in ("statement", "means")}
        for goal in goals
    )


def goals_in(facts: Facts, texts: Mapping[str, Any]) -> list[Goal]:
    statements, means = list(texts.get("goals", ())), list(texts.get("means", ()))
    return [
        goal_of(row | {"statement": _at(statements, at), "means": _at(means, at)})
        for at, row in enumerate(_list(facts, "goals"))
    ]


def links_as_fact(links: Iterable[Said]) -> str:
    return _json([link.relation, link.target, link.asserted_by, link.confirmed_by] for link in links)


def links_in(facts: Facts) -> list[Said]:
    return [Said(*row) for row in _list(facts, "said")]


def places_as_fact(places: Iterable[Place]) -> str:
    """`MX:transit GT:origin`."""
    return " ".join(f"{place.country}:{place.role}" for place in places)


def places_in(facts: Facts) -> list[Place]:
    return [Place(*pair.split(":", 1)) for pair in str(facts.get("places", "")).split()]


def numbers_in(facts: Facts) -> list[str]:
    """Its own number first, then those in other lists."""
    others = str(facts.get("numbers") or "").split("; ")
    return [number for number in (str(facts.get("external_id") or ""), *others) if number]


def changes_in(facts: Facts) -> list[dict[str, str]]:
    return _list(facts, "changes")


def promise_in(facts: Facts, texts: Mapping[str, Any]) -> Promise:
    return Promise(goals_in(facts, texts), day_in(facts, "starts_on"), day_in(facts, "ends_on"))


def day_in(facts: Facts, name: str) -> date | None:
    stated = str(facts.get(name) or "")
    return date.fromisoformat(stated) if stated else None


def as_fact(rows: Iterable[Any]) -> str:
    return _json(rows)


def _json(rows: Iterable[Any]) -> str:
    told = list(rows)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def rows_in(facts: Facts, name: str) -> list[Any]:
    """What `as_fact` made of rows."""
    return _list(facts, name)


def _list(facts: Facts, name: str) -> list[Any]:
    stated = facts.get(name)
    rows: list[Any] = json.loads(stated) if stated else []
    return rows


def _at(rows: list[Any], at: int) -> str:
    return str(rows[at]) if at < len(rows) else ""
