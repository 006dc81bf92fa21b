"""What pages of organizations and of plan nodes say of networks; the app's configuration declares it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.networks.addresses import path_of
from portal.networks.queries import public_memberships, working_on
from portal.networks.words import in_words
from portal.plan.models import PlanNode
from portal.records.trace_links import foreign
from portal.records.types import Block, Shown


def _context(shown: Shown) -> dict[str, Any]:
    """The networks it belongs to today; nothing without any. One query."""
    rows = public_memberships(shown.record.source_key, shown.now.date(), shown.language)
    return {
        "anchor": "networks",
        "title": _("Networks"),
        "rows": [
            {
                "label": row.network.name(shown.language),
                "url": path_of(row.network),
                "note": in_words(row.get_role_display(), row.since),
            }
            for row in rows
        ],
    }


NETWORKS = Block("records/linked.html", _context)


def at_work(node: PlanNode, language: str) -> dict[str, Any]:
    """Who works on a part of a plan: the networks that say so, and their projects. Two queries."""
    networks, projects = working_on(node.key)
    rows = [
        {"label": row.name(language), "url": path_of(row), "note": row.get_kind_display()} for row in networks
    ]
    for project in projects:
        title, spoken = project.titled(language)
        rows.append(
            {
                "label": title,
                "url": f"{path_of(project.network)}#{project.key}",
                "lang": foreign(spoken, language),
                "note": f"{project.network.name(language)}, {project.get_state_display()}",
            }
        )
    return {"anchor": "networks", "title": _("Who works on it"), "rows": rows}
