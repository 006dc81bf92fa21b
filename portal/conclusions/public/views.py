"""The public address of a consultation's conclusions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.cms.dates import day_or_days
from portal.common.languages import DEFAULT
from portal.conclusions.public.page import page_of
from portal.conclusions.public.published import published_at
from portal.consultations.page_queries import consultation_at, numbers, summary_of
from portal.records.trace_links import foreign
from portal.taxonomy.queries import organization_type_names


@require_safe
def conclusions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """404 until conclusions are published, and while the consultation is no public page."""
    language = get_language() or DEFAULT
    published = published_at(slug, language)
    if published is None:
        return _none_yet(request, slug, language)
    page, route, public = published.page, published.route, published.public
    request.alternates = {  # type: ignore[attr-defined]
        code: f"{url}conclusions/" for code, url in route.alternates.items()
    }
    above = [*route.crumbs, {"title": page.title, "url": route.url, "lang": route.lang}]
    context = page_of(
        public,
        language,
        organization_type_names(language),
        slug=page.slug,
        url=route.url,
        asked=request.GET,
        now=timezone.now(),
    )
    return render(
        request,
        "conclusions/conclusions.html",
        context
        | {"page": page, "dates": day_or_days(page.starts_on, page.ends_on), "route": route, "crumbs": above},
    )


def _none_yet(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The address is not there yet, but its consultation is: say so and lead back."""
    consultation = consultation_at(slug, language)
    if consultation is None:
        raise Http404(slug)
    context = {
        "summary": summary_of(consultation, numbers(), timezone.now()),
        "lang": foreign(consultation.language, language),
    }
    return render(request, "conclusions/none_yet.html", context, status=404)
