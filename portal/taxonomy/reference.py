"""Loads the reference data that every installation needs; the command and the tests call it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from portal.common.languages import CODES
from portal.tables.columns import Column
from portal.tables.reading import Row, read_file
from portal.taxonomy.models import Concept, CrossCuttingMark, OrganizationType, Term
from portal.taxonomy.sheets import COLUMNS, content_of_row

DATA = Path(__file__).parent / "data"
NAMED_COLUMNS = (Column("code", "code"), *(Column(code, code) for code in CODES))


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Locales, organization types, marks and glossary from `data/`; adds what is missing, changes nothing."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    return {
        "organization_types": _load_named(OrganizationType, "organization_types.csv", locales),
        "marks": _load_named(CrossCuttingMark, "marks.csv", locales, ("facet",)),
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


def _load_named(model: Any, file: str, locales: dict[str, Locale], facts: Sequence[str] = ()) -> int:
    """Names by code and language, in the order of the file; `facts` are columns alike in all languages."""
    created = 0
    stored = {(named.code, named.locale_id): named for named in model.objects.all()}
    columns = (*NAMED_COLUMNS, *(Column(name, name) for name in facts))
    for position, row in enumerate(_rows(file, columns), start=1):
        key, cells = None, row.cells
        # A language that the table does not name yet reads the default language's names.
        for code, locale in ((code, locale) for code, locale in locales.items() if code in cells):
            named = stored.get((cells["code"], locale.pk))
            if named is None:
                told = {name: cells[name] for name in facts}
                named = model(code=cells["code"], locale=locale, name=cells[code], position=position, **told)
                if key is not None:
                    named.translation_key = key
                named.save()
                created += 1
            key = named.translation_key
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
