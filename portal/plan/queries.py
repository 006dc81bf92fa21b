"""Reads of frameworks and their nodes; every app above may ask."""

from collections.abc import Collection

from django.db.models import QuerySet

from portal.plan.enums import NodeKind
from portal.plan.models import PlanFramework, PlanNode


def titles(language: str) -> dict[str, str]:
    """Key to title of every node, the retired ones too. One query."""
    return {node.key: node.title(language) for node in PlanNode.objects.all()}


def choices(language: str, kinds: Collection[NodeKind] = (NodeKind.ACTION,)) -> list[tuple[str, str]]:
    """The nodes of some kinds to choose from, in their order: key and "1.1 Title". One query."""
    rows = nodes().filter(kind__in=kinds).select_related(None)
    return [(node.key, f"{node.code} {node.title(language)}") for node in rows]


def node_of(key: str) -> PlanNode | None:
    """By `FRAMEWORK:CODE`; of a code alone the node of the plan in force. A retired one too. One query."""
    rows = PlanNode.objects.select_related("framework", "parent")
    if ":" in key:
        return rows.filter(key=key).first()
    return rows.filter(framework__in_force=True, code=key).first()


def exists(keys: Collection[str]) -> set[str]:
    """Those of the keys that name a node, a retired one too. One query."""
    return set(PlanNode.objects.filter(key__in=keys).order_by().values_list("key", flat=True))


def nodes() -> QuerySet[PlanNode]:
    """All that are part of their framework today, in order."""
    return PlanNode.objects.filter(retired_on__isnull=True).select_related("framework")


def in_force() -> PlanFramework | None:
    return PlanFramework.objects.filter(in_force=True).first()
