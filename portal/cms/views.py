"""Serves every Wagtail page under its language prefix."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from wagtail.models import Page, PageViewRestriction

from portal.cms.pages import PortalPage
from portal.cms.routing import Route, resolve
from portal.common.errors import NotAllowed
from portal.common.languages import DEFAULT


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` in the reader's language, or the original where there is no translation."""
    route = resolve(path, translation.get_language() or DEFAULT)
    if route.url != request.path:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{route.url}?{query}" if query else route.url)
    page = _specific(route)
    if page is None:
        raise Http404(path)
    if route.is_restricted and (door := _door(page, request)):
        return HttpResponseRedirect(door)
    request.route = route  # type: ignore[attr-defined]
    request.alternates = route.alternates  # type: ignore[attr-defined]
    response: HttpResponse = page.serve(request)
    if route.is_restricted:
        add_never_cache_headers(response)
    return response


def _specific(route: Route) -> PortalPage | None:
    """The page with the fields of its type; None for a type that is not ours. One query."""
    model = ContentType.objects.get_for_id(route.page.content_type_id).model_class()
    if model is None or not issubclass(model, PortalPage):
        return None
    page: PortalPage | None = model._default_manager.filter(pk=route.page.pk).first()
    return page


def _door(page: Page, request: HttpRequest) -> str:
    """Where a visitor of a restricted page signs in; empty when the page is open to this person.

    Raises `NotAllowed` where signing in would not help.
    """
    for restriction in page.get_view_restrictions():
        if not restriction.accept_request(request):
            by_password = restriction.restriction_type == PageViewRestriction.PASSWORD
            if by_password or request.user.is_authenticated:
                raise NotAllowed
            return f"/accounts/login/?next={request.path}"
    return ""
