"""The published conclusions at a consultation's public address; page and read API ask here."""

from dataclasses import dataclass

from django.http import Http404

from portal.cms.routing import Route, resolve
from portal.conclusions.models import PublicConclusions
from portal.conclusions.public.queries import current
from portal.consultations.page_models import ConsultationPage


@dataclass(frozen=True, slots=True)
class Published:
    """A public consultation page in the reader's language, and what was concluded there."""

    page: ConsultationPage
    route: Route
    public: PublicConclusions


def published_at(slug: str, language: str) -> Published | None:
    """None where there is no public consultation or nothing is published yet. Three queries."""
    try:
        route = resolve(f"consultations/{slug}", language)
    except Http404:
        return None
    page = ConsultationPage.objects.filter(pk=route.page.pk).first()
    public = current(page.translation_key) if page and not route.is_restricted else None
    return Published(page, route, public) if page and public else None
