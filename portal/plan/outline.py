"""How the nodes of the plan in force stand to each other, by their keys; filters and figures call it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from portal.plan.enums import NodeKind
from portal.plan.models import PlanNode
from portal.publication.figures import counted_once

_NOT_BELOW = (NodeKind.ACTION, NodeKind.OUTCOME)


@dataclass(frozen=True, slots=True)
class Outline:
    """`actions` and `lines` are of the plan in force and not retired, in its order; `lines` stand right above
    actions. `parents` and `children` are of all frameworks.
    """

    actions: tuple[str, ...]
    lines: tuple[str, ...]
    parents: dict[str, str]
    children: dict[str, tuple[str, ...]]

    def below(self, key: str) -> frozenset[str]:
        """The node and all that stands below it; nothing for what is no node."""
        reached, waiting = set(), [key] if key in self.parents else []
        while waiting:
            reached.add(node := waiting.pop())
            waiting.extend(each for each in self.children.get(node, ()) if each not in reached)
        return frozenset(reached)

    def axis(self, key: str) -> str:
        """What stands at the top above a node."""
        seen = {key}
        while (upper := self.parents.get(key, "")) and upper not in seen:
            seen.add(key := upper)
        return key


def outline() -> Outline:
    """As of today. One query, and one more once for each state of the public."""
    return _outline(timezone.now().date())


@counted_once
def _outline(today: date) -> Outline:
    nodes = list(PlanNode.objects.select_related("framework", "parent"))
    current = [node for node in nodes if node.framework.in_force and not node.is_retired]
    actions = [node for node in current if node.kind == NodeKind.ACTION]
    above = {node.parent_id for node in actions}
    lines = [node for node in current if node.pk in above and node.kind not in _NOT_BELOW]
    return Outline(
        actions=tuple(node.key for node in actions),
        lines=tuple(node.key for node in lines),
        parents={node.key: node.parent.key if node.parent else "" for node in nodes},
        children=_children(nodes),
    )


def _children(nodes: Iterable[PlanNode]) -> dict[str, tuple[str, ...]]:
    children = defaultdict(list)
    for node in nodes:
        if node.parent:
            children[node.parent.key].append(node.key)
    return {key: tuple(below) for key, below in children.items()}
