"""The three voices on a pledge's page: the parties, the commission, the observatory; its view calls it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from portal.common.formatting import day
from portal.pledges import facts
from portal.pledges.enums import ReportedBy, ReportedStage
from portal.publication.models import Record

SAYS = {
    ReportedStage.PLANNING: lambda: _("They are planning it."),
    ReportedStage.IN_PROGRESS: lambda: _("It is in progress."),
    ReportedStage.FULFILLED: lambda: _("They say that it is fulfilled. Nobody has checked this yet."),
}


def voices(record: Record, now: datetime) -> list[dict[str, Any]]:
    """Inputs of `components/voices.html`; a voice that has said nothing says so."""
    reported_on = facts.reported_on(record)
    note = _("They said so when they pledged and have not reported since.")
    if reported_on is not None:
        told = {"date": day(reported_on)}
        note = _("Reported on %(date)s") % told
        if record.facts.get("reported_by") == ReportedBy.SOURCE:
            note = _("Reported on %(date)s, according to the source") % told
    return [
        {"title": _("The parties say"), "text": SAYS[facts.stage_of(record)](), "note": note},
        {
            "title": _("The commission finds"),
            "text": _("Nothing yet."),
            "note": _("No review cycle is open."),
            "tone": "sun",
        },
        {
            "title": _("The observatory notes"),
            "text": _("Nothing yet."),
            "note": _("Notes from outside will appear here with their source."),
            "tone": "good",
        },
    ]
