"""Consultations, and the coverage of their questions, as datasets of the catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.cms.queries import public_branches
from portal.common.languages import DEFAULT
from portal.consultations.coverage import coverage
from portal.consultations.coverage_file import columns, rows
from portal.consultations.enums import ConsultationState
from portal.consultations.page_queries import CONSULTATION, QUESTION, summaries
from portal.publication.figures import counted_once
from portal.records.columns import LANGUAGES
from portal.tables.codebook import Columns, Holds, Meaning, codes_of
from portal.tables.datasets import Dataset, Extent
from portal.tables.writing import Cell

NOT_SET = _("no day is set yet")
COLUMNS: Columns = (
    Meaning("id", _("Key, the same in every language; /r/KEY/ leads to the page"), Holds.NUMBER),
    Meaning("title", _("Title, in the reader’s language where there is a translation")),
    Meaning("language", _("Language of this row’s wording"), Holds.CODE, "ISO 639-1", LANGUAGES),
    Meaning("state", _("Where it is in its course now"), Holds.CODE, codes=codes_of(ConsultationState)),
    Meaning("starts_on", _("First day of the meeting"), Holds.DAY, empty=NOT_SET),
    Meaning("ends_on", _("Last day of the meeting"), Holds.DAY, empty=NOT_SET),
    Meaning("opens_at", _("When it opens for interventions"), Holds.MOMENT, empty=NOT_SET),
    Meaning("deadline", _("Until when interventions are taken"), Holds.MOMENT, empty=NOT_SET),
    Meaning("place", _("Where the meeting is held"), empty=_("not known yet")),
    Meaning("segments", _("Segments"), Holds.WHOLE, _("segments")),
    Meaning("questions", _("Guiding questions"), Holds.WHOLE, _("questions")),
    Meaning("interventions", _("Contributions to them"), Holds.WHOLE, _("contributions")),
    Meaning("url", _("Its page"), Holds.ADDRESS),
)
FACTS = ("starts_on", "ends_on", "opens_at", "deadline")


def consultation_rows(language: str) -> Iterator[Sequence[Cell]]:
    """Three queries."""
    for each in summaries(language):
        page = each.page
        moments = [_written(page.extra.get(name)) for name in FACTS]
        numbers = (each.segments, each.questions, each.interventions)
        place = str(page.extra.get("place") or "")
        url = f"{settings.SITE_URL}{page.url}"
        yield (str(page.key), page.title, page.language, each.state.value, *moments, place, *numbers, url)


def coverage_columns(language: str) -> Columns:
    return columns(coverage(language).types)


def coverage_rows(language: str) -> Iterator[Sequence[Cell]]:
    return rows(coverage(language), "by_type")


@counted_once
def extents() -> Mapping[str, Extent]:
    """One query."""
    pages = public_branches([CONSULTATION, QUESTION], DEFAULT)
    return {"consultations": Extent(len(pages[CONSULTATION])), "coverage": Extent(len(pages[QUESTION]))}


def _written(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""


DATASETS = (
    Dataset(
        name="consultations",
        title=_("Consultations"),
        row=_("Consultation"),
        columns=lambda language: COLUMNS,
        extents=extents,
        path="consultations/",
        api="/api/v1/consultations",
        table=consultation_rows,
    ),
    Dataset(
        name="coverage",
        title=_("Coverage of the questions"),
        row=_("Guiding question"),
        columns=coverage_columns,
        extents=extents,
        path="consultations/",
        api="/api/v1/coverage",
        table=coverage_rows,
    ),
)
