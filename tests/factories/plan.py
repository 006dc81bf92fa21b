"""Frameworks, nodes, and records that are linked to them."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.utils import timezone

from portal.common.actors import system
from portal.plan.enums import NodeKind
from portal.plan.models import PlanFramework, PlanNode
from portal.publication.domain import publish, set_later_links
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.projections import Link, Projection
from tests.factories.numbers import numbers


def make_framework(slug: str = "plan-a", **fields: object) -> PlanFramework:
    return PlanFramework.objects.create(slug=slug, **{"version": "1", "title_en": "Plan A", **fields})


def make_node(
    framework: PlanFramework,
    code: str,
    parent: PlanNode | None = None,
    kind: NodeKind = NodeKind.ACTION,
    **fields: object,
) -> PlanNode:
    titles = {f"title_{language}": f"Node {code} in {language}" for language in ("es", "en", "pt", "fr")}
    values = {**titles, "position": next(numbers), **fields}
    return PlanNode.objects.create(
        framework=framework, code=code, key=f"{framework.slug}:{code}", kind=kind, parent=parent, **values
    )


def make_recommendation(title: str = "Register every birth") -> Record:
    """Public, in Spanish."""
    return publish(
        Projection(
            kind=RecordKind.RECOMMENDATION,
            source_key=uuid4(),
            language="es",
            title=title,
            summary=title,
            year=2024,
            texts={"text": title},
        ),
        actor=system("tests"),
        now=timezone.now(),
    )


def link_to(record: Record, links: dict[str, bool]) -> Record:
    return set_later_links(record, Relation.LEADS_TO, links, actor=system("tests"), now=timezone.now())


def make_public_pledge(
    *keys: str, country: str = "MX", serves: str = "", takes_up: Iterable[UUID] = (), title: str = ""
) -> Record:
    """A pledge that carries out the nodes and takes up recommendations by their keys."""
    links = [Link(Relation.CARRIES_OUT, key) for key in keys]
    links += [Link(Relation.SERVES, serves)] if serves else []
    links += [Link(Relation.TAKES_UP, str(key)) for key in takes_up]
    return publish(
        Projection(
            kind=RecordKind.PLEDGE,
            source_key=uuid4(),
            language="es",
            title=title or f"Pledge {next(numbers)}",
            summary="",
            year=2023,
            country=country,
            texts={"description": "A promise."},
            links=tuple(links),
        ),
        actor=system("tests"),
        now=timezone.now(),
    )
