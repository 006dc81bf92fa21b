"""Nodes of frameworks as places of the trace; the app's configuration declares it."""

from collections.abc import Collection

from portal.plan.models import PlanNode
from portal.publication.kinds import ACTION
from portal.records.stages import Stage
from portal.records.trace_links import TraceLink
from portal.records.trace_targets import TraceTarget


def links(keys: Collection[str], language: str) -> list[TraceLink]:
    """In the order of their frameworks, the retired ones too. One query."""
    return [link_of(node, language) for node in PlanNode.objects.filter(key__in=keys)]


def link_of(node: PlanNode, language: str) -> TraceLink:
    title, spoken = node.titled(language)
    return TraceLink(node.key, Stage.PLAN_ACTION.value, title, node.path(language), spoken)


ACTIONS = TraceTarget(ACTION, links)
