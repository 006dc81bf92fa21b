"""The figures of follow-up as files; public views call it. No cell is calculated."""

import json
from dataclasses import asdict
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.followup.figures import FIGURES, Figures, told
from portal.tables.codebook import Columns, Holds, Meaning, labelled
from portal.tables.writing import FORMATS, download, table_response

FIGURE_COLUMNS: Columns = (
    Meaning("figure", _("Which pledges are counted"), Holds.CODE, codes=labelled(FIGURES)),
    Meaning("number", _("How many there are"), Holds.WHOLE, _("pledges")),
    Meaning("of_pledges", _("Of how many published pledges"), Holds.WHOLE, _("pledges")),
    Meaning("counted_at", _("When it was counted"), Holds.MOMENT),
)


def export_figures(figures: Figures, counted_at: datetime, form: str) -> HttpResponse:
    """JSON is one object, the tables have a row for each figure. Raises `Http404` for another form."""
    if form not in FORMATS:
        raise Http404(form)
    said = told(figures, counted_at)
    if form == "json":
        return download("follow-up.json", FORMATS[form].content_type, json.dumps(said, indent=1).encode())
    rows = [(name, number, figures.pledges, said["counted_at"]) for name, number in asdict(figures).items()]
    return table_response(form, "follow-up", FIGURE_COLUMNS, rows)
