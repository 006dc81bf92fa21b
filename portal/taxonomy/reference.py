"""Loads the reference data that every installation needs; the command and the tests call it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from wagtail.models import Locale

from portal.common.languages import CODES
from portal.tables.columns import Column
from portal.tables.reading import Row, read_file
from portal.taxonomy.models import Concept, OrganizationType, Term
from portal.taxonomy.sheets import COLUMNS, content_of_row

DATA = Path(__file__).parent / "data"
TYPE_COLUMNS = (Column("code", "code"), *(Column(code, code) for code in CODES))


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Locales, organization types and glossary from `data/`; adds what is missing, changes nothing."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    return {
        "organization_types": _load_organization_types(locales),
        "concepts": _load_glossary(),
    }


def _rows(name: str, columns: Sequence[Column]) -> tuple[Row, ...]:
    """A language that a table of ours does not name yet is no error."""
    wanted = [replace(each, is_required=each.is_required and each.code not in CODES) for each in columns]
    table = read_file(DATA / name, wanted)
    errors = [*table.errors, *(error for row in table.rows for error in row.errors)]
    if errors:
        raise ValueError(f"{name}: {errors[0].line}")
    return table.rows


def _load_organization_types(locales: dict[str, Locale]) -> int:
    created = 0
    for position, row in enumerate(_rows("organization_types.csv", TYPE_COLUMNS), start=1):
        key, cells = None, row.cells
        # A language that the table does not name yet reads the default language's names.
        for code, locale in ((code, locale) for code, locale in locales.items() if code in cells):
            organization_type = OrganizationType.objects.filter(code=cells["code"], locale=locale).first()
            if organization_type is None:
                organization_type = OrganizationType(
                    code=cells["code"], locale=locale, name=cells[code], position=position
                )
                if key is not None:
                    organization_type.translation_key = key
                organization_type.save()
                created += 1
            key = organization_type.translation_key
    return created


def _load_glossary() -> int:
    """Concepts that were removed stay removed."""
    known = set(Concept.objects.values_list("key", flat=True))
    rows = _rows("glossary.csv", COLUMNS)
    new = [content_of_row(row, None) for row in rows if row.cells["key"] not in known]
    concepts = [Concept.objects.create(key=content.key, notes=content.notes) for content in new]
    Term.objects.bulk_create(
        Term(concept=concept, language=code, text=text, preferred=place == 0)
        for concept, content in zip(concepts, new, strict=True)
        for code, texts in content.terms.items()
        for place, text in enumerate(texts)
    )
    return len(new)
