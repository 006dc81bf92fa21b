"""Read API of plan actions: the list of the parts of all frameworks, and one of them with its links."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router

from portal.common.paging import PAGE_SIZE, Cursor, Page, Reader, Size, part_of, path_of, reader_language
from portal.common.read_api import Refused
from portal.plan.enums import NodeKind
from portal.plan.exports import row_of
from portal.plan.figures import counts, pledges_by
from portal.plan.models import PlanNode
from portal.plan.queries import is_framework, neighbours, node_of, nodes, unconfirmed
from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.publication.queries import linking_to

router = Router(tags=["actions"])
Slug = Annotated[
    str, Query(pattern="^[a-z0-9-]{0,30}$", description="Slug of a framework, such as chile-2024.")
]


@router.get("actions", response=Page, operation_id="list_actions")
def actions(
    request: HttpRequest,
    framework: Slug = "",
    kind: NodeKind = NodeKind.ACTION,
    ui: Reader = "",
    cursor: Cursor = "",
    size: Size = PAGE_SIZE,
) -> Page:
    """Actions in the order of their frameworks, the plan in force first; other kinds by `kind`."""
    if framework and not is_framework(framework):
        raise Refused({"framework": "There is no such framework."})
    rows = nodes().select_related("framework", "parent").filter(kind=kind)
    if framework:
        rows = rows.filter(framework__slug=framework)
    language, figures = reader_language(request, ui), counts()
    every = [row_of(node, figures, language) for node in rows]
    return part_of(every, path=path_of(request), cursor=cursor, size=size)


@router.get("actions/{key}", response=dict[str, Any], operation_id="read_action")
def action(request: HttpRequest, key: str, ui: Reader = "") -> dict[str, Any]:
    """One part of a framework by its key, such as chile-2024:1.1, also a retired one. 404 unknown."""
    node = node_of(key) if ":" in key else None
    if node is None:
        raise Http404(key)
    return {**row_of(node, counts(), reader_language(request, ui)), **_links(node)}


def _links(node: PlanNode) -> dict[str, Any]:
    """Five queries."""
    recommendations = _numbered(Relation.LEADS_TO, node.key)
    waiting = unconfirmed([node.key], recommendations)
    pledges = _numbered(*pledges_by(node))
    return {
        "led_to_by": [{"id": row.public_id, "confirmed": row.pk not in waiting} for row in recommendations],
        "carried_out_by": [row.public_id for row in pledges],
        "assessments": [row.public_id for row in _numbered(Relation.ASSESSES_ACTION, node.key)],
        "children": [child.key for child in nodes().filter(parent=node)],
        "crosswalk": [{"relation": row.kind.value, "id": row.node.key} for row in neighbours(node)],
    }


def _numbered(relation: str, target: str) -> QuerySet[Record]:
    """Without what their numbers do not need."""
    return linking_to(relation, [target]).select_related(None).only("pk", "kind")
