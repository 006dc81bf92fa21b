"""Gaps as files: all of them with their numbers, and the things of one. No cell is calculated."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.http import HttpResponse

from portal.followup.gaps.columns import COLUMNS, COUNT_COLUMNS, SHARED_COLUMNS
from portal.followup.gaps.kinds import Gap, Item, Subject
from portal.followup.gaps.queries import GapCount
from portal.followup.gaps.rows import cells, told
from portal.tables.writing import table_response


def export_counts(rows: Iterable[GapCount], form: str) -> HttpResponse:
    """A row for each gap. Raises `Http404` for a form that is none of ours."""
    lines = [
        (
            *(row.slug, row.title, row.number, row.of_all, row.part_of, " ".join(row.left_out)),
            f"{settings.SITE_URL}{row.url}",
        )
        for row in rows
    ]
    return table_response(form, "gaps", COUNT_COLUMNS, lines)


def export_overlap(subject: Subject, items: Sequence[Item], form: str, language: str) -> HttpResponse:
    """A row for each thing that several mechanisms work on. Raises `Http404` for another form."""
    rows = list(told(subject, items, language))
    lines = [[*line, row.note] for row, line in zip(rows, cells(rows, settings.SITE_URL), strict=True)]
    return table_response(form, "overlap", SHARED_COLUMNS, lines)


def export_gap(gap: Gap, items: Sequence[Item], form: str, language: str) -> HttpResponse:
    """A row for each thing without a next step. Raises `Http404` for a form that is none of ours."""
    return table_response(
        form, gap.slug, COLUMNS, cells(told(gap.subject, items, language), settings.SITE_URL)
    )
