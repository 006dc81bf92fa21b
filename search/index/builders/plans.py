"""Nodes of frameworks as index documents: one for each language that has a title."""

from collections.abc import Iterator

from portal.common.languages import CODES
from portal.plan.models import PlanNode
from portal.publication.kinds import ACTION
from search.engines.documents import IndexDocument
from search.index.builders.base import (
    Block,
    Built,
    Surroundings,
    built,
    passages_of,
    shown_in,
    version_id,
)

KIND = ACTION


class PlanBuilder:
    """Keys are those of the nodes, such as `chile-2024:1.7`."""

    def key_of(self, identity: str) -> str | None:
        return identity if ":" in identity else None

    def keys(self) -> Iterator[str]:
        rows = PlanNode.objects.filter(retired_on__isnull=True).order_by("pk")
        return rows.values_list("key", flat=True).iterator()

    def build(self, key: str, version: int, around: Surroundings) -> Built:
        rows = PlanNode.objects.filter(key=key, retired_on__isnull=True)
        node = rows.select_related("framework", "parent").first()
        return built(key, _documents(node, version) if node else ())


def languages_of(node: PlanNode) -> list[str]:
    """Those that it has a title in, the original's first."""
    return [code for code in CODES if getattr(node, f"title_{code}")]


def _documents(node: PlanNode, version: int) -> Iterator[IndexDocument]:
    languages = languages_of(node)
    for language in languages:
        above = [node.parent.title(language)] if node.parent else []
        words = [node.title(language), *above, node.framework.title(language)]
        yield IndexDocument(
            id=version_id(node.key, language),
            kind=KIND,
            language=language,
            title=node.title(language),
            path=node.path("{ui}"),
            version=version,
            dated=node.created_at.date(),
            facets={"plan_action": (node.key,)},
            details={"number": node.code},
            shown_in=shown_in(language, languages[0], languages),
            passages=passages_of([Block(f"{', '.join(words)}.")]),
        )
