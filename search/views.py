"""The search page: parse the address, find, show. It reads no session and sets no cookie."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.phrases import LANGUAGE_NAMES
from portal.library.reading import marked_html
from search.engines.base import WINDOW
from search.excerpts import excerpt
from search.facets import KINDS, Facet, labelled
from search.finding import PAGE_SIZE, Hit, Question, find
from search.forms import language_of, question_of
from search.queries import clean

ON_PAGE = ("kind", "language", "consultation", "organization_type", "country", "year")
FIRST_VALUES = 8
# Their number is part of the name: "Segment 1".
PAGE_KINDS = frozenset({"consultation", "segment", "question", "page"})


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    question = question_of(request.GET, language_of(get_language() or ""))
    answer = find(question)
    pages = Paginator(range(min(answer.documents, WINDOW)), PAGE_SIZE)
    facets = labelled(answer.facets, question.chosen, question.ui)
    typed = clean(question.text)
    context = {
        "q": typed,
        "answer": answer,
        "notices": [str(notice) for notice in answer.notices],
        "items": [_item(hit, question.ui) for hit in answer.hits],
        "facets": [_facet(facet) for facet in facets if facet.name in ON_PAGE],
        "filtered": bool(question.chosen),
        "kept": _kept(question),
        "page": pages.get_page(question.page),
        "prefix": f"?{_address(request, page=None)}&page=",
        "as_typed": f"?{_address(request, page=None, expand='0')}",
        "widened": f"?{_address(request, page=None, expand=None)}",
        "steps": _next_steps(question, typed) if not answer.documents else [],
    }
    return render(request, "search/results.html", context)


def _item(hit: Hit, ui: str) -> dict[str, Any]:
    lang = hit.language if hit.language != ui else ""
    number, is_page = hit.details.get("number", ""), hit.kind in PAGE_KINDS
    return {
        "title": marked_html(hit.title, hit.title_marks),
        "url": hit.url,
        "lang": lang,
        "kind": {"text": f"{KINDS[hit.kind]} {number}".strip() if is_page else KINDS[hit.kind]},
        "meta": [
            "" if is_page else number,
            hit.details.get("organization", ""),
            str(hit.year or ""),
            str(LANGUAGE_NAMES.get(hit.language, "")),
        ],
        "passages": [
            {
                "html": marked_html(*excerpt(each.text, each.marks)),
                "where": _where(each.page, each.heading if each.heading != hit.title else ""),
                "url": each.url,
            }
            for each in hit.passages
            if each.text != hit.title
        ],
        "matched": hit.matched,
    }


def _where(page: int | None, heading: str) -> str:
    parts = [_("page %(number)s") % {"number": page}] if page else []
    if heading:
        parts.append(heading if len(heading) <= 80 else f"{heading[:79]}…")
    return ", ".join(parts)


def _facet(facet: Facet) -> dict[str, Any]:
    """The chosen values and the most frequent ones; the others can be unfolded."""
    shown = [value for at, value in enumerate(facet.values) if value.chosen or at < FIRST_VALUES]
    return {
        "name": facet.name,
        "title": facet.title,
        "options": shown,
        "more": [value for value in facet.values if value not in shown],
    }


def _kept(question: Question) -> list[dict[str, str]]:
    """What a new search keeps: the chosen facets and the choice about the glossary."""
    kept = [{"name": name, "value": value} for name, values in question.chosen.items() for value in values]
    return kept if question.expand else [*kept, {"name": "expand", "value": "0"}]


def _address(request: HttpRequest, **changes: str | None) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return query.urlencode()


def _next_steps(question: Question, typed: str) -> list[dict[str, str]]:
    """Three ways on from an empty page that lead somewhere."""
    here = reverse("search:results")
    steps = []
    if question.chosen and typed:
        steps.append({"url": _search(here, typed), "text": _("Search for the same words without filters")})
    plain = " ".join(word.lstrip("-−") for word in typed.replace('"', " ").split())
    if plain and plain != typed:
        steps.append(
            {"url": _search(here, plain), "text": _("Search without quotation marks and minus signs")}
        )
    steps += [
        {"url": here, "text": _("See everything, newest first")},
        {"url": reverse("library:index"), "text": _("Look through the documents of the library")},
        {"url": reverse("consultations:list"), "text": _("Read what organizations have contributed")},
    ]
    return steps[:3]


def _search(here: str, text: str) -> str:
    return f"{here}?{urlencode({'q': text})}"
