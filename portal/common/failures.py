"""Views for 400, 403, 404, 410, 429, 503 and refused forms; URL configuration and middleware call them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from portal.common import read_api
from portal.common.errors import Gone, NoSuchChoice, OtherRoom, Unadmitted
from portal.common.languages import language_of, row_of
from portal.common.typed import refusals
from portal.common.typed.answers import is_from_here, refuse
from portal.common.typed.refusals import Refusal


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What Django refuses to read, such as a thousand parameters; so this reads nothing but the path."""
    if request.path.startswith("/api/"):
        return read_api.unreadable()
    language = language_of(request.path) or row_of(translation.get_language_from_request(request)).code
    with translation.override(language):
        return HttpResponse(render_to_string("errors/400.html"), status=400)


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
    """Browsers keep a 410 for ever unless told otherwise, and what is parted or named again comes back."""
    context = {
        "number": exception.number,
        "date": exception.date,
        "into": exception.into,
        "why": exception.why,
        "is_taken_down": bool(exception.ground),
    }
    response = render(request, "errors/410.html", context, status=410)
    response["Cache-Control"] = "no-cache"
    return response


def no_such_choice(exception: NoSuchChoice) -> HttpResponse:
    """Plain text, since whoever fetches files and feeds is often no browser."""
    told = _(
        "This address asks for a choice that the list does not have, so there is no file or feed for it."
    )
    lines = [str(told), "", *(f"{name}: {reason}" for name, reason in exception.faults.items()), ""]
    response = HttpResponse("\n".join(lines), status=422, content_type="text/plain; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    told = exception.message if isinstance(exception, OtherRoom | Unadmitted) else ""
    return render(request, "errors/403.html", {"told": told}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its key. One that came from a page of ours is given back with a new key."""
    if hasattr(request, "typed") and is_from_here(request):
        return refuse(request, refusals.KEY)
    return render(request, "errors/403.html", {"form_refused": True}, status=403)


def too_often(request: HttpRequest) -> HttpResponse:
    """Somebody met a limit; allauth asks the URL configuration. A sent form is given back around this."""
    return _passing(request, refusals.TOO_OFTEN)


def busy(request: HttpRequest) -> HttpResponse:
    """The database is held by somebody else for a moment."""
    return _passing(request, refusals.BUSY)


def _passing(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    response = render(request, "errors/wait.html", {"refusal": refusal}, status=refusal.status)
    add_never_cache_headers(response)
    for name, value in refusal.headers:
        response[name] = value
    return response
