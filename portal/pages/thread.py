"""The home page's diagram: how much there is at each stage from question to result."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.consultations.page_queries import Summary
from portal.pages.queries import LedgerFigures


def stages(rows: Sequence[Summary], figures: LedgerFigures, language: str) -> list[dict[str, Any]]:
    """Steps of `components/thread_diagram.html`; what does not exist yet stands there with its 0."""
    place = f"/{language}/"
    questions = sum(row.questions for row in rows)
    none_yet = _("none yet")
    return [
        _step(questions, _("guiding questions"), place + "consultations/", _where(rows)),
        _step(figures.interventions, _("interventions"), place + "interventions/", _who(figures))
        | {"current": any(row.is_open for row in rows)},
        _step(0, _("recommendations"), "", none_yet),
        _step(0, _("plan actions"), "", none_yet),
        _step(figures.pledges, _("pledges"), place + "pledges/", _claimed(figures)),
        _step(0, _("progress reports"), "", none_yet),
    ]


def _step(count: int, label: str, url: str, note: str) -> dict[str, Any]:
    return {"count": count, "label": label, "url": url, "note": note}


def _where(rows: Sequence[Summary]) -> str:
    asking = [row for row in rows if row.questions]
    if not asking:
        return _("none yet")
    segments = sum(row.segments for row in asking)
    consultations = ngettext("%(number)s consultation", "%(number)s consultations", len(asking)) % {
        "number": len(asking)
    }
    return ngettext("%(where)s, %(number)s segment", "%(where)s, %(number)s segments", segments) % {
        "where": consultations,
        "number": segments,
    }


def _who(figures: LedgerFigures) -> str:
    if not figures.interventions:
        return _("none yet")
    said = ngettext(
        "from %(number)s organization; %(led)s refugee-led",
        "from %(number)s organizations; %(led)s refugee-led",
        figures.organizations,
    )
    return said % {"number": figures.organizations, "led": figures.refugee_led}


def _claimed(figures: LedgerFigures) -> str:
    if not figures.pledges:
        return _("none yet")
    return _("%(claimed)s claimed fulfilled, none assessed yet") % {"claimed": figures.claimed}
