"""What the follow-up pages show as files; public views call it. No cell is calculated."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.followup import body_rows, change_rows, cycle_rows
from portal.followup.figures import FIGURES, Figures, told
from portal.followup.goal_changes import Change
from portal.followup.models import ReviewCycle
from portal.pdf.parts import Table
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


def export_bodies(rows: Iterable[body_rows.Row], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    lines = [body_rows.cells_of(body, seats, language) for body, seats in rows]
    return table_response(form, "bodies", body_rows.COLUMNS, lines)


def export_cycles(rows: Iterable[ReviewCycle], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    lines = [cycle_rows.cells_of(row, language) for row in rows]
    return table_response(form, "cycles", cycle_rows.COLUMNS, lines)


def export_pack_table(table: Table, name: str, form: str) -> HttpResponse:
    """One table of a review pack, as it reads. Raises `Http404` for a form that is none of ours."""
    return table_response(form, name, table.headers, [[cell.text for cell in row] for row in table.rows])


def export_changes(rows: Iterable[Change], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    lines = [change_rows.cells_of(row, language) for row in rows]
    return table_response(form, "goal-changes", change_rows.COLUMNS, lines)
