"""Views for 403, 404, 410 and refused forms; URL configuration and middleware call them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve
from django.utils.encoding import iri_to_uri

from portal.common.errors import Gone


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def nowhere(request: HttpRequest, path: str = "") -> HttpResponse:
    """The last URL pattern: an address that nothing serves, unless only its last slash is missing."""
    with_slash = f"/{path}/"
    if (
        request.method == "GET"
        and path
        and not path.endswith("/")
        and resolve(with_slash).func is not nowhere
    ):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(iri_to_uri(with_slash) + (f"?{query}" if query else ""))
    raise Http404(path)


def gone(request: HttpRequest, exception: Gone) -> HttpResponse:
    context = {"number": exception.number, "date": exception.date}
    return render(request, "errors/410.html", context, status=410)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its key: cookies off or a page left open too long. Nothing was changed."""
    return render(request, "errors/403.html", {"form_refused": True}, status=403)
