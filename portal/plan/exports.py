"""The list of nodes as a file, and as rows of the read API; public views and the API call it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from portal.plan.figures import NONE, Counts
from portal.plan.models import PlanNode
from portal.tables.writing import FORMATS, table_response

COLUMNS = (
    "id",
    "framework",
    "code",
    "kind",
    "parent",
    "title",
    "language",
    "verified",
    "retired",
    "source",
    "recommendations",
    "pledges",
    "reports",
    "reports_unchanged",
    "url",
)


def row_of(node: PlanNode, figures: Mapping[str, Counts], language: str) -> dict[str, Any]:
    """Needs the framework and the parent at hand."""
    title, spoken = node.titled(language)
    counts = figures.get(node.key, NONE)
    return {
        "id": node.key,
        "framework": node.framework.slug,
        "code": node.code,
        "kind": node.kind,
        "parent": node.parent.code if node.parent else "",
        "title": title,
        "language": spoken,
        "verified": node.verified,
        "retired": node.retired_on.isoformat() if node.retired_on else "",
        "source": node.source,
        "recommendations": counts.recommendations,
        "pledges": counts.pledges,
        "reports": counts.reports,
        "reports_unchanged": counts.unchanged,
        "url": node.path(language),
    }


def export(rows: Iterable[PlanNode], figures: Mapping[str, Counts], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    if form not in FORMATS:
        raise Http404(form)
    lines = []
    for node in rows:
        row = row_of(node, figures, language)
        row["url"] = f"{settings.SITE_URL}{row['url']}"
        row["verified"] = "yes" if node.verified else "no"
        lines.append([row[name] for name in COLUMNS])
    return table_response(form, "plan", COLUMNS, lines)
