"""The list of nodes as a file, and as rows of the read API; public views and the API call it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.plan.enums import NodeKind
from portal.plan.figures import NONE, Counts
from portal.plan.models import PlanNode
from portal.records.columns import LANGUAGES
from portal.tables.codebook import Columns, Holds, Meaning, codes_of
from portal.tables.writing import table_response

COLUMNS: Columns = (
    Meaning("id", _("Key: FRAMEWORK:CODE; /r/KEY/ leads to the page"), Holds.NUMBER),
    Meaning("framework", _("Framework that it is a part of"), Holds.NUMBER),
    Meaning("code", _("Code within the framework")),
    Meaning("kind", _("What kind of part it is"), Holds.CODE, codes=codes_of(NodeKind)),
    Meaning("parent", _("Code of the part above it"), empty=_("it stands on top")),
    Meaning("title", _("Wording in the reader’s language, else in another")),
    Meaning("language", _("Language of this row’s wording"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("verified", _("Whether the wording was compared with the source"), Holds.YES_NO),
    Meaning("retired", _("Day on which it ceased to be in force"), Holds.DAY, empty=_("still in force")),
    Meaning("source", _("Where the wording comes from"), empty=_("no source is named")),
    Meaning("recommendations", _("Recommendations that lead to it"), Holds.WHOLE, _("recommendations")),
    Meaning("pledges", _("Pledges that carry it out"), Holds.WHOLE, _("pledges")),
    Meaning("reports", _("Progress reports of these pledges"), Holds.WHOLE, _("progress reports")),
    Meaning(
        "reports_unchanged",
        _("Those of them that say that nothing has changed"),
        Holds.WHOLE,
        _("progress reports"),
    ),
    Meaning("url", _("Its page"), Holds.ADDRESS),
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
    lines = []
    for node in rows:
        row = row_of(node, figures, language)
        row["url"] = f"{settings.SITE_URL}{row['url']}"
        row["verified"] = "yes" if node.verified else "no"
        lines.append([row[each.column] for each in COLUMNS])
    return table_response(form, "plan", COLUMNS, lines)
