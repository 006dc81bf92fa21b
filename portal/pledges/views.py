"""Public pages of pledges: the list, and each pledge with its facts, its voices and its thread."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.common.languages import DEFAULT
from portal.consultations import threads
from portal.pledges import facts, public_queries
from portal.pledges.filters import PledgeFilters
from portal.pledges.voices import voices
from portal.publication import queries
from portal.publication.enums import RecordKind, Relation, Stage
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
from portal.taxonomy.enums import Outcome
from portal.taxonomy.queries import organization_type_names


def pledge_list(request: HttpRequest) -> HttpResponse:
    language, now = get_language() or DEFAULT, timezone.now()
    type_names = organization_type_names(language)
    filters = PledgeFilters(request.GET)
    rows = public_queries.pledges(filters.chosen())
    page = page_of_list(request, queries.in_language(rows, language))
    total = page.paginator.count
    context = {
        "filters": filters,
        "page": page,
        "items": [
            list_item(row, language, type_names=type_names, badges=facts.badges(row, now)) for row in page
        ],
        "counted": ngettext("%(number)s pledge", "%(number)s pledges", total) % {"number": total},
        "clear": reverse("pledges:list"),
        "search": f"/{language}/search/?kind={RecordKind.PLEDGE}",
    }
    return render(request, "pledges/list.html", context)


def pledge_page(request: HttpRequest, public_id: str) -> HttpResponse:
    language = get_language() or DEFAULT
    record = queries.record_by_public_id(public_id, RecordKind.PLEDGE)
    if request.path != record.path(language):
        return redirect(record.path(language), permanent=True)
    shown = queries.original(record) if "original" in request.GET else queries.reading(record, language)
    thread = threads.thread_of_record(record, language)
    now = timezone.now()
    context = {
        "record": record,
        "shown": shown,
        "lang": foreign(shown.language, language),
        "crumbs": _crumbs(record, shown.title),
        "eyebrow": _eyebrow(record),
        "badges": [*facts.badges(record, now), *original_badge(record, language)],
        "rows": _facts(record, language),
        "voices": voices(record, now),
        "sources": [(row, foreign(row.language, language)) for row in thread[Stage.INTERVENTION]],
        "questions": [(row, foreign(row.language, language)) for row in thread[Stage.QUESTION]],
        "steps": threads.steps(thread, Stage.PLEDGE, language),
        "versions": record.versions.defer("content"),
        "citation": citation(record, shown),
        "api": f"/api/v1/pledges/{record.public_id}?ui={language}",
    }
    return render(request, "pledges/pledge.html", context)


def _outcomes(record: Record) -> list[Outcome]:
    return [Outcome(code) for code in queries.targets(record, Relation.SERVES) if code in Outcome.values]


def _crumbs(record: Record, title: str) -> list[dict[str, Any]]:
    every = reverse("pledges:list")
    served = [{"title": row.label, "url": f"{every}?outcome={row.value}"} for row in _outcomes(record)[:1]]
    return [{"title": _("Pledges"), "url": every}, *served, {"title": title}]


def _eyebrow(record: Record) -> list[str]:
    number = record.facts.get("external_id") or record.public_id
    forum = record.facts.get("forum")
    parts = [_("Pledge %(number)s") % {"number": number}]
    if forum:
        parts.append(_("Global Refugee Forum %(year)s") % {"year": forum})
    return parts


def _facts(record: Record, language: str) -> list[dict[str, Any]]:
    every = reverse("pledges:list")
    served = [{"label": row.label, "url": f"{every}?outcome={row.value}"} for row in _outcomes(record)]
    return [
        {"term": _("Pledging"), "links": organization_links(record, language)},
        {"term": _("Country"), "value": country_name(record.country)},
        {"term": _("Serves"), "links": served},
        {"term": _("Number here"), "value": record.public_id},
    ]
