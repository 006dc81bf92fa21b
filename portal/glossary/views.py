"""The glossary in the admin: list, one concept, sheets out and in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import Actor, actor_of
from portal.common.collation import in_order
from portal.common.desk import form_view
from portal.common.languages import CODES, DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.files.refusals import Refused
from portal.glossary import queries, rules
from portal.glossary.forms import FindForm, SheetForm
from portal.glossary.imports import import_glossary
from portal.tables.report import Error, Report
from portal.tables.writing import FORMATS
from portal.tables.writing import download as download_of
from portal.taxonomy import queries as vocabulary
from portal.taxonomy.models import Concept
from portal.taxonomy.sheets import written

PAGE_SIZE = 50


def reader(request: HttpRequest) -> Actor:
    """Who may read the glossary's pages; anybody else is refused."""
    actor = actor_of(request)
    if not rules.can_read_glossary(actor):
        raise PermissionDenied
    return actor


def frame(title: str, *trail: tuple[str, str], icon: str = "list-ul") -> dict[str, Any]:
    """What Wagtail's header needs; `trail` are addresses and titles between the list and this page."""
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("glossary:list"), "label": _("Glossary")},
        *({"url": url, "label": label} for url, label in trail),
    ]
    if title != crumbs[-1]["label"]:
        crumbs.append({"label": title})
    return {"header_title": title, "header_icon": icon, "breadcrumbs_items": crumbs}


def spoken() -> str:
    """The reader's language as one of the four."""
    code = (get_language() or DEFAULT).split("-")[0]
    return code if code in CODES else DEFAULT


def concept_or_404(pk: int) -> Concept:
    concept = Concept.objects.filter(pk=pk).first()
    if concept is None:
        raise Http404(str(pk))
    return concept


def _first_cell(row: vocabulary.Entry) -> str:
    """What the table names a concept by: the term in its first column, else its key."""
    _language, text = row.cells[0]
    return text or row.key


@require_safe
def concept_list(request: HttpRequest) -> HttpResponse:
    reader(request)
    form = FindForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"q": "", "show": ""}
    rows = in_order(vocabulary.entries(), _first_cell, DEFAULT)
    rows = [row for row in rows if _is_shown(row, chosen["show"])]
    page = Paginator(queries.matching(rows, chosen["q"]), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "languages": LANGUAGE_NAMES.items(),
        "query": _query(chosen),
        "waiting": sum(queries.numbers_waiting().values()),
        **frame(_("Glossary")),
    }
    return render(request, "glossary/list.html", context)


@require_safe
def concept_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One concept: its languages side by side, its place among others, its history."""
    actor, concept = reader(request), concept_or_404(pk)
    content = queries.concept_content(concept)
    above, below = queries.relatives(concept)
    labels = queries.labels([row.key for row in (*above, *below)], spoken())
    context = {
        "concept": concept,
        "content": content,
        "columns": [
            (code, name, content.preferred(code), content.variants(code), content.notes.get(code, ""))
            for code, name in LANGUAGE_NAMES.items()
        ],
        "broader": [(row.pk, labels.get(row.key, row.key)) for row in above],
        "narrower": [(row.pk, labels.get(row.key, row.key)) for row in below],
        "homonyms": queries.homonyms(content) if concept.removed_at is None else [],
        "waiting": queries.waiting_about(concept),
        "history": queries.history(concept),
        "may_propose": rules.can_propose(actor),
        **frame(content.preferred(spoken()) or concept.key),
    }
    return render(request, "glossary/concept.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    reader(request)
    return download_of("glossary.csv", FORMATS["csv"].content_type, written(vocabulary.contents().values()))


@form_view
def upload(request: HttpRequest) -> HttpResponse:
    """A sheet makes proposals for somebody else to decide, all of them or none."""
    actor = reader(request)
    if not rules.can_propose(actor):
        raise PermissionDenied
    form = SheetForm(request.POST or None, request.FILES or None)
    report = Report()
    if request.method == "POST" and form.is_valid():
        report = _taken_in(form, actor)
        if not report.errors:
            messages.success(request, _outcome(report))
            return redirect("glossary:proposals" if report.created + report.updated else "glossary:list")
    if request.method == "POST":
        messages.error(request, _("Nothing was proposed: the file needs your attention."))
    context = {"form": form, "errors": report.errors, **frame(_("Upload a sheet"), icon="upload")}
    return render(request, "glossary/upload.html", context)


def _taken_in(form: SheetForm, actor: Actor) -> Report:
    try:
        return import_glossary(form.raw(), actor=actor, now=timezone.now())
    except Refused as refused:
        return Report(errors=[Error(str(form.cleaned_data["sheet"].name), "file", str(refused))])


def _is_shown(row: vocabulary.Entry, show: str) -> bool:
    if show == "removed":
        return row.is_removed
    if show == "single":
        return not (row.is_removed or row.content.broader or row.narrower)
    return not row.is_removed


def _query(chosen: dict[str, Any]) -> str:
    """The filters as a query string for the links to other pages."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in chosen.items() if value})
    return query.urlencode()


def _outcome(report: Report) -> str:
    return _("Proposed: %(created)d new, %(updated)d changed. %(unchanged)d say nothing new.") % {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
    }
