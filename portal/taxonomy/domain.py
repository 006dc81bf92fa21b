"""Load the reference data that every installation needs; safe to run again."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from wagtail.models import Locale

from portal.common.languages import CODES
from portal.taxonomy.models import Concept, OrganizationType, Term

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Locales, organization types and glossary from `data/`; adds what is missing, changes nothing."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in CODES}
    return {
        "organization_types": _load_organization_types(locales),
        "concepts": _load_glossary(),
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_organization_types(locales: dict[str, Locale]) -> int:
    created = 0
    for position, row in enumerate(_rows("organization_types.csv"), start=1):
        key = None
        for code, locale in locales.items():
            found = OrganizationType.objects.filter(code=row["code"], locale=locale).first()
            if found is None:
                found = OrganizationType(code=row["code"], locale=locale, name=row[code], position=position)
                if key is not None:
                    found.translation_key = key
                found.save()
                created += 1
            key = found.translation_key
    return created


def _load_glossary() -> int:
    known = set(Concept.objects.values_list("key", flat=True))
    new = [row for row in _rows("glossary.csv") if row["key"] not in known]
    concepts = Concept.objects.bulk_create([Concept(key=row["key"]) for row in new])
    Term.objects.bulk_create(
        [
            Term(concept=concept, language=language, text=text, preferred=preferred)
            for concept, row in zip(concepts, new, strict=True)
            for language, text, preferred in _terms(row)
        ]
    )
    return len(new)


def _terms(row: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """The preferred term of each language, then the variants: `es:uno|dos;pt:três`."""
    for code in CODES:
        yield code, row[code], True
    for group in filter(None, row["variants"].split(";")):
        language, texts = group.split(":", 1)
        for text in dict.fromkeys(texts.split("|")):
            if text != row[language]:
                yield language, text, False
