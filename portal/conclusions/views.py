"""The room of the conclusions at the desk: editors only, nothing of it is public."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.languages import DEFAULT
from portal.conclusions.desk.rooms import editors_room
from portal.conclusions.models import Conclusions
from portal.conclusions.queries import consultation_titles, page_of_consultation, visible_to
from portal.conclusions.reading import languages_of, participant_rows, shown_parts
from portal.conclusions.rules import may_draft
from portal.conclusions.states import STATES, ConclusionsState
from portal.taxonomy.queries import organization_type_names


@editors_room
@desk_view
@require_safe
def version_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not may_draft(actor):
        raise Http404("conclusions")
    versions = list(visible_to(actor).prefetch_related("sources"))
    titles = consultation_titles([row.consultation_key for row in versions], get_language() or DEFAULT)
    rows = [
        {
            "version": row,
            "title": titles.get(row.consultation_key, (str(row.consultation_key), ""))[0],
            "lang": titles.get(row.consultation_key, ("", ""))[1],
            "state": STATES.label(row.state),
            "tone": STATES[row.state].tone,
        }
        for row in versions
    ]
    context = {"rows": rows, "crumbs": crumbs_to(_("Conclusions"))}
    return render(request, "conclusions/list.html", context)


@desk_view
@require_safe
def version_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """One version as it stands, in one of its languages."""
    version = get_object_or_404(visible_to(actor_of(request)), key=key)
    reader, languages = get_language() or DEFAULT, languages_of(version)
    default = reader if reader in languages else version.language
    language = request.GET.get("language", "")
    language = language if language in languages else default
    names = organization_type_names(reader)
    title, lang = consultation_titles([version.consultation_key], reader).get(
        version.consultation_key, (str(version.consultation_key), "")
    )
    context = {
        "version": version,
        "draft": version if version.is_editable else None,
        "public_url": _public_url(version, reader),
        "title": title,
        "lang": lang,
        "state": {"text": STATES.label(version.state), "tone": STATES[version.state].tone},
        "languages": languages,
        "language": language,
        "parts": shown_parts(version, language),
        "participants": participant_rows(version, language, names),
        "headers": [_("Category"), _("Official figure"), _("Counted in"), _("Words"), _("Names")],
        "sources": version.sources.all(),
        "crumbs": _crumbs(title, lang),
    }
    return render(request, "conclusions/version.html", context)


def _public_url(version: Conclusions, language: str) -> str:
    """Where readers find it, of the version that is public; empty for any other. One query."""
    if version.state != ConclusionsState.PUBLISHED:
        return ""
    page = page_of_consultation(version.consultation_key, language)
    return reverse("public_conclusions:conclusions", args=[page.slug]) if page and page.live else ""


def _crumbs(title: str, lang: str) -> list[dict[str, str]]:
    desk, last = crumbs_to(title, lang)
    return [desk, {"title": _("Conclusions"), "url": reverse("conclusions:list")}, last]
