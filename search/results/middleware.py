"""Marks the searched words on a page that was opened from a result (`?q=`), so that no page needs to know.

The library marks its reading page itself; the search page marks its results.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.common.languages import language_of
from search.results.glossary_cache import glossary
from search.results.highlighting import AS_TYPED, LOOSE, matcher_for
from search.results.html_highlighting import marked_main, with_first_mark
from search.results.query_parser import clean

LONGEST_PAGE = 1_000_000
# Parts of the site that mark by themselves or are not public.
LEFT_ALONE = frozenset({"search", "library", "desk"})


class MarkFoundWords:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        language = language_of(request.path)
        text = clean(request.GET.get("q", ""))
        if language and text and isinstance(response, HttpResponse) and _is_page(request, response):
            how = request.GET.get("expand")
            matcher = matcher_for(text, language, None if how == AS_TYPED else glossary(), how == LOOSE)
            page = response.content.decode(response.charset or "utf-8")
            response.content = with_first_mark(marked_main(page, matcher.spans, language))
        return response


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and request.path.split("/")[2] not in LEFT_ALONE
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and len(response.content) <= LONGEST_PAGE
    )
