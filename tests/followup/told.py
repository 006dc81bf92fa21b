"""What the dashboard of the follow-up tells under a query, as data; tests of several folders read it."""

from typing import Any

from django.http import QueryDict
from django.utils import translation

from portal.followup.dashboard.drawn import figure_of
from portal.followup.dashboard.scope import Scope, scope_of


def scope(query: str = "") -> Scope:
    with translation.override("en"):
        return scope_of(QueryDict(query), "en")


def rows_of(slug: str, query: str = "") -> list[dict[str, Any]]:
    """The table of a figure, its columns by their codes."""
    with translation.override("en"):
        table = figure_of(slug, scope(query)).table()
    return [dict(zip(table.codes, row, strict=True)) for row in table.rows]


def by_code(slug: str, column: str, number: str = "pledges", query: str = "") -> dict[str, int]:
    """Numbers by the code of a row, those that are none left out."""
    return {row[column]: row[number] for row in rows_of(slug, query) if row[number]}
