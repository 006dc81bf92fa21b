"""Throwing away a kept form; the desk's addresses call it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.common.desk import desk_view
from portal.common.languages import DEFAULT, in_language, language_of
from portal.common.typed.kept import drop


@desk_view
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the page for which it waited, which then shows what is saved."""
    row = drop(request, pk)
    if row is None:
        raise Http404
    return redirect(in_language(row.page, language_of(request.path) or DEFAULT))
