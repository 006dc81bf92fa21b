"""The public list of frameworks with their nodes, its exports and feed, and a page of each node."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.common.languages import DEFAULT
from portal.plan.exports import export
from portal.plan.feed import content_of
from portal.plan.figures import counts
from portal.plan.forms import PlanFilters
from portal.plan.models import PlanFramework, PlanNode, PriorityCycle
from portal.plan.public_pages import page_of, section_of
from portal.plan.queries import cycles, frameworks, going_first, is_framework, node_of, nodes
from portal.plan.words import years
from portal.records.feeds import feed_answer
from portal.tables.writing import downloads


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The same number of queries for one node and many; `?format=` gives the list as a file."""
    language = get_language() or DEFAULT
    every, known = frameworks(), cycles()
    filters = PlanFilters(
        request.GET,
        frameworks=[(row.slug, row.title(language)) for row in every],
        cycles=list(dict.fromkeys(years(cycle) for cycle in known)),
    )
    rows = _filtered(filters, known)
    if (form := filters.file()) is not None:
        return export(rows.select_related("framework", "parent"), counts(), form, language)
    context: dict[str, Any] = {
        "filters": filters,
        "is_filtered": filters.is_asked,
        "clear": request.path,
        "sections": _sections(every, list(rows), language),
        "downloads": downloads(**filters.chosen),
        "feed": f"{request.path}feed/",
    }
    return render(request, "plan/list.html", context)


@require_safe
def plan_feed(request: HttpRequest) -> HttpResponse:
    """What changed last, as Atom."""
    return feed_answer(content_of(get_language() or DEFAULT), request)


@require_safe
def framework_place(request: HttpRequest, framework: str) -> HttpResponse:
    """Where the list has the framework."""
    if not is_framework(framework):
        raise Http404(framework)
    return redirect(f"{reverse('plan:list')}#{framework}")


@require_safe
def node_page(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    node = node_of(f"{framework}:{code}")
    if node is None:
        raise Http404(code)
    return render(request, "plan/node.html", page_of(node, get_language() or DEFAULT))


def _filtered(filters: PlanFilters, known: list[PriorityCycle]) -> QuerySet[PlanNode]:
    """The nodes that pass; of a cycle its actions only."""
    chosen = filters.chosen
    asked = chosen.get("cycle")
    rows = going_first([cycle for cycle in known if years(cycle) == asked]) if asked else nodes()
    framework = chosen.get("framework")
    return filters.passing(rows.filter(framework__slug=framework) if framework else rows)


def _sections(every: list[PlanFramework], shown: list[PlanNode], language: str) -> list[dict[str, Any]]:
    figures = counts()
    sections = []
    for framework in every:
        own = [node for node in shown if node.framework_id == framework.pk]
        if own:
            sections.append(section_of(framework, own, figures, language))
    return sections
