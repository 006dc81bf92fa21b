"""What the public pages of frameworks and nodes say; `portal.plan.public_views` calls it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.charts.region import path_of_country
from portal.common.collation import in_order
from portal.common.countries import country_name
from portal.common.declarations import declared
from portal.plan.enums import OWN_WORDS, NodeKind
from portal.plan.figures import NONE, Counts, counts, pledges_by
from portal.plan.models import PlanFramework, PlanNode, PriorityAction
from portal.plan.queries import Neighbour, keys_below, neighbours, nodes, priorities_of, unconfirmed
from portal.plan.words import UNCONFIRMED, badges, gaps, numbers, years
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import counted_once
from portal.publication.kinds import ACTION
from portal.publication.models import Record
from portal.publication.queries import in_language, keys_linking_to, linking_to, published
from portal.records.listing import list_item
from portal.records.stages import Stage, counted
from portal.records.trace import shown_around
from portal.records.trace_links import foreign, steps
from portal.records.types import Badge, record_type
from portal.taxonomy.queries import organization_type_names

SIZE = 20
PARTS = (Stage.RECOMMENDATION, Stage.PLEDGE, Stage.REPORT, Stage.REVIEW)


def section_of(
    framework: PlanFramework, rows: Sequence[PlanNode], figures: Mapping[str, Counts], language: str
) -> dict[str, Any]:
    """A framework on the list: its parts in tables, those with something below them as headings. No query."""
    title, spoken = framework.titled(language)
    below: dict[int | None, list[PlanNode]] = {}
    for node in rows:
        below.setdefault(node.parent_id, []).append(node)
    shown = {node.pk for node in rows}
    tops = [node for node in rows if node.parent_id not in shown]
    flat = [node for node in tops if node.pk not in below]
    groups: list[dict[str, Any]] = [
        _group(list(_branch(node, below, figures, language)), node_row(node, figures, language), framework)
        for node in tops
        if node.pk in below
    ]
    if flat:
        groups.append(_group([node_row(node, figures, language) for node in flat]))
    return {
        "title": title,
        "lang": foreign(spoken, language),
        "slug": framework.slug,
        "version": framework.version,
        "in_force": framework.in_force,
        "links": [row for told in declared("framework_links") for row in told(framework, language)],
        "groups": groups,
    }


def _group(
    rows: list[dict[str, Any]], node: dict[str, Any] | None = None, framework: PlanFramework | None = None
) -> dict[str, Any]:
    """Rows below a node with its place on the page. `is_unchecked` says of all titles what rows need not."""
    told = [*rows, node] if node else rows
    return {
        "node": node,
        "anchor": f"{framework.slug}-{node['code']}" if node and framework else "",
        "rows": rows,
        "is_unchecked": not any(row["is_checked"] for row in told),
    }


def _branch(
    node: PlanNode,
    below: Mapping[int | None, Sequence[PlanNode]],
    figures: Mapping[str, Counts],
    language: str,
) -> Iterable[dict[str, Any]]:
    for child in below.get(node.pk, ()):
        yield node_row(child, figures, language)
        yield from _branch(child, below, figures, language)


def node_row(node: PlanNode, figures: Mapping[str, Counts], language: str) -> dict[str, Any]:
    """A node in a table or list, with its counts. No query."""
    _title, spoken = node.titled(language)
    return {
        "code": node.code,
        "title": node.named(language),
        "lang": foreign(spoken, language),
        "url": node.path(language),
        "is_checked": node.verified,
        "counts": figures.get(node.key, NONE),
    }


def page_of(node: PlanNode, language: str) -> dict[str, Any]:
    """The inputs of `plan/node.html`; apps above declare blocks as `plan_blocks` of their AppConfig.

    A block has a `template` of its own, or the inputs of `records/linked.html`; one that `is_first` stands
    above the lists.

    The same number of queries however much hangs on the node.
    """
    figures = counts()
    own = figures.get(node.key, NONE)
    title, spoken = node.titled(language)
    names = organization_type_names(language)
    below = [node_row(child, figures, language) for child in nodes().filter(parent=node)]
    near = neighbours(node)
    keys = keys_below(node) if below else [node.key]
    relation, targets = _pledges_by(node, keys)
    behind = _behind(relation, *targets)
    pledged = _pledged(relation, targets, behind, language, names)
    trace = {} if below else shown_around(ACTION, node.key, language)
    return {
        "node": node,
        "title": title,
        "lang": foreign(spoken, language),
        "eyebrow": _eyebrow(node, language),
        "badges": badges(node),
        "crumbs": _crumbs(node, language),
        "rows": _facts(node, language),
        "numbers": numbers(own),
        "gaps": gaps(node, own),
        "below": below,
        "parts": [_recommendations(keys, language, names), *pledged],
        "blocks": [
            told
            for block in declared("plan_blocks")
            if (told := block(node, language))["rows"] or told.get("add")
        ],
        "countries": _countries(behind, language),
        "near": [_near(row, language) for row in near],
        "steps": steps(trace, Stage.PLAN_ACTION, language, PARTS) if trace else [],
        "api": f"/api/v1/actions/{node.key}?ui={language}",
    }


def _eyebrow(node: PlanNode, language: str) -> list[str]:
    """The code of an outcome is no number but a word of one language."""
    code = [] if node.kind == NodeKind.OUTCOME else [node.code]
    return [str(node.get_kind_display()), *code, node.framework.title(language)]


def _crumbs(node: PlanNode, language: str) -> list[dict[str, str]]:
    every = reverse("plan:list")
    framework = f"{every}#{node.framework.slug}"
    above = node.parent
    return [
        {"title": _("Plan of action"), "url": every},
        {"title": node.framework.title(language), "url": framework},
        *([{"title": above.named(language), "url": above.path(language)}] if above else []),
        {"title": node.title(language)},
    ]


def _of_cycle(row: PriorityAction) -> str:
    told = years(row.cycle)
    return _("%(years)s (carried over)") % {"years": told} if row.is_carried_over else told


def _facts(node: PlanNode, language: str) -> list[dict[str, Any]]:
    """One query."""
    above = node.parent
    first = [_of_cycle(row) for row in priorities_of(node)]
    parents = [{"label": above.named(language), "url": above.path(language), "lang": ""}] if above else []
    return [
        {"term": _("Stands below"), "links": parents},
        {"term": _("Goes first in"), "value": ", ".join(first)},
        {
            "term": _("Source of the title"),
            "value": _(OWN_WORDS) if node.source == OWN_WORDS else node.source,
        },
        {"term": _("Key"), "value": node.key},
    ]


def _recommendations(keys: Sequence[str], language: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Three queries. Nothing else leads to actions; asked for by kind, SQLite would read all of the kind."""
    rows = linking_to(Relation.LEADS_TO, keys)
    newest = list(in_language(rows, language)[: SIZE + 1])
    waiting = unconfirmed(keys, newest)
    return {
        "anchor": Stage.RECOMMENDATION.value,
        "title": _("Recommendations behind it"),
        "items": [_item(row, language, names, row.pk in waiting) for row in newest[:SIZE]],
        "all": _all(RecordKind.RECOMMENDATION, "action", keys, language) if newest[SIZE:] else "",
    }


def _item(record: Record, language: str, names: Mapping[str, str], is_waiting: bool) -> dict[str, Any]:
    item = list_item(record, language, type_names=names)
    marks = (Badge(UNCONFIRMED, "warn"),) if is_waiting else ()
    return {
        "title": item.title,
        "url": item.url,
        "lang": item.lang,
        "meta": item.meta,
        "badges": (*marks, *item.badges),
        "excerpt": item.excerpt,
    }


@dataclass(frozen=True, slots=True)
class _Behind:
    """The newest pledges and reports behind a node, by row and one more than a page names; where they are."""

    pledges: tuple[int, ...]
    reports: tuple[int, ...]
    countries: dict[str, int]


@counted_once
def _behind(relation: str, *targets: str) -> _Behind:
    """Four queries, once for each state of the public; again without the kinds."""
    pledges = linking_to(relation, targets)
    reports = linking_to(Relation.REPORTS_ON, keys_linking_to(relation, targets))
    countries = pledges.exclude(country="").order_by().values_list("country")
    return _Behind(_newest(pledges), _newest(reports), dict(countries.annotate(number=Count("pk"))))


def _newest(rows: QuerySet[Record]) -> tuple[int, ...]:
    return tuple(rows.values_list("pk", flat=True)[: SIZE + 1])


def _pledged(
    relation: str, targets: Sequence[str], behind: _Behind, language: str, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The pledges and what is reported on them. Two queries."""
    rows = in_language(published().filter(pk__in=(*behind.pledges, *behind.reports)), language)
    items: dict[str, list[Any]] = {RecordKind.PLEDGE: [], RecordKind.REPORT: []}
    now = timezone.now()
    for row in rows:
        items[row.kind].append(list_item(row, language, type_names=names, badges_at=now))
    pledges, reports = items.values()
    filtered = "outcome" if relation == Relation.SERVES else "action"
    return [
        {
            "anchor": Stage.PLEDGE.value,
            "title": _("Pledges"),
            "items": pledges[:SIZE],
            "all": _all(RecordKind.PLEDGE, filtered, targets, language) if pledges[SIZE:] else "",
        },
        {
            "anchor": Stage.REPORT.value,
            "title": _("Progress reports"),
            "items": reports[:SIZE],
            "all": _all(RecordKind.REPORT, filtered, targets, language) if reports[SIZE:] else "",
        },
    ]


def _pledges_by(node: PlanNode, keys: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Pledges name an outcome by its code, other nodes by their key."""
    relation, target = pledges_by(node)
    return relation, [target] if relation == Relation.SERVES else keys


def _countries(behind: _Behind, language: str) -> list[dict[str, Any]]:
    """The countries of its pledges, most pledges first."""
    named = in_order(behind.countries.items(), lambda row: country_name(row[0]), language)
    rows = sorted(named, key=lambda row: row[1], reverse=True)
    return [
        {
            "label": country_name(code),
            "url": path_of_country(code, language),
            "badge": counted(Stage.PLEDGE, number),
        }
        for code, number in rows
    ]


def _near(row: Neighbour, language: str) -> dict[str, Any]:
    _title, spoken = row.node.titled(language)
    return {
        "relation": row.kind.label,
        "label": row.node.named(language),
        "url": row.node.path(language),
        "lang": foreign(spoken, language),
        "framework": row.node.framework.title(language),
    }


def _all(kind: str, name: str, values: Sequence[str], language: str) -> str:
    """The list of all of them; lists are asked for one node at a time."""
    return f"{record_type(kind).address(language)}?{urlencode({name: values[0]})}" if len(values) == 1 else ""
