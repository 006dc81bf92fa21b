"""Addresses without a language that lead to the reader's own: the site's root and the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.common.languages import CODES


@require_safe
def home_door(request: HttpRequest) -> HttpResponse:
    """`/` leads to the home page in the browser's language."""
    response = redirect(f"/{request.LANGUAGE_CODE}/")  # type: ignore[attr-defined]
    patch_vary_headers(response, ("Accept-Language",))
    return response


@require_safe
def desk_door(request: HttpRequest) -> HttpResponse:
    """`/desk/` leads to the desk in the signed-in person's language."""
    chosen = getattr(request.user, "language", "")
    language = chosen if chosen in CODES else request.LANGUAGE_CODE  # type: ignore[attr-defined]
    return redirect(f"/{language}/desk/")
