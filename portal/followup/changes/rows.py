"""Changes of published goals and days as rows of pages and files; the public views call it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.common.formatting import day
from portal.followup.changes.queries import Change
from portal.pledges.page_parts import CHANGED
from portal.records.columns import LANGUAGES
from portal.records.trace_links import foreign
from portal.tables.codebook import Columns, Holds, Labels, Meaning
from portal.tables.writing import table_response


def _labels(language: str) -> Labels:
    return {code: str(label()) for code, label in CHANGED.items()}  # type: ignore[no-untyped-call]  # reason: lambdas


COLUMNS: Columns = (
    Meaning("pledge", _("Permanent number of the pledge"), Holds.NUMBER),
    Meaning("what", _("What was changed"), Holds.CODE, codes=_labels),
    Meaning("goal", _("The goal that it belongs to"), empty=_("it is a day of the pledge itself")),
    Meaning("old", _("Value or day that was published before")),
    Meaning("new", _("Value or day that is published now"), empty=_("it was dropped")),
    Meaning("reason", _("Reason that the parties give")),
    Meaning("on", _("Day on which the change was published"), Holds.DAY),
    Meaning("language", _("Language of goal and reason"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("url", _("Page of the pledge"), Holds.ADDRESS),
)


def rows_of(changes: Iterable[Change], language: str) -> list[dict[str, Any]]:
    """Inputs of `followup/change_table.html`."""
    return [
        {
            "title": row.pledge.title,
            "number": row.pledge.public_id,
            "url": f"{row.pledge.path(language)}#changes",
            "lang": foreign(row.pledge.language, language),
            "what": CHANGED[row.what]() if row.what in CHANGED else row.what,
            "goal": row.goal,
            "old": row.old,
            "new": row.new,
            "reason": row.reason,
            "on": day(row.on) if row.on else "",
        }
        for row in changes
    ]


def cells_of(row: Change, language: str) -> list[Any]:
    """A line of the file."""
    return [
        row.pledge.public_id,
        row.what,
        row.goal,
        row.old,
        row.new,
        row.reason,
        row.on.isoformat() if row.on else "",
        row.pledge.language,
        f"{settings.SITE_URL}{row.pledge.path(language)}",
    ]


def export_changes(rows: Iterable[Change], form: str, language: str) -> HttpResponse:
    """Raises `Http404` for a form that is none of ours."""
    lines = [cells_of(row, language) for row in rows]
    return table_response(form, "goal-changes", COLUMNS, lines)
