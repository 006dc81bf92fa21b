"""Every list of records as a file: all rows under its filters, with what the page shows; views call it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from portal.common.countries import country_name
from portal.publication.authors import withheld_words
from portal.publication.models import Record
from portal.publication.queries import reading
from portal.records.columns import codebook_of, columns_of, text_column
from portal.records.listing import excerpt
from portal.records.lists import Listing
from portal.records.rows import organization_of
from portal.records.types import RecordType
from portal.tables.writing import FORMATS as TABLES
from portal.tables.writing import Cell, csv_chunks, table_response

Row = Sequence[Cell]
CHUNK = 500
FORMATS = tuple(TABLES)


def export(listing: Listing, form: str) -> HttpResponseBase:
    """The list as a file in one of `FORMATS`; raises `Http404` for another. CSV is streamed."""
    if form not in FORMATS:
        raise Http404(form)
    rows = _rows(listing, timezone.now())
    if form != "csv":
        return table_response(form, listing.type.path, codebook_of(listing.type), rows)
    chunks = csv_chunks(columns_of(listing.type), rows)
    response = StreamingHttpResponse(chunks, content_type=TABLES["csv"].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{listing.type.path}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(listing: Listing, now: datetime) -> Iterator[Row]:
    language, names = listing.reader.language, listing.reader.type_names
    columns = columns_of(listing.type)
    for record in listing.rows.prefetch_related("links").iterator(chunk_size=CHUNK):
        told = {
            **listing.type.facts_of(record, now),
            **_told(record, language, names),
            **_texts(record, language, listing.type),
        }
        yield [_cell(told.get(name, "")) for name in columns]


def _cell(value: Any) -> Cell:
    """Several codes stand in one cell."""
    cell: Cell = " ".join(value) if isinstance(value, list) else value
    return cell


def _texts(record: Record, language: str, declared: RecordType) -> dict[str, Any]:
    """The texts in full, in the language that the row is told in."""
    texts: Mapping[str, Any] = reading(record, language).texts if declared.exported else {}
    return {text_column(name): texts.get(name, "") for name in declared.exported}


def _told(record: Record, language: str, type_names: Mapping[str, str]) -> dict[str, Any]:
    shown, author = reading(record, language), organization_of(record, language)
    return {
        "id": record.public_id,
        "title": shown.title,
        "language": shown.language,
        "original_language": record.language,
        "translation": shown.label,
        "organization_id": author["id"] if author else "",
        "organization": author["title"] if author else withheld_words(record.facts, language),
        "organization_type": type_names.get(record.type_code, record.type_code),
        "country": record.country,
        "country_name": str(country_name(record.country)),
        "year": record.year,
        "published_on": record.published_at.date().isoformat(),
        "summary": excerpt(record, shown),
        "url": f"{settings.SITE_URL}{record.path(language)}",
    }
