"""Public pages of organizations, and permanent addresses of every record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers

from portal.publication.queries import record_by_public_id


def permanent(request: HttpRequest, public_id: str) -> HttpResponse:
    """`/r/I-00007/` leads to the record in the reader's language; 404 unknown, 410 withdrawn."""
    record = record_by_public_id(public_id)
    response = redirect(record.path(request.LANGUAGE_CODE))  # type: ignore[attr-defined]
    patch_vary_headers(response, ("Accept-Language",))
    return response
