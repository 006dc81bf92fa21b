"""The list of public documents, narrowed by what they are and are filed under, with numbers of each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

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
# Documents that are one text in several languages count once.
_WORKS = Count("document__work", distinct=True) + Count("pk", filter=Q(document__work=None))
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


def one_of_each_work(rows: QuerySet[LibraryDocument], language: str) -> QuerySet[LibraryDocument]:
    """Of documents that are one text in several languages that in the reader's, else the first added."""
    ranked = rows.annotate(
        distance=Case(When(language=language, then=0), When(second_language=language, then=1), default=2)
    )
    nearer = ranked.order_by().filter(
        Q(distance__lt=OuterRef("distance")) | Q(distance=OuterRef("distance"), pk__lt=OuterRef("pk")),
        work=OuterRef("work"),
    )
    return ranked.exclude(Exists(nearer))


def languages_beside(rows: Sequence[LibraryDocument]) -> dict[int, list[str]]:
    """Of each document with which others are one text the languages that those are in. One query."""
    works = {row.work for row in rows if row.work}
    others: dict[UUID | None, list[LibraryDocument]] = {}
    if works:
        for other in published_documents().filter(work__in=works).order_by("language", "pk"):
            others.setdefault(other.work, []).append(other)
    return {
        row.pk: _spoken_in(other for other in others.get(row.work, ()) if other.pk != row.pk) for row in rows
    }


def _spoken_in(rows: Iterable[LibraryDocument]) -> list[str]:
    return list(dict.fromkeys(code for row in rows for code in row.languages))


def counted(language: str) -> dict[str, Counted]:
    """Values of each filter with their names and numbers of public documents, those that are one text in
    several languages once. Five queries at most.
    """
    return {**_counted_columns(), **_counted_tags(language)}


def _counted_columns() -> dict[str, Counted]:
    columns = ("kind", "language", "second_language", "year", "work")
    rows = LibraryDocument.objects.filter(live=True).values_list(*columns).annotate(number=Count("pk"))
    kinds, languages, years = Counter[str](), Counter[str](), Counter[str]()
    counters = (kinds, languages, languages, years)
    seen: set[tuple[int, str, UUID]] = set()
    for *values, work, number in rows.order_by():
        for counter, value in zip(counters, values, strict=True):
            once = (id(counter), str(value or ""), work)
            counter[once[1]] += number if work is None else once not in seen
            seen.add(once)
    return {
        "kind": _named(kinds, dict(DocumentKind.choices)),
        "language": _named(languages, LANGUAGE_NAMES),
        "year": [(year, year, years[year]) for year in sorted(years, reverse=True) if year],
    }


def _counted_tags(language: str) -> dict[str, Counted]:
    rows = DocumentTag.objects.filter(document__live=True, facet__in=FILED.values())
    numbers = {
        (facet, value): number
        for facet, value, number in rows.values_list("facet", "value").annotate(number=_WORKS).order_by()
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
