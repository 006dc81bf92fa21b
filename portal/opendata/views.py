"""Public pages and files of the open data."""

import json
import re
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from portal.common.languages import DEFAULT
from portal.opendata import queries, rows
from portal.opendata.catalogue import catalogue
from portal.opendata.models import LedgerFile, ledger_storage
from portal.opendata.words import terms
from portal.publication.figures import one_state
from portal.records.feeds import SECONDS, conditional
from portal.tables.datasets import Dataset, dataset, datasets, extents
from portal.tables.writing import FORMATS, codebook_bytes, download, downloads, table_response

_NAME = re.compile(r"portal-ledger-(\d{4}-\d{2}-\d{2})-(\d{1,4})\.zip")
ZIP = "application/zip"


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    """Everything that is offered; the same number of queries whatever there is. `?format=`: as a table."""
    language = get_language() or DEFAULT
    with one_state():
        told = extents()
    if "format" in request.GET:
        return _table("datasets", request.GET["format"], rows.COLUMNS, rows.cells(datasets(), told, language))
    files, served = queries.files(), queries.served()
    context = {
        "groups": rows.groups(datasets(), told, language),
        "latest": rows.file_row(served[0]) if served else None,
        "earlier": [rows.file_row(file) for file in served[1:]],
        "removed": [rows.file_row(file) for file in files if file.is_taken_back],
        "is_being_made": not served and bool(files),
        "api": rows.API,
        "terms": terms(language),
        "downloads": downloads(),
    }
    return render(request, "opendata/data.html", context)


@require_safe
def dataset_page(request: HttpRequest, name: str) -> HttpResponse:
    """A dataset with its codebook; `?format=` gives a list that has no page of its own as a file."""
    language, told = get_language() or DEFAULT, _dataset(name)
    columns = told.columns(language)
    if "format" in request.GET:
        if told.table is None:
            return redirect(told.file(language, _form(request.GET["format"])))
        return _table(name, request.GET["format"], columns, told.table(language))
    context = {
        "dataset": rows.item(told, told.extents().get(name), language),
        "columns": [rows.column(each, language) for each in columns],
        "terms": terms(language),
        "crumbs": [{"title": _("Open data"), "url": f"/{language}/data/"}, {"title": told.title}],
    }
    return render(request, "opendata/dataset.html", context)


@require_safe
def codebook_file(request: HttpRequest, name: str) -> HttpResponse:
    language = get_language() or DEFAULT
    content = codebook_bytes(_dataset(name).columns(language), language)
    return download(f"{name}-codebook.csv", FORMATS["csv"].content_type, content)


@require_safe
def catalogue_file(request: HttpRequest) -> HttpResponse:
    """From any site, like the read API."""
    told = catalogue(terms(DEFAULT), extents(), queries.served())
    content = json.dumps(told, ensure_ascii=False, indent=1).encode()
    response = conditional(content, "application/ld+json", request)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def latest_ledger(request: HttpRequest) -> HttpResponse:
    """Leads to the newest version; until there is one, says so in words."""
    file = queries.latest()
    if file is None:
        return _missing(request, None, status=503 if LedgerFile.objects.exists() else 404)
    response = redirect(file.path)
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


@require_safe
def ledger_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One version, as long as nothing in it was taken back."""
    file = _file(name)
    if file is None:
        raise Http404(name)
    if not queries.is_served(file) or not queries.is_stored(file):
        return _missing(request, file, status=410)
    return _whole(request, file)


def _whole(request: HttpRequest, file: LedgerFile) -> HttpResponseBase:
    """The bytes; nobody keeps them unasked, since they may be taken back."""

    @condition(etag_func=lambda request: f'"{file.sha256}"')
    def given(request: HttpRequest) -> HttpResponseBase:
        response = FileResponse(ledger_storage().open(file.name), content_type=ZIP, filename=file.name)
        response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        response.headers["Cache-Control"] = "no-cache"
        return response

    return given(request)


def _missing(request: HttpRequest, file: LedgerFile | None, *, status: int) -> HttpResponse:
    context = {"file": rows.file_row(file) if file else None, "home": f"/{get_language() or DEFAULT}/data/"}
    return render(request, "opendata/missing.html", context, status=status)


def _file(name: str) -> LedgerFile | None:
    match = _NAME.fullmatch(name)
    try:
        return queries.file_of(date.fromisoformat(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _dataset(name: str) -> Dataset:
    told = dataset(name)
    if told is None:
        raise Http404(name)
    return told


def _form(form: str) -> str:
    if form not in FORMATS:
        raise Http404(form)
    return form


def _table(name: str, form: str, columns: Any, lines: Any) -> HttpResponse:
    return table_response(_form(form), name, columns, lines)
