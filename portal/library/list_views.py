"""The public list of the library. It reads no session and sets no cookie."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.feeds import NEWEST, Feed, feed_answer
from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.common.xml_text import fit
from portal.library.forms import LibraryFilters, asked_part
from portal.library.listing import (
    Counted,
    counted,
    documents_with,
    languages_beside,
    one_of_each_work,
)
from portal.library.models import LibraryDocument

DOCUMENTS_PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of documents, by what they are and what they are filed under."""
    language = get_language() or DEFAULT
    offered = counted(language)
    filters = LibraryFilters(request.GET, offered=offered)
    chosen = filters.chosen
    rows = one_of_each_work(filters.passing(documents_with(chosen)), language)
    page = Paginator(rows, DOCUMENTS_PER_PAGE).get_page(asked_part(request.GET))
    beside = languages_beside(list(page))
    context = {
        "page": page,
        "items": [item_of(document, language, beside[document.pk]) for document in page],
        "facets": _facets(filters, offered, chosen),
        "filters": filters,
        "filtered": filters.is_asked,
        "prefix": filters.query(page=""),
        "feed": reverse("library:feed"),
        "crumbs": [{"title": _("Library")}],
    }
    return render(request, "library/index.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What was added or changed last, under the filters of the list, as Atom."""
    language = get_language() or DEFAULT
    filters = LibraryFilters(request.GET, offered=counted(language))
    filters.refuse_unknown()
    rows = filters.passing(documents_with(filters.chosen)).order_by("-updated_at", "-pk")[:NEWEST]
    made = Feed(
        title=_("Library"),
        link=f"{settings.SITE_URL}{reverse('library:index')}",
        description=_("The documents of the process, to read and to search word by word."),
        language=language,
        feed_url=f"{settings.SITE_URL}{request.get_full_path()}",
    )
    for document in rows:
        _add(made, document, language)
    return feed_answer(made.content())


def _add(made: Feed, document: LibraryDocument, language: str) -> None:
    made.add_item(
        title=fit(document.title, " "),
        link=f"{settings.SITE_URL}{document.path(language)}",
        description=fit(document.description, " "),
        unique_id=f"{settings.SITE_URL}/r/{document.public_id}/",
        pubdate=document.created_at,
        updateddate=document.updated_at,
        language=document.language,
    )


def item_of(document: LibraryDocument, language: str, beside: Sequence[str]) -> dict[str, object]:
    """A document as `components/record_list.html` shows it; `beside`: languages of the same text."""
    spoken = _named(document.languages)
    also = _("also in: %(languages)s") % {"languages": _named(beside)} if beside else ""
    return {
        "title": document.title,
        "url": document.path(language),
        "lang": document.language if document.language != language else "",
        "kind": {"text": document.get_kind_display()},
        "meta": [spoken, also, document.dated, document.public_id],
    }


def _named(codes: Sequence[str]) -> str:
    return ", ".join(str(LANGUAGE_NAMES[code]) for code in codes)


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
