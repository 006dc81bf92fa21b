"""Reads of the vocabularies: labels of organization types, glossary concepts."""

from collections import defaultdict
from dataclasses import dataclass

from portal.common.languages import CODES, DEFAULT
from portal.taxonomy.models import Concept as ConceptRow
from portal.taxonomy.models import OrganizationType


@dataclass(frozen=True, slots=True)
class Concept:
    """`terms` maps each language to its terms, the preferred one first; `broader` and `narrower` are keys."""

    key: str
    terms: dict[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()


def organization_type_names(language: str) -> dict[str, str]:
    """Code to name in `language` (else the default language), in the order of the list. One query."""
    rows = OrganizationType.objects.filter(locale__language_code__in={language, DEFAULT}).values_list(
        "code", "name", "locale__language_code"
    )
    names: dict[str, str] = {}
    for code, name, row_language in rows.order_by("position"):
        if row_language == language or code not in names:
            names[code] = name
    return names


def concepts() -> tuple[Concept, ...]:
    """The whole glossary, by key. Two queries."""
    result = []
    for row in ConceptRow.objects.prefetch_related("terms"):
        terms: dict[str, list[str]] = defaultdict(list)
        for term in row.terms.all():
            terms[term.language].append(term.text)
        result.append(Concept(row.key, {code: tuple(terms[code]) for code in CODES}))
    return tuple(result)
