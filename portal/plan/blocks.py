"""What pages of records say of actions; declarations of kinds of records name it."""

from typing import Any

from django.utils.translation import gettext as _

from portal.plan.words import UNCONFIRMED
from portal.publication.enums import Relation
from portal.records.stages import Stage
from portal.records.trace_links import link_to
from portal.records.types import Shown


def led_to(shown: Shown) -> dict[str, Any]:
    """The actions that the record leads to, each with whether a second person has confirmed it. No query."""
    waiting = {
        link.target
        for link in shown.record.links.all()
        if link.relation == Relation.LEADS_TO and not link.is_confirmed
    }
    rows = [
        link_to(link, shown.language) | {"note": str(UNCONFIRMED) if link.id in waiting else ""}
        for link in shown.trace[Stage.PLAN_ACTION]
    ]
    return {
        "anchor": Stage.PLAN_ACTION.value,
        "title": _("Taken up in the plan of action"),
        "rows": rows,
        "nothing": "",
    }
