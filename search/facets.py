"""What facets and their values are called in the reader's language; the search page and the API call it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.cms.queries import pages_by_key
from portal.common.countries import COUNTRIES
from portal.common.phrases import LANGUAGE_NAMES
from portal.taxonomy.queries import organization_type_names

KINDS = {
    "consultation": _("Consultation"),
    "segment": _("Segment"),
    "question": _("Guiding question"),
    "intervention": _("Intervention"),
    "pledge": _("Pledge"),
    "organization": _("Organization"),
    "document": _("Document"),
    "page": _("Page"),
}
TITLES = {
    "kind": _("Kind"),
    "language": _("Language"),
    "consultation": _("Consultation"),
    "segment": _("Segment"),
    "theme": _("Thematic area"),
    "organization_type": _("Organization type"),
    "country": _("Country"),
    "year": _("Year"),
}
_PAGES = ("consultation", "segment", "theme")


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

    A page that is not public any more is no value. Three queries at most, whatever there is.
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
    if name == "year":
        return sorted(counts.items(), reverse=True)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _labels(
    facets: Mapping[str, Sequence[tuple[str, int]]], chosen: Mapping[str, Sequence[str]], ui: str
) -> dict[str, dict[str, str]]:
    years = [*(value for value, _count in facets.get("year", ())), *chosen.get("year", ())]
    types = organization_type_names(ui) if "organization_type" in {*facets, *chosen} else {}
    titles = _page_titles([value for name in _PAGES for value, _count in facets.get(name, ())], ui)
    return {
        "kind": {value: str(label) for value, label in KINDS.items()},
        "language": {value: str(label) for value, label in LANGUAGE_NAMES.items()},
        "country": {value: str(label) for value, label in COUNTRIES.items()},
        "year": {value: value for value in years if value.isdigit()},
        "organization_type": types,
        **dict.fromkeys(_PAGES, titles),
    }


def _page_titles(keys: Sequence[str], ui: str) -> dict[str, str]:
    return {str(key): page.title for key, page in pages_by_key(keys, ui).items()}
