"""What the public page of a network says; `public_views` calls it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.common.declarations import declared
from portal.common.formatting import day, number
from portal.networks.addresses import NETWORKS, list_of
from portal.networks.enums import NetworkRole
from portal.networks.member_parts import countries, said
from portal.networks.models import Network, Project
from portal.networks.queries import PublicMember, past_presidencies, public_members, public_projects
from portal.networks.words import days, in_words, is_unchecked, number_of_members
from portal.plan.models import PlanNode
from portal.plan.queries import nodes
from portal.publication.figures import one_state
from portal.publication.models import Record
from portal.records.listing import list_item
from portal.records.trace_links import foreign
from portal.records.types import Badge
from portal.taxonomy.queries import organization_type_names


def page_of(network: Network, language: str, today: date) -> dict[str, Any]:
    """The inputs of `networks/network.html`."""
    names = organization_type_names(language)
    members, projects = public_members(network, language, today), public_projects(network)
    wanted = {*network.themes, *(key for project in projects for key in project.nodes)}
    known = {node.key: node for node in nodes().filter(key__in=wanted)} if wanted else {}
    name, listed = network.name(language), list_of(network)
    return {
        "network": network,
        "name": name,
        "listed": listed,
        "badges": [Badge(*told) for told in is_unchecked(network)],
        "about": _text(network, "about", language),
        "duties": _text(network, "duties", language),
        "rows": _rows(network, language, members),
        "parts": list(_parts(members, language, names)),
        "countries": list(countries(members, network.slug, language)),
        "said": list(said(network.slug, language, names, today)) if members else [],
        "joining": _text(network, "joining", language),
        "is_open": listed is NETWORKS,
        "themes": _node_rows([known[key] for key in network.themes if key in known], language),
        "own": _node_rows(_own(network), language),
        "projects": [_project(row, known, language) for row in projects],
        "blocks": [block for block in _blocks(network, language) if block["rows"] or block.get("nothing")],
        "past": [_presided(row, language) for row in past_presidencies(network, language, today)],
        "crumbs": [{"title": listed.title, "url": listed.url()}, {"title": name}],
    }


def _blocks(network: Network, language: str) -> list[dict[str, Any]]:
    """What apps above declare as `network_blocks` of their AppConfig."""
    with one_state():
        return [block(network, language) for block in declared("network_blocks")]


def _text(network: Network, name: str, language: str) -> dict[str, str]:
    text, spoken = network.text(name, language)
    return {"text": text, "lang": foreign(spoken, language)} if text else {}


def _rows(network: Network, language: str, members: Sequence[PublicMember]) -> list[dict[str, Any]]:
    presiding = [row for row in members if row.role == NetworkRole.PRESIDENCY]
    cadence = _text(network, "cadence", language)
    checked = day(network.checked_on) if network.checked_on else ""
    return [
        {"term": _("Short name"), "value": network.acronym},
        {
            "term": NetworkRole.PRESIDENCY.label,
            "links": [
                {
                    "label": row.record.title,
                    "url": row.record.path(language),
                    "lang": _lang(row.record, language),
                }
                for row in presiding
            ],
        },
        {"term": _("How often it meets"), "value": cadence.get("text", ""), "lang": cadence.get("lang", "")},
        {"term": _("Website"), "value": network.website, "url": network.website},
        {"term": _("Members"), "value": number_of_members(len({row.record.pk for row in members}))},
        {"term": _("Facts checked on"), "value": checked},
        {"term": _("Source"), "value": network.source},
    ]


def _lang(record: Record, language: str) -> str:
    return foreign(record.language, language)


def _parts(members: Sequence[PublicMember], language: str, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    for role in NetworkRole:
        items = [
            {
                "item": list_item(row.record, language, type_names=names, with_author=False),
                "type": names.get(row.record.type_code, ""),
                "role": in_words(str(role.label), row.since),
            }
            for row in members
            if row.role == role
        ]
        if items:
            yield {"title": role.label, "items": items}


def _presided(row: PublicMember, language: str) -> dict[str, Any]:
    return {
        "label": row.record.title,
        "url": row.record.path(language),
        "lang": _lang(row.record, language),
        "note": days(row.since, row.until),
    }


def _own(network: Network) -> list[PlanNode]:
    """What the network itself recommends: the parts of its own framework."""
    return list(nodes().filter(framework__slug=network.framework)) if network.framework else []


def _node_rows(shown_nodes: Sequence[PlanNode], language: str) -> list[dict[str, Any]]:
    return [
        {
            "label": node.named(language),
            "url": node.path(language),
            "lang": foreign(node.titled(language)[1], language),
            "note": "" if node.verified else _("title not checked"),
        }
        for node in shown_nodes
    ]


def _project(row: Project, known: dict[str, PlanNode], language: str) -> dict[str, Any]:
    title, spoken = row.titled(language)
    money = f"{number(float(row.amount))} {row.currency}" if row.amount is not None else ""
    return {
        "key": str(row.key),
        "title": title,
        "lang": foreign(spoken, language),
        "state": row.get_state_display(),
        "days": days(row.starts_on, row.ends_on),
        "money": money,
        "funders": ", ".join(row.funders),
        "countries": ", ".join(country_name(code) for code in row.countries),
        "nodes": _node_rows([known[key] for key in row.nodes if key in known], language),
    }
