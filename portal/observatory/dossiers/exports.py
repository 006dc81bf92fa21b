"""A dossier as a file: DOCX, CSV or JSON with what may be read now, nothing of what was withdrawn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import slugify

from portal.common.xml_text import fit
from portal.observatory.dossiers.enums import Format
from portal.observatory.dossiers.models import Dossier
from portal.observatory.dossiers.reading import Shown
from portal.tables.writing import csv_bytes

SCHEMA = "cartagena40-dossier/1"
LONGEST_NAME = 60
TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}
COLUMNS = (
    "place",
    "state",
    "number",
    "title",
    "source",
    "year",
    "kind",
    "language",
    "page",
    "heading",
    "text",
    "current_text",
    "comment",
    "citation",
    "address",
    "document",
    "position",
    "sha256",
    "found_with",
    "collected_at",
    "changed_at",
    "withdrawn_at",
)


@dataclass(frozen=True, slots=True)
class Made:
    content: bytes
    content_type: str
    file_name: str


def made(form: Format, dossier: Dossier, items: Sequence[Shown], *, now: datetime) -> Made:
    """The file in the language that is active."""
    writers = {Format.DOCX: _docx, Format.CSV: _csv, Format.JSON: _json}
    return Made(writers[form](dossier, items, now), TYPES[form], file_name(dossier.title, form, now))


def file_name(title: str, form: Format, now: datetime) -> str:
    """Plain letters, digits and hyphens only, whatever the title says."""
    name = slugify(title)[:LONGEST_NAME].strip("-_")
    return f"dossier-{name}-{now:%Y-%m-%d}.{form}" if name else f"dossier-{now:%Y-%m-%d}.{form}"


def row_of(item: Shown) -> dict[str, Any]:
    """One passage by the names of `COLUMNS`."""
    return {
        "place": item.place,
        "state": str(item.state),
        "number": item.number,
        "title": fit(item.title),
        "source": fit(item.source),
        "year": item.year,
        "kind": item.kind,
        "language": item.language,
        "page": item.page,
        "heading": fit(item.heading),
        "text": fit(item.text),
        "current_text": fit(item.current_text),
        "comment": fit(item.comment),
        "citation": fit(item.citation),
        "address": item.permanent,
        "document": item.document,
        "position": item.position,
        "sha256": item.sha256,
        "found_with": fit(item.question),
        "collected_at": item.collected_at.isoformat(),
        "changed_at": item.changed_at.isoformat() if item.changed_at else None,
        "withdrawn_at": item.withdrawn_at.isoformat() if item.withdrawn_at else None,
    }


def _json(dossier: Dossier, items: Sequence[Shown], now: datetime) -> bytes:
    content = {
        "schema": SCHEMA,
        "title": fit(dossier.title),
        "description": fit(dossier.description),
        "language": dossier.language,
        "exported_at": now.isoformat(),
        "passages": [row_of(item) for item in items],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _csv(dossier: Dossier, items: Sequence[Shown], now: datetime) -> bytes:
    rows = map(row_of, items)
    return csv_bytes(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


def _docx(dossier: Dossier, items: Sequence[Shown], now: datetime) -> bytes:
    from portal.observatory.dossiers.word_file import word_file  # reason: slow

    return word_file(dossier, items, now=now, fit=fit)
