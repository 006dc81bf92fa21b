"""Reads of the vocabularies: organization types, cross-cutting marks, the glossary; every app may ask."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from portal.common.languages import CODES, DEFAULT
from portal.taxonomy.content import Content, tidied
from portal.taxonomy.enums import MarkFacet
from portal.taxonomy.models import BroaderConcept, Term
from portal.taxonomy.models import Concept as ConceptRow

# Asked for by most public pages: as text it costs a fifth of what building it through the models does.
_TYPE_NAMES = """
SELECT type.code, type.name, locale.language_code
FROM taxonomy_organizationtype type JOIN wagtailcore_locale locale ON locale.id = type.locale_id
WHERE locale.language_code IN (%s, %s) ORDER BY type.position
"""


_MARKS = """
SELECT mark.code, mark.facet, mark.name, locale.language_code
FROM taxonomy_crosscuttingmark mark JOIN wagtailcore_locale locale ON locale.id = mark.locale_id
WHERE locale.language_code IN (%s, %s) ORDER BY mark.position
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A cross-cutting mark as a reader sees it."""

    code: str
    facet: str
    name: str


@dataclass(frozen=True, slots=True)
class Concept:
    """`terms` maps each language to its terms, the preferred one first; `broader` and `narrower` are keys."""

    key: str
    terms: dict[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept as the admin lists it."""

    pk: int
    content: Content
    narrower: tuple[str, ...] = ()
    is_removed: bool = False

    @property
    def key(self) -> str:
        return self.content.key

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Language and preferred term, in the order of the languages."""
        return [(code, self.content.preferred(code)) for code in CODES]


def organization_type_names(language: str) -> dict[str, str]:
    """Code to name in `language` (else the default language), in the order of the list. One query."""
    names: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TYPE_NAMES, [language, DEFAULT])
        for code, name, row_language in cursor.fetchall():
            if row_language == language or code not in names:
                names[code] = name
    return names


def marks(language: str) -> dict[str, Mark]:
    """Cross-cutting marks by code in `language` (else the default language), facet by facet. One query."""
    known: dict[str, Mark] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [language, DEFAULT])
        for code, facet, name, row_language in cursor.fetchall():
            if row_language == language or code not in known:
                known[code] = Mark(code, facet, name)
    order = {facet: place for place, facet in enumerate(MarkFacet.values)}
    rows = sorted(known.values(), key=lambda mark: order.get(mark.facet, len(order)))
    return {mark.code: mark for mark in rows}


def mark_names(language: str) -> dict[str, str]:
    """Code to name, in the same order. One query."""
    return {code: mark.name for code, mark in marks(language).items()}


def mark_choices(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The marks by facet, to choose from. One query."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for mark in marks(language).values():
        grouped.setdefault(mark.facet, []).append((mark.code, mark.name))
    return [(str(MarkFacet(facet).label), rows) for facet, rows in grouped.items()]


def concepts() -> tuple[Concept, ...]:
    """The glossary in force, by key. Three queries."""
    return tuple(
        Concept(
            entry.key,
            {code: tuple(filter(None, entry.content.terms.get(code, ()))) for code in CODES},
            entry.content.broader,
            entry.narrower,
        )
        for entry in entries()
        if not entry.is_removed
    )


def entries() -> list[Entry]:
    """Every concept by key, the removed ones too. Three queries."""
    terms: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pk, language, text in Term.objects.values_list("concept_id", "language", "text"):
        terms[pk][language].append(text)
    broader: dict[int, list[str]] = defaultdict(list)
    narrower: dict[int, list[str]] = defaultdict(list)
    links = BroaderConcept.objects.order_by("broader__key", "concept__key")
    for pk, key, above, above_key in links.values_list(
        "concept_id", "concept__key", "broader_id", "broader__key"
    ):
        broader[pk].append(above_key)
        narrower[above].append(key)
    return [
        Entry(
            row.pk,
            tidied(row.key, terms[row.pk], row.notes, broader[row.pk]),
            tuple(narrower[row.pk]),
            row.removed_at is not None,
        )
        for row in ConceptRow.objects.order_by("key")
    ]


def contents() -> dict[str, Content]:
    """What each concept in force says, by key. Three queries."""
    return {entry.key: entry.content for entry in entries() if not entry.is_removed}
