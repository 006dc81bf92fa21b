"""How many recommendations, pledges and reports stand behind each node; pages, exports and API read it.

A node counts what is linked to it or to any node below it, each thing once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.publication.enums import RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import count_linking


@dataclass(frozen=True, slots=True)
class Counts:
    """Of published things only. `unchanged` are those of the reports that say that nothing has changed."""

    recommendations: int = 0
    pledges: int = 0
    reports: int = 0
    unchanged: int = 0


NONE = Counts()
# Row and key of each record, by what it links to.
Pairs = set[tuple[int, str]]
Linked = defaultdict[str, Pairs]


def pledges_by(node: PlanNode) -> tuple[str, str]:
    """The relation by which pledges name the node, and what they call it: outcomes go by their code."""
    if node.kind == NodeKind.OUTCOME:
        return Relation.SERVES, node.code
    return Relation.CARRIES_OUT, node.key


@counted_once
def counts() -> dict[str, Counts]:
    """By key, of nodes behind which there is something. Six queries, once for each state of the public.

    A report is on one pledge, so that the reports of each pledge are added up.
    """
    nodes = list(PlanNode.objects.select_related(None).order_by())
    outcomes = {node.code: node.key for node in nodes if node.kind == NodeKind.OUTCOME}
    recommendations = _linked(Relation.LEADS_TO)
    pledges = _linked(Relation.CARRIES_OUT)
    for code, pairs in _linked(Relation.SERVES).items():
        if code in outcomes:
            pledges[outcomes[code]] |= pairs
    reports = count_linking(Relation.REPORTS_ON)
    unchanged = count_linking(Relation.REPORTS_ON, record__facts__unchanged="yes")
    keys = {node.pk: node.key for node in nodes}
    for gathered in (recommendations, pledges):
        _roll_up(gathered, nodes, keys)
    return {
        node.key: _counts(recommendations[node.key], pledges[node.key], reports, unchanged)
        for node in nodes
        if recommendations[node.key] or pledges[node.key]
    }


def _counts(
    recommendations: Pairs, pledges: Pairs, reports: Mapping[str, int], unchanged: Mapping[str, int]
) -> Counts:
    keys = [key for _pk, key in pledges]
    return Counts(
        len(recommendations),
        len(pledges),
        sum(reports.get(key, 0) for key in keys),
        sum(unchanged.get(key, 0) for key in keys),
    )


def _linked(relation: str) -> Linked:
    """What published records say by a relation: by target the row and key of each. One query."""
    rows = RecordLink.objects.filter(relation=relation, record__state=RecordState.PUBLISHED).order_by()
    pairs: Linked = defaultdict(set)
    for target, pk, key in rows.values_list("target", "record_id", "record__source_key"):
        pairs[target].add((pk, str(key)))
    return pairs


def _roll_up(gathered: Linked, nodes: Iterable[PlanNode], keys: dict[int, str]) -> None:
    """What hangs on a node hangs on all above it, too."""
    above = {node.key: keys.get(node.parent_id or 0, "") for node in nodes}
    own = {key: frozenset(pairs) for key, pairs in gathered.items() if key in above}
    for key, pairs in own.items():
        upper, seen = above[key], {key}
        while upper and upper not in seen:
            gathered[upper] = gathered[upper] | pairs
            seen.add(upper)
            upper = above.get(upper, "")
