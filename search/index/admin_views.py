"""The operators' page of the index in the Wagtail admin: how it stands, and one view for each button.

No view does long work: a button leaves a note, and the follower does what it asks for.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.common.actors import actor_of
from search.engines import selection
from search.engines.base import Engine, Health
from search.index import consistency, outbox
from search.index.health import report
from search.index.rules import can_operate_index
from search.models import Comparison, Generation

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class EngineRow:
    """An engine as the page shows it."""

    health: Health
    is_fallback: bool
    compared: Comparison | None
    is_asked_for: bool
    generations: tuple[Generation, ...]


@require_safe
def index_page(request: HttpRequest) -> HttpResponse:
    _check(request)
    page = Paginator(outbox.failed(), PAGE_SIZE).get_page(request.GET.get("page"))
    told = report()
    context = {
        "report": told,
        "engines": _engines(told.engine, told.fallback),
        "page": page,
        "header_title": _("Search index"),
        "header_icon": "search",
    }
    return render(request, "search/admin/index.html", context)


@require_POST
def try_again(request: HttpRequest, entry: int | None = None) -> HttpResponse:
    """One failed change, or all of them."""
    _check(request)
    number = outbox.take_up_again(*([entry] if entry is not None else []))
    text = ngettext("%(number)d change is tried again.", "%(number)d changes are tried again.", number)
    messages.success(request, text % {"number": number})
    return redirect("search_index:page")


@require_POST
def compare_and_repair(request: HttpRequest) -> HttpResponse:
    _check(request)
    for engine in _chosen():
        consistency.ask(engine.name, by=f"account {actor_of(request).user_id}", now=timezone.now())
    messages.success(
        request, _("Noted. The comparison runs in the background; its figures will appear here.")
    )
    return redirect("search_index:page")


def _check(request: HttpRequest) -> None:
    if not can_operate_index(actor_of(request)):
        raise PermissionDenied


def _chosen() -> list[Engine]:
    return [engine for engine in (selection.engine(), selection.fallback()) if engine is not None]


def _engines(engine: Health, fallback: Health | None) -> list[EngineRow]:
    healths = [health for health in (engine, fallback) if health is not None]
    rows: dict[str, list[Generation]] = {}
    for generation in Generation.objects.filter(engine__in=[health.engine for health in healths]):
        rows.setdefault(generation.engine, []).append(generation)
    return [
        EngineRow(
            health=health,
            is_fallback=health is fallback,
            compared=consistency.last(health.engine),
            is_asked_for=consistency.is_asked_for(health.engine),
            generations=tuple(rows.get(health.engine, ())),
        )
        for health in healths
    ]
