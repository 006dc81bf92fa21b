"""What pages of organizations and of plan nodes say of networks; the app's configuration declares it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.networks.addresses import NETWORKS as LIST
from portal.networks.addresses import path_of
from portal.networks.enums import NetworkKind
from portal.networks.queries import network_choices, public_memberships, working_on
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
                "note": in_words(row.get_role_display(), row.since, row.until),
            }
            for row in rows
        ],
        "nothing": _("It belongs to no network today."),
    }


def panel(language: str) -> dict[str, Any]:
    """Beside the list of organizations the networks they join; mechanisms are for states. One query."""
    names = network_choices(language, *(kind for kind in NetworkKind if kind != NetworkKind.MECHANISM))
    rows = [{"label": name, "url": f"/{language}/{LIST.name}/{slug}/"} for slug, name in names]
    return {"title": _("Networks"), "rows": rows}


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
