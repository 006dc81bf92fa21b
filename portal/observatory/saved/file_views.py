"""Results as files and searches from files, at the desk."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.characters import one_line
from portal.common.desk import desk_view, form_view
from portal.common.errors import NotAllowed
from portal.files.refusals import Refused
from portal.observatory.saved import batches, domain, rules
from portal.observatory.saved.exports import FORMATS, MOST_DOCUMENTS, export_of
from portal.observatory.saved.forms import BatchForm
from portal.observatory.saved.models import BatchSearch
from portal.observatory.saved.queries import batches_visible_to
from portal.observatory.saved.views import asked_in, crumbs_to
from portal.observatory.saved.wording import facts_of, title_of
from portal.tables.writing import table_response
from search.engines.base import EngineUnavailable, SnapshotGone
from search.results.query_params import language_of
from search.results.service import Notice, find

BATCH_FORMATS = ("csv", "xlsx")


@desk_view
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """What would be in the file, and in which forms it comes."""
    question = asked_in(request)
    answer = find(question)
    context = {
        "facts": facts_of(question),
        "answer": answer,
        "most": MOST_DOCUMENTS,
        "is_down": Notice.DOWN in answer.notices,
        "is_relaxed": Notice.RELAXED in answer.notices,
        "formats": list(FORMATS),
        "address": domain.canonical(question),
        "crumbs": crumbs_to(_("Download results")),
    }
    return render(request, "saved/export.html", context)


@desk_view
@require_safe
def export_file(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in FORMATS:
        raise Http404(kind)
    question = asked_in(request)
    try:
        return FORMATS[kind](export_of(question, now=timezone.now()))
    except (EngineUnavailable, SnapshotGone):
        return redirect(f"{reverse('saved:export')}?{domain.canonical(question)}")


@desk_view
@form_view
def batch(request: HttpRequest) -> HttpResponse:
    """Take a file of searches: all of it, or nothing and every reason."""
    actor = actor_of(request)
    if not rules.can_keep(actor):
        raise NotAllowed("search from a file")
    form = BatchForm(request.POST, request.FILES) if request.method == "POST" else BatchForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("saved:batch_results", key=_kept(request, form).key)
        except Refused as refused:
            form.add_error("file", str(refused))
        except batches.Unreadable as refused:
            for error in refused.errors[: batches.MOST_ERRORS]:
                form.add_error("file", str(error))
    context = {
        "form": form,
        "batches": list(batches_visible_to(actor)),
        "columns": ", ".join(column.code for column in batches.COLUMNS),
        "most": batches.MOST_ROWS,
        "crumbs": crumbs_to(_("Many searches from a file")),
    }
    return render(request, "saved/batch.html", context)


def _kept(request: HttpRequest, form: BatchForm) -> BatchSearch:
    ui = language_of(get_language() or "")
    asked = batches.read(form.content(), ui)
    return domain.keep_batch(
        asked=[(each.row, each.address) for each in asked],
        name=one_line(str(form.cleaned_data["file"].name)),
        language=ui,
        actor=actor_of(request),
        now=timezone.now(),
    )


@desk_view
@require_safe
def batch_results(request: HttpRequest, key: UUID) -> HttpResponse:
    kept = _own(request, key)
    results = _answers(kept)
    rows = [
        {
            "row": each.row,
            "title": title_of_row(each),
            "url": f"{reverse('search:results')}?{domain.canonical(each.question)}",
            "result": each,
        }
        for each in results
    ]
    context = {
        "batch": kept,
        "rows": rows,
        "is_down": any(not each.is_answered for each in results),
        "crumbs": crumbs_to(_("Many searches from a file"), reverse("saved:batch"), kept.name),
    }
    return render(request, "saved/batch_results.html", context)


@desk_view
@require_safe
def batch_file(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    if kind not in BATCH_FORMATS:
        raise Http404(kind)
    kept = _own(request, key)
    results = _answers(kept)
    if any(not each.is_answered for each in results):
        return redirect("saved:batch_results", key=key)
    return table_response(kind, "batch-search", batches.columns(), batches.cells(results))


def title_of_row(result: batches.Result) -> str:
    """The words of a row; filters alone have a name as well."""
    return " ".join(result.question.text.split()) or title_of(result.question)


def _answers(kept: BatchSearch) -> list[batches.Result]:
    return batches.ask([batches.Asked(row, address) for row, address in kept.asked], kept.language)


def _own(request: HttpRequest, key: UUID) -> BatchSearch:
    return get_object_or_404(batches_visible_to(actor_of(request)), key=key)
