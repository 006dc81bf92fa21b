"""The public list of what several mechanisms work on: actions of the plan, or pledges."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.formatting import number
from portal.common.languages import DEFAULT
from portal.followup.gaps.exports import export_overlap
from portal.followup.gaps.feed import Head, feed_of
from portal.followup.gaps.forms import OverlapFilters
from portal.followup.gaps.kinds import Item, Subject
from portal.followup.gaps.overlap import Overlap, Work, overlap
from portal.followup.gaps.paths import PLEDGES, path_of_overlap
from portal.followup.gaps.rows import shown
from portal.records.feeds import feed_answer
from portal.tables.writing import downloads

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """What an address asks for, and what there is of it; `items` name the mechanisms as their note."""

    filters: OverlapFilters
    items: tuple[Item, ...]
    whole: int

    @property
    def subject(self) -> Subject:
        return Subject.RECORD if self.filters.chosen.get("kind") == PLEDGES else Subject.NODE

    def path(self, language: str, last: str = "") -> str:
        asked = self.filters.chosen
        return path_of_overlap(
            language, asked.get("one", ""), asked.get("other", ""), asked.get("kind", ""), last
        )


@require_safe
def overlap_page(request: HttpRequest) -> HttpResponse:
    """The same number of queries however much there is; `?format=` gives all of it as a file."""
    language = get_language() or DEFAULT
    listed = _listed(request, language)
    filters = listed.filters
    if (form := filters.file()) is not None:
        return export_overlap(listed.subject, listed.items, form, language)
    page = Paginator(listed.items, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "unknown": filters.unknown,
        "is_filtered": filters.is_asked,
        "clear": request.path,
        "counted": _counted(listed),
        "items": shown(listed.subject, list(page), language),
        "page": page,
        "prefix": filters.query(page=""),
        "downloads": downloads(**filters.chosen),
        "feed": listed.path(language, "feed/"),
        "crumbs": [
            {"title": _("Follow-up"), "url": f"/{language}/follow-up/"},
            {"title": _("What several mechanisms work on")},
        ],
    }
    return render(request, "followup/gaps/overlap.html", context)


@require_safe
def overlap_feed(request: HttpRequest) -> HttpResponse:
    language = get_language() or DEFAULT
    listed = _listed(request, language)
    listed.filters.refuse_unknown()
    head = Head(
        title=_("What several mechanisms work on"),
        lead=_counted(listed),
        page=listed.path(language),
        path=listed.path(language, "feed/"),
        name="overlap",
    )
    return feed_answer(feed_of(head, listed.subject, listed.items, language), request)


def _listed(request: HttpRequest, language: str) -> Listed:
    every = overlap(timezone.now().date())
    filters = OverlapFilters(request.GET, (work.network for work in every.works), language)
    asked = filters.chosen
    is_pledged = asked.get("kind") == PLEDGES
    whole = every.pledges if is_pledged else every.actions
    chosen = [work for name in ("one", "other") if (work := every.work_of(asked.get(name, "")))]
    items = filters.passing(every.shared_by(chosen, is_pledged=is_pledged))
    return Listed(filters, tuple(_noted(items, every, language, is_pledged)), len(whole))


def _noted(items: Iterable[Item], every: Overlap, language: str, is_pledged: bool) -> Iterable[Item]:
    """With the names of the mechanisms that work on each."""
    by = {_name(work, language): {item.id for item in work.of(is_pledged)} for work in every.works}
    for item in items:
        yield replace(item, note=", ".join(name for name, ids in by.items() if item.id in ids))


def _name(work: Work, language: str) -> str:
    return work.network.acronym or work.network.name(language)


def _counted(listed: Listed) -> str:
    told = {"number": number(len(listed.items)), "whole": number(listed.whole)}
    if listed.subject is Subject.RECORD:
        return _("%(number)s of %(whole)s published pledges") % told
    return _("%(number)s of %(whole)s actions of the plan") % told
