"""Where the declared edges between records lead, step by step; `trace` names what they lead to.

Each way takes one query for each step of the chain, however much hangs together; a trace never turns round,
so that it does not spread to what else hangs on a question. Only what is public is gone through.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from portal.publication.enums import RecordState
from portal.publication.kinds import ACTION, CODE, QUESTION, WHOLE, Edge
from portal.publication.models import Record, RecordLink
from portal.records.types import RecordType, record_type, record_types

# What edges lead to: kind and key of a record, QUESTION and the key of a page, ACTION and its key, WHOLE and
# its code.
Node = tuple[str, str]


@dataclass(slots=True)
class Visited:
    """What a trace has met, each once and in order: records by row, questions, wholes and actions by key.

    `direct` are the rows that name what the trace went down from.
    """

    rows: dict[int, Node] = field(default_factory=dict)
    questions: dict[str, None] = field(default_factory=dict)
    actions: dict[str, None] = field(default_factory=dict)
    wholes: dict[str, None] = field(default_factory=dict)
    direct: set[int] = field(default_factory=set)

    def add_keys(self, nodes: Iterable[Node]) -> None:
        """Those of the nodes that are no records."""
        for kind, key in nodes:
            if kind == QUESTION:
                self.questions[key] = None
            elif kind == ACTION:
                self.actions[key] = None
            elif kind == WHOLE:
                self.wholes[key] = None


def trace_up(nodes: Iterable[Node], visited: Visited) -> None:
    """From what a record names to what that names, and from actions to what leads there. One query a step."""
    wanted = dict.fromkeys(nodes)
    while wanted:
        visited.add_keys(wanted)
        keys = _by_kind(wanted)
        keys.pop(QUESTION, None)
        keys.pop(WHOLE, None)
        asked = [_leading_to(keys.pop(ACTION))] if ACTION in keys else []
        asked += [Q(kind=kind, source_key__in=each) for kind, each in keys.items()]
        wanted = dict.fromkeys(read(reduce(or_, asked), visited)) if asked else {}


def _leading_to(actions: Collection[str]) -> Q:
    """Records with a later link to any of the actions."""
    relations = {edge.relation for known in record_types() for edge in known.edges if edge.is_later}
    links = RecordLink.objects.filter(relation__in=relations, target__in=actions).order_by()
    return Q(pk__in=links.values("record"))


def trace_down(nodes: Collection[Node], visited: Visited) -> None:
    """From things to what names them, and to what came of them later.

    One query a step, the last one finds nothing.
    """
    wanted, is_first = list(nodes), True
    while wanted:
        keys = _by_kind(wanted)
        asked = [
            each for known in record_types() for edge in known.edges if (each := _below(known, edge, keys))
        ]
        if not asked:
            return
        rows = RecordLink.objects.filter(reduce(or_, asked), record__state=RecordState.PUBLISHED).order_by()
        fresh: dict[Node, None] = {}
        for pk, kind, key, relation, target in rows.values_list(
            "record_id", "record__kind", "record__source_key", "relation", "target"
        ):
            if relation in record_type(kind).later:
                if target not in visited.actions:
                    fresh[ACTION, target] = None
                continue
            if is_first:
                visited.direct.add(pk)
            if pk not in visited.rows:
                visited.rows[pk] = (kind, str(key))
                fresh[kind, str(key)] = None
        visited.add_keys(fresh)
        wanted, is_first = list(fresh), False


def _below(known: RecordType, edge: Edge, keys: Mapping[str, list[str]]) -> Q | None:
    """The links of one declared edge that lead down from any of the keys; nothing where none can."""
    if edge.is_later:
        own = keys.get(known.kind) if edge.to == ACTION else None
        return Q(record__kind=known.kind, relation=edge.relation, record__source_key__in=own) if own else None
    named = keys.get(edge.to)
    return Q(record__kind=known.kind, relation=edge.relation, target__in=named) if named else None


def _by_kind(nodes: Iterable[Node]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for kind, key in nodes:
        keys.setdefault(kind, []).append(key)
    return keys


def read(asked: Q, visited: Visited, *, with_later: bool = False) -> list[Node]:
    """Takes in the published rows that are asked for; what they name. One query."""
    rows = Record.objects.filter(asked, state=RecordState.PUBLISHED).order_by("pk", "links__position")
    named: list[Node] = []
    for pk, kind, key, relation, target in rows.values_list(
        "pk", "kind", "source_key", "links__relation", "links__target"
    ):
        visited.rows[pk] = (kind, str(key))
        named += named_by(kind, [(relation, target)], with_later=with_later)
    return named


def named_by(kind: str, links: Iterable[tuple[str, str]], *, with_later: bool = False) -> list[Node]:
    """What links of a kind lead up to; a code is nothing to follow."""
    edges = {
        edge.relation: edge.to
        for edge in record_type(kind).edges
        if edge.to != CODE and (with_later or not edge.is_later)
    }
    return [(edges[relation], target) for relation, target in links if relation in edges]
