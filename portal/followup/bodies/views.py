"""Public pages of the bodies of the follow-up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.followup.bodies import rows as body_rows
from portal.followup.bodies.feed import bodies_feed
from portal.followup.queries import public_bodies
from portal.records.feeds import feed_answer
from portal.tables.writing import downloads
from portal.taxonomy.queries import organization_type_names


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """Four queries. `?format=` gives the list as a file."""
    language = get_language() or DEFAULT
    rows = body_rows.rows_on(language, timezone.now().date())
    if "format" in request.GET:
        return body_rows.export_bodies(rows, request.GET["format"], language)
    context = {
        "items": [body_rows.item_of(body, seats, language) for body, seats in rows],
        "downloads": downloads(),
        "crumbs": _crumbs(language, _("Bodies of the follow-up")),
    }
    return render(request, "followup/bodies.html", context)


@require_safe
def body_feed(request: HttpRequest) -> HttpResponse:
    return feed_answer(bodies_feed(get_language() or DEFAULT), request)


@require_safe
def body_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The same number of queries however many seats it has."""
    body, language = get_object_or_404(public_bodies(), slug=slug), get_language() or DEFAULT
    context = body_rows.page_of(body, language, organization_type_names(language), timezone.now().date())
    above = {"title": _("Bodies of the follow-up"), "url": f"/{language}/follow-up/bodies/"}
    crumbs = _crumbs(language, context["title"])
    return render(request, "followup/body.html", {**context, "crumbs": [crumbs[0], above, crumbs[1]]})


def _crumbs(language: str, title: str) -> list[dict[str, str]]:
    return [{"title": _("Follow-up"), "url": f"/{language}/follow-up/"}, {"title": title}]
