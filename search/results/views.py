"""The search page, what its box suggests, and how a passage is cited. They read no session, set no cookie."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.common.declarations import declared
from portal.common.languages import CODES
from search.engines.base import WINDOW, Sort
from search.results import page_context
from search.results.citation import Citation, as_bibtex, as_csl, as_ris, as_text, cited
from search.results.did_you_mean import correction
from search.results.facets import labelled
from search.results.query_params import address_of, address_with, language_of, question_of, span_of
from search.results.query_parser import clean
from search.results.service import PAGE_SIZE, find
from search.results.suggestions import suggestions

DOWNLOADS = {
    "bib": (as_bibtex, "application/x-bibtex; charset=utf-8"),
    "json": (as_csl, "application/vnd.citationstyles.csl+json; charset=utf-8"),
    "ris": (as_ris, "application/x-research-info-systems; charset=utf-8"),
}


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    question = question_of(request.GET, _ui())
    answer = find(question)
    pages = Paginator(range(min(answer.documents, WINDOW)), PAGE_SIZE)
    typed = clean(question.text)
    better = correction(answer)
    context = {
        "q": typed,
        "answer": answer,
        "notices": [str(notice) for notice in answer.notices],
        "items": [page_context.item(hit, answer) for hit in answer.hits],
        "more": [page_context.item(hit, answer.more) for hit in answer.more.hits] if answer.more else [],
        "address": address_of(question),
        "result_actions": declared("result_actions"),
        "facets": [
            page_context.facet(each) for each in labelled(answer.facets, question.chosen, question.ui)
        ],
        "sort": "" if answer.hits or question.sort == Sort.RELEVANCE else question.sort.value,
        "orders": page_context.orders(question),
        "days": page_context.days(request.GET, span_of(request.GET).faults),
        "dated": any(request.GET.get(name, "").strip() for name in ("from", "to")),
        "filtered": page_context.is_narrowed(question),
        "kept": page_context.kept(question),
        "page": pages.get_page(question.page),
        "prefix": address_with(question, page=""),
        "as_typed": address_with(question, expand="0"),
        "widened": address_with(question, expand=None),
        "better": better,
        "better_url": address_with(question, q=better.text) if better else "",
        "steps": page_context.next_steps(question, typed) if not answer.documents else [],
    }
    return render(request, "search/results.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [text]}` for what somebody has begun to type."""
    return JsonResponse({"suggestions": suggestions(request.GET.get("q", ""), _ui())})


@require_safe
def cite(request: HttpRequest, identity: str, language: str, position: int) -> HttpResponse:
    """A passage with its lasting address and its citation; 410 when it was withdrawn."""
    citation = _cited(identity, language, position)
    context = {"citation": citation, "text": as_text(citation), "bibtex": as_bibtex(citation)}
    return render(request, "search/cite.html", context)


@require_safe
def download(request: HttpRequest, identity: str, language: str, position: int, form: str) -> HttpResponse:
    """The citation as a file."""
    if form not in DOWNLOADS:
        raise Http404(form)
    write, content_type = DOWNLOADS[form]
    citation = _cited(identity, language, position)
    response = HttpResponse(write(citation), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{citation.key}.{form}"'
    return response


def _cited(identity: str, language: str, position: int) -> Citation:
    if language not in CODES:
        raise Http404(language)
    return cited(identity, language, position, site=settings.SITE_URL, seen=timezone.localdate())


def _ui() -> str:
    return language_of(get_language() or "")
