"""The list of public documents, narrowed by what they are and are filed under, with numbers of each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Q, QuerySet

from portal.common.phrases import LANGUAGE_NAMES
from portal.library.enums import DocumentKind, Facet
from portal.library.filing import gathered, labels, organization_keys
from portal.library.models import DocumentTag, LibraryDocument
from portal.library.queries import published_documents

FILED = {
    "country": Facet.COUNTRY,
    "organization": Facet.ORGANIZATION,
    "consultation": Facet.CONSULTATION,
    "segment": Facet.SEGMENT,
    "theme": Facet.THEME,
}
Counted = list[tuple[str, str, int]]


def documents_with(chosen: Mapping[str, Sequence[str]]) -> QuerySet[LibraryDocument]:
    """Public documents with one of the values of each filter. `organization` is a public number."""
    rows = published_documents(kinds=chosen.get("kind", ()))
    if languages := chosen.get("language"):
        rows = rows.filter(Q(language__in=languages) | Q(second_language__in=languages))
    if years := chosen.get("year"):
        rows = rows.filter(year__in=years)
    for name, facet in FILED.items():
        if values := chosen.get(name):
            rows = rows.filter(pk__in=_filed(facet, _stored(facet, values)).values("document"))
    return rows


def counted(language: str) -> dict[str, Counted]:
    """Values of each filter with their names and numbers of public documents. Five queries at most."""
    return {**_counted_columns(), **_counted_tags(language)}


def _counted_columns() -> dict[str, Counted]:
    columns = ("kind", "language", "second_language", "year")
    rows = LibraryDocument.objects.filter(live=True).values_list(*columns).annotate(number=Count("pk"))
    kinds, languages, years = Counter[str](), Counter[str](), Counter[str]()
    for kind, first, second, year, number in rows.order_by():
        kinds[kind] += number
        years[str(year or "")] += number
        for code in filter(None, (first, second)):
            languages[code] += number
    return {
        "kind": _named(kinds, dict(DocumentKind.choices)),
        "language": _named(languages, LANGUAGE_NAMES),
        "year": [(year, year, years[year]) for year in sorted(years, reverse=True) if year],
    }


def _counted_tags(language: str) -> dict[str, Counted]:
    rows = DocumentTag.objects.filter(document__live=True, facet__in=FILED.values())
    numbers = {
        (facet, value): number
        for facet, value, number in rows.values_list("facet", "value").annotate(Count("pk")).order_by()
    }
    named = labels(gathered(numbers), language)
    return {name: _by_code(facet, numbers, named[facet]) for name, facet in FILED.items()}


def _by_code(facet: str, numbers: Mapping[tuple[str, str], int], named: Mapping[str, object]) -> Counted:
    """Several keys may stand for one organization."""
    counts, texts = Counter[str](), dict[str, str]()
    for value, label in named.items():
        code, text = getattr(label, "code", value), getattr(label, "text", value)
        counts[code] += numbers[facet, value]
        texts[code] = text
    return sorted(((code, texts[code], number) for code, number in counts.items()), key=_most_first)


def _most_first(row: tuple[str, str, int]) -> tuple[int, str]:
    return -row[2], row[1]


def _named(numbers: Mapping[str, int], names: Mapping[str, object]) -> Counted:
    return [(value, str(name), numbers[value]) for value, name in names.items() if numbers.get(value)]


def _stored(facet: str, values: Iterable[str]) -> list[str]:
    if facet != Facet.ORGANIZATION:
        return list(values)
    return [key for number in values for key in organization_keys(number)]


def _filed(facet: str, values: Sequence[str]) -> QuerySet[DocumentTag]:
    return DocumentTag.objects.filter(facet=facet, value__in=values)
