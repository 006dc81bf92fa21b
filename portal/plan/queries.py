"""Reads of frameworks and their nodes; every app above may ask."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.common.folding import folded
from portal.plan.enums import INVERSE, Crosswalk, NodeKind
from portal.plan.models import (
    ActionLink,
    NodeRelation,
    PlanFramework,
    PlanNode,
    PriorityAction,
    PriorityCycle,
)
from portal.publication.enums import Relation
from portal.publication.models import Record, RecordLink


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node of another framework, and how it stands to the one that was asked about."""

    kind: Crosswalk
    node: PlanNode


def titles(language: str) -> dict[str, str]:
    """Key to title of every node, the retired ones too. One query."""
    return {node.key: node.title(language) for node in PlanNode.objects.all()}


def choices(
    language: str, kinds: Collection[NodeKind] = (NodeKind.ACTION,), *, with_retired: bool = False
) -> list[tuple[str, str]]:
    """The nodes of some kinds to choose from, in their order: key and "1.1 Title". One query."""
    every = PlanNode.objects.all() if with_retired else nodes()
    rows = every.filter(kind__in=kinds).select_related(None)
    return [(node.key, node.named(language)) for node in rows]


def grouped_choices(
    language: str, kinds: Collection[NodeKind] = (NodeKind.ACTION,), *, with_retired: bool = False
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same below the name of their framework: two plans may each have a 1.1. One query."""
    every = PlanNode.objects.select_related("framework") if with_retired else nodes()
    groups: dict[str, list[tuple[str, str]]] = {}
    for node in every.filter(kind__in=kinds):
        groups.setdefault(node.framework.title(language), []).append((node.key, node.named(language)))
    return list(groups.items())


def node_of(key: str) -> PlanNode | None:
    """By `FRAMEWORK:CODE`; of a code alone the node of the plan in force. A retired one too. One query."""
    rows = PlanNode.objects.select_related("framework", "parent")
    if ":" in key:
        return rows.filter(key=key).first()
    return rows.filter(framework__in_force=True, code=key).first()


def exists(keys: Collection[str]) -> set[str]:
    """Those of the keys that name a node, a retired one too. One query."""
    return set(PlanNode.objects.filter(key__in=keys).order_by().values_list("key", flat=True))


def is_linked(node: PlanNode) -> bool:
    """Whether pledges, recommendations or priorities name the node. Three queries at most."""
    if ActionLink.objects.filter(node=node).exists() or PriorityAction.objects.filter(node=node).exists():
        return True
    return RecordLink.objects.filter(target=node.key).exists()


def nodes_by_key(keys: Collection[str]) -> dict[str, PlanNode]:
    """Retired ones too. One query, none without keys."""
    return {node.key: node for node in PlanNode.objects.filter(key__in=keys)} if keys else {}


def nodes() -> QuerySet[PlanNode]:
    """All that are part of their framework today, in order."""
    return PlanNode.objects.filter(standing()).select_related("framework")


def standing(prefix: str = "") -> Q:
    """Not retired yet; `prefix` leads to the node."""
    today = timezone.now().date()
    return Q(**{f"{prefix}retired_on__isnull": True}) | Q(**{f"{prefix}retired_on__gt": today})


def is_framework(slug: str) -> bool:
    return PlanFramework.objects.filter(slug=slug).exists()


def number_of_actions() -> int:
    """Those of the plan in force. One query."""
    return nodes().filter(framework__in_force=True, kind=NodeKind.ACTION).count()


def in_force() -> PlanFramework | None:
    return PlanFramework.objects.filter(in_force=True).first()


def frameworks() -> list[PlanFramework]:
    """All with something in them, the plan in force first. One query."""
    return list(PlanFramework.objects.filter(standing("nodes__"), nodes__isnull=False).distinct())


def neighbours(node: PlanNode) -> list[Neighbour]:
    """The crosswalk from this node, whichever end it was written down at. One query."""
    rows = NodeRelation.objects.filter(Q(node=node) | Q(other=node)).select_related(
        "node__framework", "other__framework"
    )
    near = [
        Neighbour(Crosswalk(row.kind), row.other)
        if row.node_id == node.pk
        else Neighbour(INVERSE[Crosswalk(row.kind)], row.node)
        for row in rows
    ]
    order = {kind: place for place, kind in enumerate(Crosswalk)}
    return sorted(near, key=lambda row: (order[row.kind], row.node.key))


def cycles() -> list[PriorityCycle]:
    """All priority cycles with their framework, the newest first. One query."""
    return list(PriorityCycle.objects.select_related("framework").order_by("-first_year", "framework"))


def going_first(wanted: Collection[PriorityCycle]) -> QuerySet[PlanNode]:
    """The actions of some cycles, such as those of the same years in several frameworks."""
    return nodes().filter(pk__in=PriorityAction.objects.filter(cycle__in=wanted).values("node"))


def first_in(year: int) -> frozenset[str]:
    """Keys of the actions that go first in a year in the plan in force. One query."""
    rows = nodes().filter(
        framework__in_force=True,
        priorities__cycle__first_year__lte=year,
        priorities__cycle__last_year__gte=year,
    )
    return frozenset(rows.order_by().values_list("key", flat=True))


def priorities_of(node: PlanNode) -> list[PriorityAction]:
    """The cycles in which the node goes first. One query."""
    return list(node.priorities.select_related("cycle").order_by("cycle__first_year"))


def keys_below(node: PlanNode) -> list[str]:
    """The node's key and those of all that stands below it. One query."""
    below: dict[int | None, list[tuple[int, str]]] = {}
    rows = PlanNode.objects.filter(framework=node.framework_id).order_by("position")
    for pk, key, parent in rows.values_list("pk", "key", "parent_id"):
        below.setdefault(parent, []).append((pk, key))
    keys, waiting = [node.key], [node.pk]
    while waiting:
        for pk, key in below.get(waiting.pop(), ()):
            keys.append(key)
            waiting.append(pk)
    return keys


def keys_above(keys: Collection[str]) -> set[str]:
    """The keys themselves and those of all that stands above them. Two queries, none without keys."""
    if not keys:
        return set()
    frameworks = PlanNode.objects.filter(key__in=keys).values("framework")
    rows = PlanNode.objects.filter(framework__in=frameworks).order_by()
    above = dict(rows.values_list("key", "parent__key"))
    reached: set[str] = set()
    for key in keys:
        upper: str | None = key
        while upper and upper not in reached:
            reached.add(upper)
            upper = above.get(upper)
    return reached


def links_of(recommendation: UUID) -> list[ActionLink]:
    """What a recommendation leads to by the secretariat's word, with the people. One query."""
    rows = ActionLink.objects.filter(recommendation=recommendation)
    return list(rows.select_related("node__framework", "asserted_by", "confirmed_by"))


def unconfirmed(keys: Collection[str], records: Iterable[Record]) -> set[int]:
    """Those of the records, by row, whose link to one of these nodes nobody has confirmed. One query."""
    links = RecordLink.objects.filter(relation=Relation.LEADS_TO, target__in=keys, is_confirmed=False)
    rows = links.filter(record__in=[record.pk for record in records])
    return set(rows.order_by().values_list("record_id", flat=True))


def waiting_links() -> QuerySet[ActionLink]:
    """What a second person has not confirmed yet, the oldest first."""
    rows = ActionLink.objects.filter(confirmed_at__isnull=True)
    return rows.select_related("node__framework", "asserted_by").order_by("asserted_at", "pk")


def actions_like(words: str) -> list[PlanNode]:
    """Actions in force by key, by code (of the plan in force), or by words of a title in any language.

    Two queries at most.
    """
    exact = node_of(words.strip())
    if exact is not None and exact.kind == NodeKind.ACTION and not exact.is_retired:
        return [exact]
    wanted = folded(words).split()
    if not wanted:
        return []
    matching = []
    for node in nodes().filter(kind=NodeKind.ACTION):
        title = folded(" ".join((node.code, node.title_es, node.title_en, node.title_pt, node.title_fr)))
        if all(word in title for word in wanted):
            matching.append(node)
    return matching
