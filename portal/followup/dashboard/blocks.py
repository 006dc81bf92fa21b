"""Figures of the pledges behind a network and behind a part of a plan; the app's configuration declares them.

Each number leads to the list of as many pledges: the addresses carry the filter that says the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.charts.plots import Name
from portal.common.formatting import number
from portal.followup.dashboard.counting import number_of
from portal.followup.dashboard.scope import Scope, scope_of_rows
from portal.followup.dashboard.totals import Part, Total, key_row, totals
from portal.networks.enums import NetworkKind
from portal.networks.models import Network
from portal.networks.queries import members_with_pledges
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.pledges.filters import kept_by_members
from portal.pledges.standing import Standing, standings
from portal.publication.enums import RecordKind, Relation
from portal.publication.figures import one_state
from portal.publication.queries import published
from portal.records.stages import Stage, counted, with_unchanged

TEMPLATE = "followup/of_figures.html"
SAID = ("claimed_fulfilled", "complete", "silent")


def of_members(network: Network, language: str) -> dict[str, Any]:
    """What the members of today promised and what became of it. Three queries."""
    today = timezone.now().date()
    with one_state():
        passing = kept_by_members(published(RecordKind.PLEDGE), "", network.slug)
        scope = scope_of_rows(passing, language, chosen={"network": network.slug})
        members = members_with_pledges(network.slug, today)
        rows = list(_of_pledges(scope, _by_members(*members))) if scope.rows else []
    more = f"/{language}/follow-up/?mechanism={network.slug}"
    return _block(scope, rows) | {
        "title": _("Pledges of its members"),
        "nothing": _("None of its members keeps a public pledge.") if members[1] else "",
        "also": more if network.kind == NetworkKind.MECHANISM else "",
    }


def of_node(node: PlanNode, language: str) -> dict[str, Any]:
    """What became of the pledges that carry it out; nothing without any. One query."""
    with one_state():
        scope = _scope_on(node, language)
        rows = list(_on_node(scope, node)) if scope.rows else []
    return _block(scope, rows) | {"title": _("What became of its pledges"), "is_first": True}


def _block(scope: Scope, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "template": TEMPLATE,
        "anchor": "figures",
        "rows": rows,
        "dashboard": f"/{scope.language}/follow-up/{scope.query}",
    }


def _by_members(keeping: int, members: int) -> str:
    told = ngettext("by %(number)s of %(whole)s member", "by %(number)s of %(whole)s members", members)
    return told % {"number": number(keeping), "whole": number(members)}


def _of_pledges(scope: Scope, note: str) -> Iterator[dict[str, Any]]:
    """Pledges and those with a report, then what the dashboard says of them."""
    of_all = _("of %(number)s published") % {"number": number(len(standings()))}
    yield {
        "value": number(len(scope.rows)),
        "label": _("pledges"),
        "url": scope.pledges(),
        "notes": [of_all, note] if note else [of_all],
    }
    yield _reported(scope)
    by_code = {each.name.code: each for each in totals(scope)}
    yield from (key_row(by_code[code]) for code in SAID)


def _reported(scope: Scope) -> dict[str, Any]:
    """How many pledges anybody reported on, and how many reports that makes."""
    reported = number_of(scope.rows, lambda row: row.is_reported)
    active = [row for row in scope.rows if row.is_active]
    told = number_of(active, lambda row: row.is_reported)
    parts = (
        Part("active", told, len(active), _("%(number)s of %(whole)s active")),
        Part("published", reported, len(scope.rows), _("%(number)s of %(whole)s published")),
    )
    name = Name("reported", _("with a report"), scope.pledges(reported="yes"))
    row = key_row(Total(name, reported, parts))
    reports = sum(each.reports for each in scope.rows)
    unchanged = sum(each.reports_unchanged for each in scope.rows)
    row["notes"].append(with_unchanged(counted(Stage.REPORT, reports), unchanged, unchanged))
    return row


def _on_node(scope: Scope, node: PlanNode) -> Iterator[dict[str, Any]]:
    countries = len({row.country for row in scope.rows} - {"", "XX"})
    told = ngettext("from %(number)s country", "from %(number)s countries", countries)
    yield from _of_pledges(scope, told % {"number": number(countries)} if countries else "")
    if below := (scope.plan.below(node.key) & set(scope.plan.actions)) - {node.key}:
        yield key_row(_actions(scope, below))


def _actions(scope: Scope, below: frozenset[str]) -> Total:
    """Of the actions below it those that a pledge carries out."""
    covered = {action for row in scope.rows for action in row.actions} & below
    first = scope.first & below
    parts = (
        Part("first", len(covered & first), len(first), _("%(number)s of %(whole)s that go first")),
        Part("below", len(covered), len(below), _("%(number)s of %(whole)s below it")),
    )
    return Total(Name("actions", _("actions with a pledge"), "#below"), len(covered), parts)


def _scope_on(node: PlanNode, language: str) -> Scope:
    """Those that name the node or anything below it."""
    every = scope_of_rows(None, language, chosen=_filter_of(node))
    reach = every.plan.below(node.key)

    def is_on(row: Standing) -> bool:
        if node.kind == NodeKind.OUTCOME:
            return node.code in row.linked.get(Relation.SERVES, ())
        return bool(row.actions & reach)

    return replace(every, rows=tuple(row for row in every.rows if is_on(row)))


def _filter_of(node: PlanNode) -> Mapping[str, str]:
    """The filter of pledges that says the same."""
    if node.kind == NodeKind.OUTCOME:
        return {"outcome": node.code}
    return {"action" if node.kind == NodeKind.ACTION else "line": node.key}
