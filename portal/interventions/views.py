"""Public pages of interventions: the list, and each intervention with its thread."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.common.languages import DEFAULT
from portal.consultations import threads
from portal.consultations.answers import form_badges
from portal.consultations.enums import InterventionForm
from portal.interventions import public_queries
from portal.interventions.filters import InterventionFilters
from portal.publication import queries
from portal.publication.enums import RecordKind, Stage
from portal.publication.listing import (
    citation,
    country_name,
    foreign,
    list_item,
    organization_links,
    original_badge,
    page_of_list,
)
from portal.publication.models import Record
from portal.taxonomy.queries import organization_type_names


def intervention_list(request: HttpRequest) -> HttpResponse:
    language = get_language() or DEFAULT
    type_names = organization_type_names(language)
    consultations = public_queries.consultation_titles(language)
    filters = InterventionFilters(request.GET, type=type_names.items(), consultation=consultations.items())
    rows = public_queries.interventions(filters.chosen())
    page = page_of_list(request, queries.in_language(rows, language))
    total = page.paginator.count
    context = {
        "filters": filters,
        "page": page,
        "items": [list_item(row, language, type_names=type_names, badges=form_badges(row)) for row in page],
        "counted": ngettext("%(number)s contribution", "%(number)s contributions", total) % {"number": total},
        "clear": reverse("interventions:list"),
        "search": f"/{language}/search/?kind={RecordKind.INTERVENTION}",
    }
    return render(request, "interventions/list.html", context)


def intervention_page(request: HttpRequest, public_id: str) -> HttpResponse:
    language = get_language() or DEFAULT
    record = queries.record_by_public_id(public_id, RecordKind.INTERVENTION)
    if request.path != record.path(language):
        return redirect(record.path(language), permanent=True)
    shown = queries.original(record) if "original" in request.GET else queries.reading(record, language)
    type_names = organization_type_names(language)
    thread = threads.thread_of_record(record, language)
    context = {
        "record": record,
        "shown": shown,
        "is_original_wanted": "original" in request.GET and language in _translated_into(record),
        "lang": foreign(shown.language, language),
        "crumbs": [
            {"title": _("Contributions"), "url": reverse("interventions:list")},
            {"title": shown.title},
        ],
        "form": InterventionForm(record.facts.get("form", InterventionForm.INTERVENTION)).label,
        "badges": [*form_badges(record), *original_badge(record, language)],
        "rows": _facts(record, thread, type_names, language),
        "steps": threads.steps(thread, Stage.INTERVENTION, language),
        "pledges": [(row, foreign(row.language, language)) for row in thread[Stage.PLEDGE]],
        "versions": record.versions.defer("content"),
        "citation": citation(record, shown),
        "api": f"/api/v1/interventions/{record.public_id}?ui={language}",
    }
    return render(request, "interventions/intervention.html", context)


def _translated_into(record: Record) -> set[str]:
    return {row.language for row in record.translations.all()}


def _facts(
    record: Record, thread: threads.Thread, type_names: dict[str, str], language: str
) -> list[dict[str, Any]]:
    questions = [
        {"label": row.title, "url": row.url, "lang": foreign(row.language, language)}
        for row in thread[Stage.QUESTION]
    ]
    return [
        {"term": _("Organization"), "links": organization_links(record, language)},
        {"term": _("Type"), "value": type_names.get(record.type_code, "")},
        {"term": _("Country"), "value": country_name(record.country)},
        {"term": _("Answers the questions"), "links": questions},
    ]
