"""The queue at the desk: its list, and who looks after what stands in it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from portal.common.crumbs import crumbs_to
from portal.common.desk import desk_view
from portal.common.ids import number_in
from portal.common.languages import DEFAULT
from portal.moderation import queries, rules
from portal.moderation.filters import QueueFilters, said
from portal.moderation.listing import Listing, listing_of
from portal.moderation.models import ReadyMark
from portal.moderation.queries import Waiting
from portal.moderation.several import Ref, Refused, assign_all, refs_of

PAGE_SIZE = 50


def asked_of(request: HttpRequest) -> QueueFilters:
    """The filters in the address of any page of the queue."""
    return QueueFilters(request.GET, language=get_language() or DEFAULT)


def require_reader(request: HttpRequest) -> None:
    if not rules.may_read_queue(actor_of(request)):
        raise PermissionDenied


@desk_view
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Queries of one number, however much waits."""
    require_reader(request)
    filters = asked_of(request)
    listing = listing_of(actor_of(request), filters.chosen, timezone.now())
    rows = filters.passing(listing.rows)
    filters.count(listing.every)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "said": said(filters),
        "page": page,
        "rows": queries.detailed(list(page)),
        "told": told(listing, rows),
        "query": filters.query(),
        "prefix": filters.query(page=""),
        "today": timezone.now().date(),
        "ready": ready_among(listing.every),
        "reviewers": queries.reviewers(),
        "me": actor_of(request).user_id,
        "crumbs": crumbs_to(_("Moderation")),
    }
    return render(request, "moderation/queue.html", context)


def ready_among(rows: Iterable[Waiting]) -> int:
    """How many of what waits are marked as ready. One query."""
    marked = {*ReadyMark.objects.values_list("kind", "object_key")}
    return sum((row.of.kind, row.key) in marked for row in rows)


def told(listing: Listing, rows: Any) -> str:
    """How many of what waits are shown, and in how many rows where near-copies share one."""
    shown, number = sum(row.copies for row in rows), len(listing.every)
    text = ngettext("%(shown)s of %(number)s thing", "%(shown)s of %(number)s things", number)
    told = text % {"shown": shown, "number": number}
    if shown == len(rows):
        return told
    together = ngettext(
        "%(rows)s row, near-copies together", "%(rows)s rows, near-copies together", len(rows)
    )
    return f"{told} ({together % {'rows': len(rows)}})"


@desk_view
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Several at once, to oneself, somebody else or nobody; what cannot be is named with the reason."""
    require_reader(request)
    refs, to = chosen_of(request), request.POST.get("to", "")
    person = queries.reviewers().filter(pk=number_in(to) or 0).first() if to else None
    if not refs or (to and person is None):
        messages.warning(request, _("Choose at least one thing, and who is to look after it."))
    else:
        refused = assign_all(refs, person, actor=actor_of(request), now=timezone.now())
        _say(request, len(refs) - len(refused), str(person or ""))
        name_refused(request, refused)
    return redirect(f"{reverse('moderation:queue')}{asked_of(request).query()}")


def chosen_of(request: HttpRequest) -> list[Ref]:
    """What a form chose of what waits and may be read; a group of copies as all its members."""
    every = listing_of(actor_of(request), {}, timezone.now()).every
    values = request.POST.getlist("chosen")
    named = {(ref.kind, ref.key) for ref in refs_of(values)}
    groups = {value for value in values if value.startswith("group:")}
    return [
        Ref(row.of.kind, row.key)
        for row in every
        if (row.of.kind, row.key) in named or f"group:{row.group}" in groups
    ]


def _say(request: HttpRequest, number: int, name: str) -> None:
    if number and name:
        text = ngettext("%(name)s looks after it.", "%(name)s looks after %(number)s things.", number)
    else:
        text = ngettext("Nobody looks after it now.", "Nobody looks after %(number)s things now.", number)
    if number:
        messages.success(request, text % {"name": name, "number": number})


def name_refused(request: HttpRequest, refused: list[Refused]) -> None:
    """One message for each reason, with the titles."""
    rows = {(row.of.kind, row.key): row.title for row in _rows(request)} if refused else {}
    for why in dict.fromkeys(each.why for each in refused):
        titles = [rows.get((each.kind, each.key), "–") for each in refused if each.why == why]
        messages.warning(request, _("%(titles)s: %(why)s") % {"titles": "; ".join(titles), "why": why})


def _rows(request: HttpRequest) -> Any:
    return listing_of(actor_of(request), {}, timezone.now()).every
