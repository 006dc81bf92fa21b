"""The three voices on a pledge's page: the parties, the commission, the observatory; its view calls it."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.common.languages import DEFAULT
from portal.pledges import facts
from portal.pledges.assessed import Assessed, assessed_in
from portal.pledges.enums import Completion, ReportedBy, ReportedStage
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.records.types import record_type

SAYS = {
    ReportedStage.PLANNING: lambda: _("They are planning it."),
    ReportedStage.IN_PROGRESS: lambda: _("It is in progress."),
    ReportedStage.FULFILLED: lambda: _("They say that it is fulfilled."),
}


def voices(record: Record, now: datetime) -> list[dict[str, Any]]:
    """Inputs of `components/voices.html`; a voice that has said nothing says so."""
    others = assessed_in(record.facts)
    return [
        _parties(record, is_checked=bool(others)),
        _body(_("The commission finds"), "sun", [row for row in others if row.voice == "commission"]),
        _body(_("The observatory notes"), "good", [row for row in others if row.voice == "observatory"]),
    ]


def _parties(record: Record, *, is_checked: bool) -> dict[str, Any]:
    stage = facts.stage_of(record)
    text = SAYS[stage]()
    if stage == ReportedStage.FULFILLED and not is_checked:
        text = _("They say that it is fulfilled. Nobody has checked this yet.")
    return {"title": _("The parties say"), "text": text, "note": _reported(record)}


def _reported(record: Record) -> str:
    reported_on = facts.reported_on(record)
    if reported_on is None:
        return _("They said so when they pledged and have not reported since.")
    told = {"date": day(reported_on)}
    if record.facts.get("reported_by") == ReportedBy.SOURCE:
        return _("Reported on %(date)s, according to the source") % told
    return _("Reported on %(date)s") % told


def _body(title: str, tone: str, rows: list[Assessed]) -> dict[str, Any]:
    """Its newest assessment, with a way to it."""
    if not rows:
        return {"title": title, "text": _("Nothing yet."), "note": _("It has not assessed it."), "tone": tone}
    newest = rows[0]
    every = record_type(RecordKind.ASSESSMENT).address(get_language() or DEFAULT)
    return {
        "title": title,
        "text": Completion(newest.completion).label,
        "note": _("Published on %(date)s") % {"date": day(newest.day)},
        "url": f"{every}{newest.number}/",
        "link": newest.number,
        "tone": tone,
    }
