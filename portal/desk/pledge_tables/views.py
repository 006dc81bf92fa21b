"""Tables of pledges: upload one, say what its columns are, read what is wrong, take it in. Editors only."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view, form_view, typed_before_sign_in
from portal.common.errors import WrongState
from portal.common.languages import DEFAULT
from portal.desk.pledge_tables.forms import MeaningForm, TableForm
from portal.files.refusals import Refused
from portal.pledges import uploads
from portal.pledges.models import PledgeTable
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.tables.writing import csv_bytes

NEWEST, TOLD = 20, 100


@desk_view
@form_view
def tables(request: HttpRequest) -> HttpResponse:
    """The newest tables, and a form that takes one more."""
    actor = _importer(request)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if request.method == "POST" and form.is_valid():
        try:
            made = uploads.upload(
                form.cleaned_data["file"],
                name=form.cleaned_data["name"],
                language=get_language() or DEFAULT,
                actor=actor,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("pledge_tables:table", made.key)
    context = {
        "form": form,
        "tables": uploads.tables()[:NEWEST],
        "crumbs": crumbs_to(_("Import of pledges")),
    }
    return render(request, "desk/pledge_tables/list.html", context)


@desk_view
@form_view
def table(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the columns are, the first rows, how far the worker is, and what it told."""
    actor, row = _importer(request), _table(key)
    is_sent, headings = request.method == "POST", uploads.headings_in(row)
    sent = request.POST if is_sent else typed_before_sign_in(request)
    form = MeaningForm(sent, headings=headings)
    if is_sent and form.is_valid():
        language = get_language() or DEFAULT
        try:
            uploads.check(row, named=form.named, language=language, actor=actor, now=timezone.now())
        except WrongState as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The worker checks the file. This page says how far it is."))
            return redirect("pledge_tables:table", row.key)
    return _page(request, row, form)


@desk_view
@form_view
def take_in(request: HttpRequest, key: UUID, skip_rejected: bool) -> HttpResponse:
    """All rows, or those without a fault; the worker does it."""
    actor, row = _importer(request), _table(key)
    if request.method == "POST":
        try:
            uploads.take_in(
                row,
                skip_rejected=skip_rejected,
                is_replacing="replace" in request.POST,
                actor=actor,
                now=timezone.now(),
            )
        except WrongState as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The worker takes the file in. This page says how far it is."))
    return redirect("pledge_tables:table", row.key)


@desk_view
@require_safe
def rejected(request: HttpRequest, key: UUID) -> HttpResponse:
    """The refused rows as a file: their cells and the reason."""
    _importer(request)
    heading, rows = uploads.rejected_rows(_table(key))
    response = HttpResponse(csv_bytes(heading, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rejected-rows.csv"'
    return response


def _page(request: HttpRequest, row: PledgeTable, form: MeaningForm) -> HttpResponse:
    told, head = row.outcome or row.report or {}, row.head or {}
    room = {"title": _("Import of pledges"), "url": reverse("pledge_tables:list")}
    desk, last = crumbs_to(row.name)
    context: dict[str, Any] = {
        **_rows(told),
        "number_kept": uploads.number_kept(told),
        "may_take": bool(told) and bool(uploads.number_to_take_in(told, is_replacing=True)),
        "table": row,
        "form": form,
        "is_busy": uploads.is_busy(row),
        "is_open": uploads.is_open(row),
        "headers": [_("Row"), *head.get("texts", ())],
        "first": head.get("lines", ()),
        "told": told,
        "error_rows": [
            [error["where"], error["column"], error["field"], error["reason"]]
            for error in told.get("errors", ())[:TOLD]
        ],
        "error_headers": [_("Row"), _("Column"), _("Field"), _("Reason")],
        "crumbs": [desk, room, last],
    }
    return render(request, "desk/pledge_tables/table.html", context)


def _rows(told: dict[str, Any]) -> dict[str, Any]:
    """What rows change, and the pledges made, each with its public page. One query."""
    rows = told.get("rows", ())
    records = published(RecordKind.PLEDGE).filter(source_key__in={row["key"] for row in rows})
    paths = {str(record.source_key): record.path(get_language() or DEFAULT) for record in records}
    refused = {error["where"] for error in told.get("errors", ())}
    shown = [row | {"url": paths.get(row["key"], ""), "is_refused": row["where"] in refused} for row in rows]
    return {
        "changed": [row for row in shown if row["fields"]],
        "made": [row for row in shown if not row["fields"]],
        "change_headers": [_("Field"), _("Public now"), _("In the table")],
    }


def _importer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not uploads.may_import(actor):
        raise Http404("import of pledges")
    return actor


def _table(key: UUID) -> PledgeTable:
    row = uploads.table_of(key)
    if row is None:
        raise Http404(str(key))
    return row
