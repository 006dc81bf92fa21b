"""Everything a search finds as a file; its view calls it. Only what is public, as on the search page."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.observatory.saved.domain import canonical
from portal.publication.authors import speaker
from portal.records.columns import COUNTRIES, LANGUAGES, WHICH_TRANSLATION
from portal.tables.codebook import Columns, Holds, Meaning, names_of
from portal.tables.writing import Cell, download, table_response
from search.index.builders.records import TRANSLATION
from search.results.service import Hit, Question, scroll

MOST_DOCUMENTS = 10_000
NAME = "search-results"


@dataclass(frozen=True, slots=True)
class Row:
    """One found document with its best passage."""

    id: str
    kind: str
    language: str
    translation: str
    title: str
    address: str
    year: int | None
    organization: str
    country: str
    passage: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Export:
    """`is_cut` when more was found than an export holds."""

    question: Question
    rows: Sequence[Row]
    is_cut: bool
    made_at: datetime


def export_of(question: Question, *, now: datetime, most: int = MOST_DOCUMENTS) -> Export:
    """All that is found, of one moment. Raises like `service.scroll`."""
    rows = [_row(hit) for hit in islice(scroll(question), most + 1)]
    return Export(question, rows[:most], len(rows) > most, now)


def as_json(export: Export) -> HttpResponse:
    content = {
        "question": canonical(export.question),
        "language": export.question.ui,
        "made": export.made_at.isoformat(timespec="seconds"),
        "documents": len(export.rows),
        "cut": export.is_cut,
        "results": [asdict(row) for row in export.rows],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return download(f"{NAME}.json", "application/json", text.encode("utf-8", "replace"))


def as_csv(export: Export) -> HttpResponse:
    return table_response("csv", NAME, COLUMNS, _cells(export))


def as_xlsx(export: Export) -> HttpResponse:
    return table_response("xlsx", NAME, COLUMNS, _cells(export))


FORMATS: dict[str, Callable[[Export], HttpResponse]] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}
NOT_KNOWN = gettext_lazy("not known")
COLUMNS: Columns = (
    Meaning("id", gettext_lazy("Permanent number or key; /r/ID/ leads to the page"), Holds.NUMBER),
    Meaning("kind", gettext_lazy("What it is"), Holds.CODE),
    Meaning("language", gettext_lazy("Language of what was matched"), Holds.CODE, "ISO 639-1", LANGUAGES),
    replace(WHICH_TRANSLATION, empty=gettext_lazy("the original, or an official translation")),
    Meaning("title", gettext_lazy("Title")),
    Meaning("address", gettext_lazy("Its page"), Holds.ADDRESS),
    Meaning(
        "year", gettext_lazy("Year that it counts for"), Holds.WHOLE, gettext_lazy("year"), empty=NOT_KNOWN
    ),
    Meaning("organization", gettext_lazy("Organization that wrote it"), empty=NOT_KNOWN),
    Meaning(
        "country",
        gettext_lazy("Countries that it is about, parted by commas"),
        unit=COUNTRIES,
        empty=NOT_KNOWN,
    ),
    Meaning(
        "passage", gettext_lazy("The passage that matches best"), empty=gettext_lazy("no passage matches")
    ),
    Meaning("page", gettext_lazy("Page of that passage"), Holds.WHOLE, empty=gettext_lazy("it has no pages")),
)
HEADING = names_of(COLUMNS)


def _cells(export: Export) -> Iterator[tuple[Cell, ...]]:
    for row in export.rows:
        yield tuple(getattr(row, name) for name in HEADING)
    if export.is_cut:
        told = _("Cut here: more was found than the %(most)d documents that fit.") % {
            "most": len(export.rows)
        }
        yield ("", "", "", "", told, "", None, "", "", "", None)


def _row(hit: Hit) -> Row:
    best = hit.passages[0] if hit.passages else None
    return Row(
        id=hit.id,
        kind=hit.kind,
        language=hit.language,
        translation=hit.details.get(TRANSLATION, ""),
        title=hit.title,
        address=settings.SITE_URL + hit.url,
        year=hit.year,
        organization=speaker(hit.details),
        country=", ".join(hit.facets.get("country", ())),
        passage=best.text if best else "",
        page=best.page if best else None,
    )
