"""What facets and their values are called in the reader's language; the search page and the API call it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.cms.queries import pages_by_key
from portal.common.countries import COUNTRIES
from portal.common.languages import DEFAULT
from portal.common.phrases import LANGUAGE_NAMES
from portal.conclusions.public.queries import headings
from portal.library.enums import DocumentKind
from portal.library.filing import is_organization_number, organization_names
from portal.plan.queries import exists, nodes_by_key
from portal.pledges.enums import FORUMS, ReportedStage
from portal.publication.kinds import ACTION
from portal.records.stages import Stage
from portal.records.types import record_types
from portal.taxonomy.queries import mark_names, organization_type_names

KINDS = {
    "consultation": _("Consultation"),
    "segment": _("Segment"),
    "question": _("Guiding question"),
    **{known.kind: known.label for known in record_types()},
    ACTION: Stage.PLAN_ACTION.label,
    "document": _("Document"),
    "page": _("Page"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A facet once: its title, the names of given values in a reader's language, what is a value."""

    title: Any
    labels: Callable[[Collection[str], str], Mapping[str, Any]]
    is_known: Callable[[str], bool]
    newest_first: bool = False


def _page_titles(keys: Collection[str], ui: str) -> Mapping[str, str]:
    return {str(key): page.title for key, page in pages_by_key(keys, ui).items()} if keys else {}


def _fixed(title: Any, labels: Mapping[str, Any]) -> Kind:
    return Kind(title, lambda values, ui: labels, labels.__contains__)


def _pages(title: Any) -> Kind:
    return Kind(title, _page_titles, _is_key)


def _types(title: Any) -> Kind:
    return Kind(
        title,
        lambda values, ui: organization_type_names(ui) if values else {},
        lambda value: value in organization_type_names(DEFAULT),
    )


def _is_key(value: str) -> bool:
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False


def _is_year(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) == 4


# The one declaration of every facet, in their order; the values are given by builders and kinds of records.
DECLARED: dict[str, Kind] = {
    "kind": _fixed(_("Kind"), KINDS),
    "document_kind": _fixed(_("Kind of document"), dict(DocumentKind.choices)),
    "language": _fixed(_("Language"), LANGUAGE_NAMES),
    "consultation": _pages(_("Consultation")),
    "segment": _pages(_("Segment")),
    "theme": _pages(_("Thematic area")),
    "priority_area": Kind(
        _("Priority area"),
        lambda values, ui: {row.key: row.label for row in headings(ui)} if values else {},
        _is_key,
    ),
    "addressee": _types(_("Addressed to")),
    "plan_action": Kind(
        _("Plan action"),
        lambda values, ui: {key: node.named(ui) for key, node in nodes_by_key(values).items()},
        lambda value: bool(exists([value])),
    ),
    "marks": Kind(
        _("Cross-cutting marks"),
        lambda values, ui: mark_names(ui) if values else {},
        lambda value: value in mark_names(DEFAULT),
    ),
    "forum": _fixed(_("Global Refugee Forum"), {year: year for year in FORUMS}),
    "stage": _fixed(_("Stage"), dict(ReportedStage.choices)),
    "organization_type": _types(_("Organization type")),
    "country": _fixed(_("Country"), COUNTRIES),
    "organization": Kind(
        _("Organization of the document"),
        lambda values, ui: organization_names(values, ui) if values else {},
        is_organization_number,
    ),
    "year": Kind(
        _("Year"), lambda values, ui: {value: value for value in values}, _is_year, newest_first=True
    ),
}
TITLES = {name: declared.title for name, declared in DECLARED.items()}
# Facets whose values are pages: their titles are read together.
_OF_PAGES = tuple(name for name, declared in DECLARED.items() if declared.labels is _page_titles)


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    values: tuple[Value, ...]


def labelled(
    facets: Mapping[str, Sequence[tuple[str, int]]], chosen: Mapping[str, Sequence[str]], ui: str
) -> list[Facet]:
    """Facets in their order with names for people; a chosen value stays though nothing has it.

    A page that is not public any more is no value. Seven queries at most, whatever there is.
    """
    labels = _labels(facets, chosen, ui)
    result = []
    for name, title in TITLES.items():
        counts = dict(facets.get(name, ())) | {
            value: dict(facets.get(name, ())).get(value, 0) for value in chosen.get(name, ())
        }
        values = tuple(
            Value(value, labels[name][value], count, value in chosen.get(name, ()))
            for value, count in _ordered(name, counts)
            if value in labels[name]
        )
        if values:
            result.append(Facet(name, str(title), values))
    return result


def _ordered(name: str, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    if DECLARED[name].newest_first:
        return sorted(counts.items(), reverse=True)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _labels(
    facets: Mapping[str, Sequence[tuple[str, int]]], chosen: Mapping[str, Sequence[str]], ui: str
) -> dict[str, dict[str, str]]:
    given = {
        name: [*(value for value, _count in facets.get(name, ())), *chosen.get(name, ())] for name in DECLARED
    }
    titles = _page_titles([value for name in _OF_PAGES for value, _count in facets.get(name, ())], ui)
    known = {
        name: titles if name in _OF_PAGES else declared.labels(given[name], ui)
        for name, declared in DECLARED.items()
    }
    return {
        name: {value: str(labels[value]) for value in given[name] if value in labels}
        for name, labels in known.items()
    }
