"""A review pack as pages show it: long tables in part, each with an address of its own; the views call it."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from portal.common.formatting import number
from portal.pdf.parts import Cell, Document, Figures, Part, Table, Text
from portal.tables.writing import downloads, table_response

# A longer table than `WHOLE` rows is shown in part among the others; by itself page by page.
WHOLE, SHOWN, PAGE = 26, 6, 200


def tables_of(document: Document) -> list[Table]:
    """In the order in which addresses number them, from 1."""
    return [part for section in document.sections for part in section.parts if isinstance(part, Table)]


def sections_of(document: Document) -> list[dict[str, Any]]:
    """Inputs of `followup/pack_document.html`."""
    place = {id(table): at for at, table in enumerate(tables_of(document), 1)}
    return [
        {
            "key": section.key,
            "title": section.title,
            "parts": [_part(part, place.get(id(part), 0)) for part in section.parts],
        }
        for section in document.sections
    ]


def table_page(document: Document, wanted: str, page: str) -> dict[str, Any]:
    """Inputs of `followup/pack_table.html`. Raises `Http404` for a table that there is not."""
    at, table = table_at(document, wanted)
    part = Paginator(table.rows, PAGE).get_page(page)
    return {
        "title": table.caption,
        "table": _table(table, at, list(part)),
        "page": part,
        "prefix": f"?table={at}&page=",
        "downloads": downloads(table=at),
    }


def table_at(document: Document, wanted: str) -> tuple[int, Table]:
    tables = tables_of(document)
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 4 and 1 <= int(wanted) <= len(tables)):
        raise Http404(wanted)
    return int(wanted), tables[int(wanted) - 1]


def _part(part: Part, at: int) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"text": part.text, "is_code": part.is_code}
    if isinstance(part, Figures):
        return {"figures": [figure._asdict() for figure in part.figures]}
    return {"table": _table(part, at, part.rows if len(part.rows) <= WHOLE else part.rows[:SHOWN])}


def _table(table: Table, at: int, rows: Any) -> dict[str, Any]:
    return {
        "at": at,
        "caption": table.caption,
        "headers": table.headers,
        "rows": [list(_cells(row)) for row in rows],
        "is_figures": len(table.numbers) == len(table.headers) - 1,
        "more": _more(table) if len(table.rows) > len(rows) else "",
    }


def _more(table: Table) -> str:
    return _("All %(number)s rows") % {"number": number(len(table.rows))}


def _cells(row: tuple[Cell, ...]) -> Iterator[str]:
    for cell in row:
        if cell.url and cell.lang:
            yield format_html('<a href="{}" lang="{}">{}</a>', cell.url, cell.lang, cell.text)
        elif cell.url:
            yield format_html('<a href="{}">{}</a>', cell.url, cell.text)
        elif cell.lang:
            yield format_html('<span lang="{}">{}</span>', cell.lang, cell.text)
        else:
            yield cell.text


def export_pack_table(table: Table, name: str, form: str) -> HttpResponse:
    """One table of a review pack, as it reads. Raises `Http404` for a form that is none of ours."""
    return table_response(form, name, table.headers, [[cell.text for cell in row] for row in table.rows])
