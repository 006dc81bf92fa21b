"""The glossary as a table, out and in; pure. Imports, reference data and the admin's download call it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.tables.columns import Column
from portal.tables.limits import Limits
from portal.tables.reading import Row
from portal.tables.writing import csv_bytes
from portal.taxonomy.content import Content, tidied

NOTES = {code: f"note_{code}" for code in CODES}
COLUMNS = (
    Column("key", gettext_lazy("Key")),
    *(Column(code, LANGUAGE_NAMES[code]) for code in CODES),
    Column("variants", gettext_lazy("Variants"), is_required=False),
    Column("broader", gettext_lazy("Broader concepts"), is_required=False),
    *(Column(name, name, is_required=False, also=(f"nota {code}",)) for code, name in NOTES.items()),
)
LIMITS = Limits(size=5 * 1024 * 1024, rows=10_000, cell=32_000)


def written(contents: Iterable[Content]) -> bytes:
    """The table of these concepts as CSV; read again it says the same."""
    return csv_bytes([column.code for column in COLUMNS], (tuple(_cells(content)) for content in contents))


def content_of_row(row: Row, known: Content | None) -> Content:
    """What a row says; of columns that are not there, what is known stays."""
    cells = row.cells
    empty = Content(key="")
    kept = known or empty
    variants = _variants(cells["variants"]) if "variants" in cells else {}
    return tidied(
        cells.get("key", ""),
        {
            code: (
                cells.get(code, ""),
                *(variants.get(code, ()) if "variants" in cells else kept.variants(code)),
            )
            for code in CODES
        },
        {code: cells.get(name, kept.notes.get(code, "")) for code, name in NOTES.items()},
        cells["broader"].split("|") if "broader" in cells else kept.broader,
    )


def variant_problem(cell: str) -> str:
    """Why the cell of variants cannot be read; empty when it can."""
    for group in filter(str.strip, cell.split(";")):
        code, colon, _texts = group.partition(":")
        if not colon or code.strip() not in CODES:
            return _("Write variants as es:one|two;pt:three.")
    return ""


def _variants(cell: str) -> dict[str, tuple[str, ...]]:
    variants: dict[str, tuple[str, ...]] = {}
    for group in filter(str.strip, cell.split(";")):
        code, _colon, texts = group.partition(":")
        variants[code.strip()] = (*variants.get(code.strip(), ()), *texts.split("|"))
    return variants


def _cells(content: Content) -> Iterator[str]:
    yield content.key
    yield from (content.preferred(code) for code in CODES)
    groups = ((code, content.variants(code)) for code in CODES)
    yield ";".join(f"{code}:{'|'.join(texts)}" for code, texts in groups if texts)
    yield "|".join(content.broader)
    yield from (content.notes.get(code, "") for code in CODES)
