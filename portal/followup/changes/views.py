"""The public list of what was changed of goals and days, all or those of one review cycle."""

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.common.xml_text import fit
from portal.followup.changes.queries import Change, goal_changes, window_of
from portal.followup.changes.rows import export_changes, rows_of
from portal.followup.models import ReviewCycle
from portal.records.feeds import NEWEST, RecordFeed, feed_answer
from portal.tables.writing import FORMATS

PAGE_SIZE = 50


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """Three queries at most; `?cycle=` are those of one cycle, `?format=` gives them as a file."""
    language, cycle = get_language() or DEFAULT, _cycle(request)
    rows = _changes(cycle)
    if "format" in request.GET:
        return export_changes(rows, request.GET["format"], language)
    query = f"cycle={cycle.slug}&" if cycle else ""
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rows": rows_of(page, language),
        "number": len(rows),
        "cycle": cycle.title(language) if cycle else "",
        "page": page,
        "prefix": f"?{query}page=",
        "feed": f"feed/?{query.rstrip('&')}" if query else "feed/",
        "downloads": [{"label": name.upper(), "url": f"?{query}format={name}"} for name in FORMATS],
        "crumbs": [{"title": _("Follow-up"), "url": f"/{language}/follow-up/"}, {"title": _title()}],
    }
    return render(request, "followup/changes.html", context)


@require_safe
def change_feed(request: HttpRequest) -> HttpResponse:
    """Two queries at most."""
    language, cycle = get_language() or DEFAULT, _cycle(request)
    address = f"{settings.SITE_URL}/{language}/follow-up/changes/"
    query = f"?cycle={cycle.slug}" if cycle else ""
    made = RecordFeed(
        title=_title(),
        link=f"{address}{query}",
        description=_title(),
        language=language,
        feed_url=f"{address}feed/{query}",
    )
    for entry in _entries(_changes(cycle)[:NEWEST], language):
        made.add_item(**entry)
    return feed_answer(made.writeString("utf-8").encode("utf-8", "replace"), request)


def _entries(changes: list[Change], language: str) -> list[dict[str, Any]]:
    """The same change has the same id in every language."""
    return [
        {
            "title": fit(f"{row.pledge.title}: {told['what']}", " "),
            "link": f"{settings.SITE_URL}{told['url']}",
            "description": fit(f"{row.goal} {row.old} → {row.new or '–'}. {row.reason}".strip(), " "),
            "unique_id": f"{settings.SITE_URL}/r/{row.pledge.public_id}/#change-{row.place}",
            "updateddate": _moment(row),
            "language": row.pledge.language,
        }
        for row, told in zip(changes, rows_of(changes, language), strict=True)
    ]


def _moment(row: Change) -> datetime:
    """The beginning of its day, in UTC."""
    return datetime.combine(row.on, time.min, UTC) if row.on else row.pledge.published_at


def _changes(cycle: ReviewCycle | None) -> list[Change]:
    """None of a cycle that was never opened."""
    if cycle is None:
        return goal_changes()
    return goal_changes(window_of(cycle)) if cycle.opened_at else []


def _cycle(request: HttpRequest) -> ReviewCycle | None:
    slug = request.GET.get("cycle", "")
    return get_object_or_404(ReviewCycle, slug=slug) if slug else None


def _title() -> str:
    return _("Goals that were changed")
