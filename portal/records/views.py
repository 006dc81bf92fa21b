"""Public addresses of every kind of record: its list, each record, and the permanent address."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.cms.queries import pages_by_key
from portal.common.errors import Gone
from portal.common.ids import parse_public_id
from portal.common.languages import DEFAULT
from portal.files.downloads import public_copy
from portal.library.forms import asked_passage, searched_how, searched_words
from portal.library.models import LETTER as DOCUMENT_LETTER
from portal.library.queries import document_by_public_id
from portal.publication.enums import RecordKind
from portal.publication.kinds import ACTION
from portal.publication.queries import record_by_public_id
from portal.records.exports import FORMATS, export
from portal.records.feeds import feed_of
from portal.records.listing import list_item
from portal.records.lists import listing_of
from portal.records.logos import path_of_logo
from portal.records.pages import page_of, page_of_organization
from portal.records.readings import drafts_of
from portal.records.trace_targets import trace_target
from portal.records.types import list_panels, lists_beside, record_type
from portal.taxonomy.queries import organization_type_names

# How the words were searched, as results say it in their addresses (`search.results.highlighting`).
_WAYS = ("0", "loose")


@require_safe
def record_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list; `?format=` gives all of it under the same filters as a file."""
    declared, language = record_type(kind), get_language() or DEFAULT
    listing = listing_of(declared, request, language)
    filters = listing.filters.form
    if (asked := filters.file()) is not None:
        return export(listing, asked)
    page, now = listing.page(request.GET.get("page")), timezone.now()
    total, names = page.paginator.count, listing.reader.type_names
    narrowed = listing.filters.qs if listing.filters.is_asked else None
    context = {
        "type": declared,
        "filters": filters,
        "is_filtered": listing.filters.is_asked,
        "unknown": filters.unknown,
        "page": page,
        "items": [
            list_item(
                row, language, type_names=names, badges_at=now, more=declared.listed(row, listing.filters)
            )
            for row in page
        ],
        "counted": declared.counted_rows(narrowed, total),
        "prefix": listing.address_with(page=""),
        "clear": listing.address,
        "search": f"/{language}/search/?kind={kind}",
        "downloads": [{"label": name.upper(), "url": listing.address_with(format=name)} for name in FORMATS],
        "feed": f"{listing.address}feed/{listing.query_of_filters}",
        "beside": lists_beside(declared, language),
        "panels": list_panels(declared, language),
    }
    return render(request, "records/list.html", context)


@require_safe
def record_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest of the list under its filters, as Atom."""
    listing = listing_of(record_type(kind), request, get_language() or DEFAULT)
    listing.filters.form.refuse_unknown()
    return feed_of(listing, request)


@require_safe
def record_page(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    language, declared = get_language() or DEFAULT, record_type(kind)
    record = record_by_public_id(public_id, kind)
    if request.path != record.path(language):
        return redirect(record.path(language), permanent=True)
    names = organization_type_names(language)
    if declared.gathers:
        return render(request, declared.template, page_of_organization(record, language, names))
    # No draft of a machine is offered to search engines as the page of a language.
    request.not_offered = drafts_of(record)  # type: ignore[attr-defined]
    context = page_of(record, language, names, is_original="original" in request.GET)
    return render(request, declared.template, context)


@require_safe
def organization_logo(request: HttpRequest, public_id: str) -> HttpResponse:
    """The cleaned picture, as the ledger tells of it; 404 where there is none, 410 once it is withdrawn."""
    path = path_of_logo(record_by_public_id(public_id, RecordKind.ORGANIZATION))
    if not path:
        raise Http404(public_id)
    return public_copy(f"logo-{public_id}.{path.rsplit('.', 1)[-1]}", path)


@require_safe
def permanent(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/r/I-00007/`, `/r/D-00003/`, `/r/<page key>/` or `/r/<framework>:<code>/` leads to it.

    In the reader's language. 404 for an unknown number, 410 for a withdrawn one; that of a merged one leads
    to what it was merged into. `passage` opens it there, `q` marks words.
    """
    path = _path_of(public_id, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    response = redirect(path + _place_in(path, request.GET))
    patch_vary_headers(response, ("Accept-Language",))
    return response


def _path_of(public_id: str, language: str) -> str:
    if ":" in public_id:
        return _action_path(public_id, language)
    parsed = parse_public_id(public_id)
    if parsed is None:
        return _page_path(public_id, language)
    if parsed[0] == DOCUMENT_LETTER:
        return f"/{language}/library/{document_by_public_id(public_id).public_id}/"
    try:
        return record_by_public_id(public_id).path(language)
    except Gone as gone:
        if not gone.into:
            raise
        return record_by_public_id(gone.into).path(language)


def _place_in(path: str, asked: QueryDict) -> str:
    """The passage and the words asked for, to go on the path. Only documents have places by number."""
    passage, q = asked_passage(asked), searched_words(asked)
    query = {"q": q} if q else {}
    how = searched_how(asked)
    if q and how in _WAYS:
        query["expand"] = how
    is_document = path.split("/")[2:3] == ["library"]
    if passage and is_document:
        query["passage"] = str(passage)
    place = f"#p{passage}" if passage and is_document else "#found" if q else ""
    return (f"?{urlencode(query)}" if query else "") + place


def _action_path(key: str, language: str) -> str:
    links = trace_target(ACTION).links([key], language)
    if not links:
        raise Http404(key)
    return links[0].url


def _page_path(text: str, language: str) -> str:
    try:
        key = UUID(text)
    except ValueError:
        raise Http404(text) from None
    page = pages_by_key([key], language).get(key)
    if page is None:
        raise Http404(text)
    return page.url
