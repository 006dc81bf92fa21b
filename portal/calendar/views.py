"""The public calendar: a page of dates, the file that calendar programs read, the feed."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.calendar.entries import CALL, Entry, entries
from portal.calendar.feed import feed_of
from portal.calendar.forms import CalendarFilters
from portal.calendar.ics import calendar_of
from portal.calendar.words import COLUMNS, cells_of, item_of
from portal.common.languages import DEFAULT
from portal.records.feeds import SECONDS, feed_answer
from portal.tables.writing import downloads, table_response


@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """What is to come, consultations first, then what is over. `?format=` gives all as a file."""
    filters, rows = _asked(request)
    if (form := filters.file()) is not None:
        return table_response(form, "calendar", COLUMNS, [cells_of(row) for row in rows])
    today = timezone.now().date()
    coming = [row for row in rows if row.last_day >= today]
    context = {
        "calls": [item_of(row) for row in coming if row.of == CALL],
        "coming": [item_of(row) for row in coming if row.of != CALL],
        "over": [item_of(row) for row in reversed(rows) if row.last_day < today],
        "filters": filters,
        "query": filters.query(),
        "downloads": downloads(**filters.chosen),
        "crumbs": [{"title": _("Dates")}],
    }
    return render(request, "calendar/list.html", context)


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """`?consultation=` and `?cycle=` give the dates of one."""
    filters, rows = _asked(request)
    filters.refuse_unknown()
    content = calendar_of(rows, get_language() or DEFAULT)
    etag = quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="cartagena40.ics"'
    told = get_conditional_response(request, etag=etag, response=response) or response
    told.headers["ETag"] = etag
    told.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return told


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Of what is to come."""
    filters, rows = _asked(request)
    filters.refuse_unknown()
    today = timezone.now().date()
    coming = [row for row in rows if row.last_day >= today]
    return feed_answer(feed_of(coming, get_language() or DEFAULT), request)


def _asked(request: HttpRequest) -> tuple[CalendarFilters, list[Entry]]:
    """What the address asks for, and the dates that pass."""
    rows = entries(get_language() or DEFAULT)
    filters = CalendarFilters(request.GET, rows)
    return filters, filters.passing([row for row in rows if filters.takes(row)])
