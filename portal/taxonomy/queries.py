"""Reads of the vocabularies: organization types, cross-cutting marks, the glossary; every app may ask."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection

from portal.common.languages import CODES, DEFAULT
from portal.taxonomy.content import Content, tidied
from portal.taxonomy.enums import MarkFacet
from portal.taxonomy.models import BroaderConcept, Term
from portal.taxonomy.models import Concept as ConceptRow

# Asked for by most public pages: as text it costs a fifth of what building it through the models does.
_TYPES = """
SELECT 'type' AS vocabulary, type.code, type.name, '' AS facet, locale.language_code, type.position AS place
FROM taxonomy_organizationtype type JOIN wagtailcore_locale locale ON locale.id = type.locale_id
WHERE locale.language_code IN (%s, %s)
"""
_MARKS = """
SELECT 'mark' AS vocabulary, mark.code, mark.name, mark.facet, locale.language_code, mark.position AS place
FROM taxonomy_crosscuttingmark mark JOIN wagtailcore_locale locale ON locale.id = mark.locale_id
WHERE locale.language_code IN (%s, %s)
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


@dataclass(frozen=True, slots=True)
class Names:
    """What a reader calls organization types and cross-cutting marks, by code and in their order."""

    types: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)


def organization_type_names(language: str) -> dict[str, str]:
    """Code to name in `language` (else the default language), in the order of the list. One query."""
    return _names(language, _TYPES).types


def marks(language: str) -> dict[str, Mark]:
    """Cross-cutting marks by code in `language` (else the default language), facet by facet. One query."""
    return _names(language, _MARKS).marks


def vocabulary_names(language: str) -> Names:
    """Both at once. One query."""
    return _names(language, _TYPES, _MARKS)


def _names(language: str, *asked: str) -> Names:
    """The reader's name stands over that of the default language."""
    rows: dict[tuple[str, str], Mark] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(asked)} ORDER BY place", [language, DEFAULT] * len(asked))
        for vocabulary, code, name, facet, row_language, _place in cursor.fetchall():
            if row_language == language or (vocabulary, code) not in rows:
                rows[vocabulary, code] = Mark(code, facet, name)
    of_marks = [row for (vocabulary, _code), row in rows.items() if vocabulary == "mark"]
    order = {facet: place for place, facet in enumerate(MarkFacet.values)}
    of_marks.sort(key=lambda mark: order.get(mark.facet, len(order)))
    return Names(
        {code: row.name for (vocabulary, code), row in rows.items() if vocabulary == "type"},
        {row.code: row for row in of_marks},
    )


def mark_names(language: str) -> dict[str, str]:
    """Code to name, in the same order. One query."""
    return {code: mark.name for code, mark in marks(language).items()}


def mark_choices(known: Mapping[str, Mark]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The marks by facet, to choose from. No query."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for mark in known.values():
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
