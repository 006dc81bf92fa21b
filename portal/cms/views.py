"""Serves every Wagtail page under its language prefix."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from wagtail import hooks

from portal.cms.routing import resolve


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` in the reader's language, or the original where there is no translation."""
    language = translation.get_language() or "es"
    route = resolve(path, language)
    if (proper := route.alternates[language]) != request.path:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{proper}?{query}" if query else proper)
    page = route.page.specific
    if route.is_restricted:
        for check in hooks.get_hooks("before_serve_page"):
            if (answer := check(page, request, [], {})) is not None:
                return answer
    request.route = route  # type: ignore[attr-defined]
    request.alternates = route.alternates  # type: ignore[attr-defined]
    response: HttpResponse = page.serve(request)
    return response
