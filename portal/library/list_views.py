"""The public list of the library. It reads no session and sets no cookie."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.library.forms import LibraryFilters, asked_part
from portal.library.listing import Counted, counted, documents_with
from portal.library.models import LibraryDocument

DOCUMENTS_PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of documents, by what they are and what they are filed under."""
    language = get_language() or DEFAULT
    offered = counted(language)
    filters = LibraryFilters(request.GET, offered=offered)
    chosen = filters.chosen
    rows = filters.passing(documents_with(chosen))
    page = Paginator(rows, DOCUMENTS_PER_PAGE).get_page(asked_part(request.GET))
    context = {
        "page": page,
        "items": [item_of(document, language) for document in page],
        "facets": _facets(filters, offered, chosen),
        "filters": filters,
        "filtered": filters.is_asked,
        "prefix": filters.query(page=""),
        "crumbs": [{"title": _("Library")}],
    }
    return render(request, "library/index.html", context)


def item_of(document: LibraryDocument, language: str) -> dict[str, object]:
    """A document as `components/record_list.html` shows it."""
    spoken = ", ".join(str(LANGUAGE_NAMES[code]) for code in document.languages)
    return {
        "title": document.title,
        "url": document.path(language),
        "lang": document.language if document.language != language else "",
        "kind": {"text": document.get_kind_display()},
        "meta": [spoken, document.dated, document.public_id],
    }


def _facets(filters: LibraryFilters, offered: dict[str, Counted], chosen: dict[str, Any]) -> list[Any]:
    return [
        {"name": name, "title": filters.fields[name].label, "options": options}
        for name, values in offered.items()
        if (options := _options(values, chosen.get(name, [])))
    ]


def _options(values: Counted, chosen: list[str]) -> list[dict[str, object]]:
    return [
        {"value": value, "label": text, "count": number, "chosen": value in chosen}
        for value, text, number in values
    ]
