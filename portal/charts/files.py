"""A figure as a file; views call it."""

from django.http import Http404, HttpResponse

from portal.charts.document import svg_of
from portal.charts.figures import FORMS, Figure
from portal.tables.codebook import Meaning
from portal.tables.writing import download, table_response


def figure_file(figure: Figure, form: str) -> HttpResponse:
    """Its table as CSV, XLSX or JSON (an object a row, columns by their codes), or its plot as SVG.

    Raises `Http404` for another form.
    """
    if form not in FORMS:
        raise Http404(form)
    if form == "svg":
        return download(f"{figure.slug}.svg", "image/svg+xml; charset=utf-8", svg_of(figure).encode())
    table = figure.table()
    columns = [Meaning(column.code, column.label) for column in table.columns]
    return table_response(form, figure.slug, columns, table.rows)
