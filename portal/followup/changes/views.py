"""The public list of what was changed of goals and days, all or those of one review cycle."""

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.common.xml_text import fit
from portal.followup.changes.forms import ChangeFilters
from portal.followup.changes.queries import Change, goal_changes, window_of
from portal.followup.changes.rows import export_changes, rows_of
from portal.records.feeds import NEWEST, RecordFeed, feed_answer
from portal.tables.writing import downloads

PAGE_SIZE = 50


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """Three queries at most; `?cycle=` are those of one cycle, `?format=` gives them as a file."""
    language, filters = get_language() or DEFAULT, ChangeFilters(request.GET)
    rows = _changes(filters)
    if (form := filters.file()) is not None:
        return export_changes(rows, form, language)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rows": rows_of(page, language),
        "number": len(rows),
        "filters": filters,
        "cycle": filters.one.title(language) if filters.one else "",
        "page": page,
        "prefix": filters.query(page=""),
        "feed": f"feed/{filters.query()}",
        "downloads": downloads(**filters.chosen),
        "crumbs": [{"title": _("Follow-up"), "url": f"/{language}/follow-up/"}, {"title": _title()}],
    }
    return render(request, "followup/changes.html", context)


@require_safe
def change_feed(request: HttpRequest) -> HttpResponse:
    """Two queries at most."""
    language, filters = get_language() or DEFAULT, ChangeFilters(request.GET)
    filters.refuse_unknown()
    address = f"{settings.SITE_URL}/{language}/follow-up/changes/"
    made = RecordFeed(
        title=_title(),
        link=f"{address}{filters.query()}",
        description=_title(),
        language=language,
        feed_url=f"{address}feed/{filters.query()}",
    )
    for entry in _entries(_changes(filters)[:NEWEST], language):
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


def _changes(filters: ChangeFilters) -> list[Change]:
    """None of a cycle that was never opened."""
    cycle = filters.one
    if cycle is None:
        return filters.passing(goal_changes())
    return goal_changes(window_of(cycle)) if cycle.opened_at else []


def _title() -> str:
    return _("Goals that were changed")
