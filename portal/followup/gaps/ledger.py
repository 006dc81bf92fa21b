"""What is public, as far as gaps follow from it: rows and links, as codes, for the whole room."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.db.models.fields.json import KT

from portal.common.languages import DEFAULT
from portal.consultations import page_queries
from portal.consultations.page_models import GuidingQuestionPage
from portal.consultations.page_queries import CONSULTATION_AT
from portal.matching.queries import market
from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import counted_once
from portal.publication.models import RecordLink
from portal.publication.queries import published
from portal.records.feeds import BEGINNING

KINDS = (RecordKind.INTERVENTION, RecordKind.RECOMMENDATION, RecordKind.PLEDGE)
RELATIONS = (
    Relation.ANSWERS,
    Relation.FOLLOWS,
    Relation.LEADS_TO,
    Relation.CARRIES_OUT,
    Relation.HELPED_BY,
)
# Facts of pledges and recommendations that gaps follow from.
FACTS = ("consultation", "goals", "last_report_on", "assessed")
Source = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A published record; `facts` are those of `FACTS` that it has."""

    pk: int
    key: str
    kind: str
    country: str
    type: str
    changed: datetime
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """An action of the plan in force with the keys of itself and of all above it."""

    key: str
    around: frozenset[str]
    changed: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A guiding question, and the consultation that it belongs to."""

    key: str
    consultations: frozenset[str]
    changed: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """`targets`: by relation and row what it links to. `sources`: by relation and target the country and type
    of organization of each that links to it. `above`: by key of a node its own and those above it. `valued`:
    keys of pledges of whose goals a report tells a value."""

    rows: Mapping[str, list[Row]]
    targets: Mapping[str, Mapping[int, list[str]]]
    sources: Mapping[str, Mapping[str, frozenset[Source]]]
    actions: list[Node]
    above: Mapping[str, frozenset[str]]
    questions: list[Question]
    valued: frozenset[str]
    needing: frozenset[int]

    def linked(self, relation: str, row: Row) -> list[str]:
        return self.targets[relation].get(row.pk, [])

    def nodes(self, row: Row) -> frozenset[str]:
        """The parts of plans that a pledge carries out, and all above them."""
        keys = self.linked(Relation.CARRIES_OUT, row)
        return frozenset().union(*(self.above.get(key, frozenset({key})) for key in keys))


@counted_once
def read(today: date) -> Ledger:
    """Nine queries at most and those of `market`, once a day and for each state of the public."""
    rows, nodes = _rows(), list(PlanNode.objects.select_related("framework"))
    above = _above(nodes)
    targets, sources = _links()
    return Ledger(
        rows=rows,
        targets=targets,
        sources=sources,
        actions=[_action(node, above) for node in nodes if _stands(node, today)],
        above=above,
        questions=_questions(),
        valued=_valued(),
        needing=frozenset(side.pk for side in market().needs if side.contributions),
    )


def _rows() -> dict[str, list[Row]]:
    """By kind, the newest first. One query."""
    rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    columns = ("pk", "source_key", "kind", "country", "type_code", "updated_at")
    known = published().select_related(None).filter(kind__in=KINDS)
    for pk, key, kind, country, code, changed, *told in known.values_list(
        *columns, *(KT(f"facts__{name}") for name in FACTS)
    ):
        facts = {name: str(value) for name, value in zip(FACTS, told, strict=True) if value}
        rows[kind].append(Row(pk, str(key), kind, country, code, changed, facts))
    return rows


def _links() -> tuple[dict[str, dict[int, list[str]]], dict[str, dict[str, frozenset[Source]]]]:
    """One query."""
    rows = RecordLink.objects.filter(relation__in=RELATIONS, record__state=RecordState.PUBLISHED).order_by()
    targets: dict[str, dict[int, list[str]]] = {name: defaultdict(list) for name in RELATIONS}
    sources: dict[str, dict[str, set[Source]]] = {name: defaultdict(set) for name in RELATIONS}
    for relation, target, pk, *source in rows.values_list(
        "relation", "target", "record_id", "record__country", "record__type_code"
    ):
        targets[relation][pk].append(target)
        sources[relation][target].add((source[0], source[1]))
    frozen = {name: {to: frozenset(all_) for to, all_ in by.items()} for name, by in sources.items()}
    return targets, frozen


def _above(nodes: Iterable[PlanNode]) -> dict[str, frozenset[str]]:
    by_pk = {node.pk: node for node in nodes}
    return {node.key: frozenset(_upwards(node, by_pk)) for node in by_pk.values()}


def _upwards(node: PlanNode, by_pk: Mapping[int, PlanNode]) -> Iterable[str]:
    upper: PlanNode | None = node
    seen: set[int] = set()
    while upper is not None and upper.pk not in seen:
        yield upper.key
        seen.add(upper.pk)
        upper = by_pk.get(upper.parent_id or 0)


def _stands(node: PlanNode, today: date) -> bool:
    is_retired = node.retired_on is not None and node.retired_on <= today
    return node.kind == NodeKind.ACTION and node.framework.in_force and not is_retired


def _action(node: PlanNode, above: Mapping[str, frozenset[str]]) -> Node:
    return Node(node.key, above[node.key], node.updated_at)


def _questions() -> list[Question]:
    """The public ones in the order of the site; they changed when they were last published. Three queries."""
    rows = GuidingQuestionPage.objects.filter(live=True).order_by().values_list("translation_key")
    changed = dict(rows.annotate(at=Max("last_published_at")))
    return [
        Question(
            str(page.key),
            frozenset(map(str, page.ancestors[CONSULTATION_AT : CONSULTATION_AT + 1])),
            changed.get(page.key) or BEGINNING,
        )
        for page in page_queries.questions(DEFAULT)
    ]


def _valued() -> frozenset[str]:
    """One query."""
    rows = RecordLink.objects.filter(
        relation=Relation.REPORTS_ON, record__state=RecordState.PUBLISHED, record__texts__has_key="figures"
    )
    return frozenset(rows.order_by().values_list("target", flat=True))
