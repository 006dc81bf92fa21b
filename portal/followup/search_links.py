"""Where to look for evidence on a pledge or an action: a search for the words of its title.

The app's configuration hands it to the pages of both. The search decides what a reader may see.
"""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from portal.plan.models import PlanNode
from portal.publication.queries import titled
from portal.records.types import Block, Shown


def search_for(title: str, language: str) -> str:
    return f"/{language}/search/?{urlencode({'q': title})}"


def of_node(node: PlanNode, language: str) -> dict[str, Any]:
    """Inputs of `records/linked.html`. No query."""
    return _block(node.title(language), language)


def _of_pledge(shown: Shown) -> dict[str, Any]:
    return _block(titled(shown.record, shown.language)[0], shown.language)


def _block(title: str, language: str) -> dict[str, Any]:
    row = {"label": _("Search everything for these words"), "url": search_for(title, language)}
    return {"anchor": "evidence", "title": _("Evidence for this"), "rows": [row]}


OF_PLEDGE = Block("records/linked.html", _of_pledge)
