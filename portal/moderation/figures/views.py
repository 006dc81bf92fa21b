"""The public page of moderation, and its figures as files."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.moderation.figures import queries, rows, rulebook
from portal.tables.writing import downloads, table_response


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """Two queries; `?format=`: the figures as a table."""
    states, decisions = queries.standing(), queries.decided()
    if "format" in request.GET:
        return table_response(request.GET["format"], rows.NAME, rows.COLUMNS, rows.cells(states, decisions))
    context = {
        "days": settings.DECISION_WORKING_DAYS,
        "least": queries.LEAST,
        "rules": rulebook.decision_rules(),
        "second_looks": rulebook.second_looks(),
        "states": rows.state_lines(states),
        "decisions": rows.decision_lines(decisions),
        "downloads": downloads(),
    }
    return render(request, "moderation/public/rules.html", context)
