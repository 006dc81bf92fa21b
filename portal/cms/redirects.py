"""Old addresses of renamed and moved pages lead to the new ones, in every language; for the settings.

Wagtail notes a redirect for each page it renames or moves and for all below, under the page's own
language. A page without a translation is read under the other prefixes too, so those are tried as well.
Editors make redirects of any address in the admin. One query, and only where nothing was found.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.models import Redirect

from portal.cms.page_rows import is_public, rows_around
from portal.cms.routing import public_path, root_paths
from portal.common.languages import CODES, in_language, language_of


class MovedPages:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if response.status_code == 404 and request.method in {"GET", "HEAD"}:
            return _moved(request) or response
        return response


def _moved(request: HttpRequest) -> HttpResponse | None:
    redirect = _redirect_for(request.path)
    target = _target(redirect, language_of(request.path)) if redirect else ""
    if redirect is None or not target or target == request.path:
        return None
    query = request.META.get("QUERY_STRING", "") if redirect.redirect_page_id else ""
    answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
    return answer(f"{target}?{query}" if query else target)


def _redirect_for(path: str) -> Redirect | None:
    """That of the address itself before those of the same address in another language."""
    if "\0" in path:
        return None
    addresses = [Redirect.normalise_path(each) for each in (path, *(in_language(path, c) for c in CODES))]
    rows = Redirect.objects.filter(old_path__in=addresses).select_related("redirect_page")
    return min(rows, key=lambda row: addresses.index(row.old_path), default=None)


def _target(redirect: Redirect, language: str | None) -> str:
    """Where it leads a reader of this language; empty when the page is not public."""
    page = redirect.redirect_page
    if page is None:
        return str(redirect.redirect_link)
    if not is_public(page.path, rows_around([page.path])):
        return ""
    return public_path(page.url_path, root_paths(), language) or ""
