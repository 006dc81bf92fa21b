"""Permanent addresses of every public thing."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers

from portal.cms.queries import pages_by_key
from portal.common.ids import parse_public_id
from portal.library.models import LETTER as DOCUMENT_LETTER
from portal.library.queries import document_by_public_id
from portal.publication.queries import record_by_public_id


def permanent(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/r/I-00007/`, `/r/D-00003/` or `/r/<page key>/` leads to it in the reader's language.

    404 for an unknown number, 410 for a withdrawn one.
    """
    response = redirect(_path_of(public_id, request.LANGUAGE_CODE))  # type: ignore[attr-defined]
    patch_vary_headers(response, ("Accept-Language",))
    return response


def _path_of(public_id: str, language: str) -> str:
    parsed = parse_public_id(public_id)
    if parsed is None:
        return _page_path(public_id, language)
    if parsed[0] == DOCUMENT_LETTER:
        return f"/{language}/library/{document_by_public_id(public_id).public_id}/"
    return record_by_public_id(public_id).path(language)


def _page_path(text: str, language: str) -> str:
    try:
        key = UUID(text)
    except ValueError:
        raise Http404(text) from None
    page = pages_by_key([key], language).get(key)
    if page is None:
        raise Http404(text)
    return page.url
