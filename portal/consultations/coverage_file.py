"""The coverage of questions as a table: its page and the catalogue of open data call it."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from portal.consultations.coverage import Coverage
from portal.publication.wholes import WholeKind
from portal.records.columns import LANGUAGES
from portal.tables.codebook import Columns, Holds, Meaning, Name, codes_of
from portal.tables.writing import Cell, table_response

# Columns before those of the types.
FIRST: Columns = (
    Meaning("id", gettext_lazy("Key of the question; /r/KEY/ leads to the page"), Holds.NUMBER),
    Meaning("number", gettext_lazy("Number of the question"), empty=gettext_lazy("it has none")),
    Meaning("question", gettext_lazy("The question, in the reader’s language where there is a translation")),
    Meaning("language", gettext_lazy("Language of this row’s wording"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("segment", gettext_lazy("Title of the segment"), empty=gettext_lazy("outside the segments")),
    Meaning("url", gettext_lazy("Its page"), Holds.ADDRESS),
)
WHOLE_FIRST: Columns = (
    Meaning("id", gettext_lazy("Code: segment:KEY, consultation:KEY or plan:NAME")),
    Meaning("kind", gettext_lazy("Segment, consultation or plan"), Holds.CODE, codes=codes_of(WholeKind)),
    Meaning("title", gettext_lazy("Its title, in the reader’s language where there is a translation")),
    Meaning("language", gettext_lazy("Language of this row’s wording"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("url", gettext_lazy("Its page"), Holds.ADDRESS),
)
CONTRIBUTIONS = gettext_lazy("contributions")
ALL = Meaning("all", gettext_lazy("Contributions to the question"), Holds.WHOLE, CONTRIBUTIONS)


ALL_WHOLE = Meaning("all", gettext_lazy("Contributions about it as a whole"), Holds.WHOLE, CONTRIBUTIONS)


def coverage_file(form: str, slug: str, told: Coverage, *, by: str = "") -> HttpResponse:
    """The numbers that the page shows: of questions by type or by `mark`, or apart what is about a `whole`.

    Raises `Http404` for a format that is none.
    """
    if by == "whole":
        return table_response(form, f"coverage-whole-{slug}", whole_columns(told.types), whole_rows(told))
    is_by_mark = by == "mark"
    name, axis = ("coverage-by-mark", "by_mark") if is_by_mark else ("coverage", "by_type")
    names = {code: mark.name for code, mark in told.marks.items()} if is_by_mark else told.types
    return table_response(form, f"{name}-{slug}", columns(names), rows(told, axis))


def columns(names: Mapping[str, Name]) -> Columns:
    """What stands before the types or marks, each of these, and all together."""
    counted = [Meaning(code, name, Holds.WHOLE, CONTRIBUTIONS) for code, name in names.items()]
    return (*FIRST, *counted, ALL)


def whole_columns(types: Mapping[str, Name]) -> Columns:
    counted = [Meaning(code, name, Holds.WHOLE, CONTRIBUTIONS) for code, name in types.items()]
    return (*WHOLE_FIRST, *counted, ALL_WHOLE)


def whole_rows(told: Coverage) -> Iterator[list[Cell]]:
    for row in told.wholes:
        link = row.link
        first: list[Cell] = [link.id, link.kind, link.title, link.language, f"{settings.SITE_URL}{link.url}"]
        yield [*first, *row.by_type.values(), row.interventions]


def rows(told: Coverage, axis: str) -> Iterator[list[Cell]]:
    for row in told.questions:
        page, segment = row.page, row.segment.title if row.segment else ""
        url = f"{settings.SITE_URL}{page.url}"
        first: list[Cell] = [str(page.key), page.number, page.title, page.language, segment, url]
        yield [*first, *getattr(row, axis).values(), row.interventions]
