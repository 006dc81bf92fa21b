"""What reports add to the public page of a pledge; the app's configuration declares it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import day
from portal.publication.enums import Relation
from portal.publication.models import Record
from portal.publication.queries import in_language, reading
from portal.publication.queries import linking_to as linked_to
from portal.records.stages import Stage
from portal.records.trace_links import foreign
from portal.records.types import Block, Shown
from portal.reports.records import REPORT, counted_apart, day_reported, is_unchanged, stage_words, tier_of

# The page names so many; the list has the others.
NAMED = 5


def reports_on(record: Record, language: str) -> list[Record]:
    """The published reports on a pledge, the newest day first. Two queries.

    Nothing else reports on anything. Asked for in an order or by kind, SQLite would read all reports.
    """
    rows = linked_to(Relation.REPORTS_ON, [record.source_key]).order_by()
    return sorted(in_language(rows, language), key=_newest, reverse=True)


def _newest(row: Record) -> tuple[str, int]:
    return str(row.facts.get("reported_on", "")), row.pk


def unchanged_in_a_row(rows: list[Record]) -> int:
    """How often the parties said last that nothing has changed; rows newest first."""
    return next((at for at, row in enumerate(rows) if not is_unchanged(row)), len(rows))


def _context(shown: Shown) -> dict[str, Any]:
    rows = reports_on(shown.record, shown.language)
    figures = (reading(row, shown.language).texts.get("figures") for row in rows)
    every = f"{REPORT.address(shown.language)}?pledge={shown.record.public_id}"
    return {
        "anchor": Stage.REPORT.value,
        "rows": [_row(row, shown.language) for row in rows[:NAMED]],
        "figures": next(filter(None, figures), []),
        "more": every if len(rows) > NAMED else "",
        "counted": counted_apart(len(rows), sum(map(is_unchanged, rows))),
        "warning": no_change(unchanged_in_a_row(rows)),
    }


def no_change(times: int) -> str:
    """From the second in a row on it is said; empty before."""
    if times < 2:  # "no change twice"
        return ""
    if times == 2:
        return _("No change twice: the parties have said so in their last two reports.")
    return ngettext(
        "No change: the parties have said so in their last %(number)d report.",
        "No change: the parties have said so in their last %(number)d reports.",
        times,
    ) % {"number": times}


def _row(row: Record, language: str) -> dict[str, Any]:
    said, told = day_reported(row), reading(row, language)
    return {
        "label": _("Report of %(date)s") % {"date": day(said)} if said else row.public_id,
        "url": row.path(language),
        "text": told.texts.get("text", ""),
        "lang": foreign(told.language, language),
        "figures": told.texts.get("figures", []),
        "meta": [
            stage_words(row),
            _("Nothing has changed") if is_unchanged(row) else "",
            tier_of(row).label,
            row.author_in(language),
        ],
    }


OF_PLEDGE = Block("reports/of_pledge.html", _context)
