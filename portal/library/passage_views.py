"""The lasting address of a passage leads to the part of the reading page it stands in."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.library.addresses import place_of
from portal.library.forms import asked_words, searched_how, searched_words
from portal.library.queries import document_by_public_id


@require_safe
def passage(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    """Where it stands now; a place that never was is 404, words that are gone are told there."""
    document = document_by_public_id(public_id)
    words = asked_words(request.GET)
    place = place_of(document, position, words)
    if place is None and not words:
        raise Http404(public_id)
    kept = {"q": searched_words(request.GET), "expand": searched_how(request.GET)}
    if place is None:
        place = min(max(1, position), max(1, document.passages_count))
        kept["words"] = words
    query = urlencode({**{name: value for name, value in kept.items() if value}, "passage": place})
    return redirect(f"{document.path(get_language() or DEFAULT)}?{query}#p{place}")
