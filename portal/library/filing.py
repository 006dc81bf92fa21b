"""What documents are filed under, named for a reader; pages, API and exports call it.

Organizations are read through the ledger alone, pages as everybody sees them: what is not public has no name.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from portal.cms.queries import pages_by_key
from portal.common.countries import COUNTRIES
from portal.common.ids import parse_public_id, public_id
from portal.common.languages import DEFAULT
from portal.library.enums import Facet
from portal.library.models import DocumentTag, LibraryDocument
from portal.library.official import official_texts
from portal.publication.enums import RecordKind, RecordState
from portal.publication.models import Record
from portal.publication.queries import name_of, published

_ORGANIZATIONS = "O-"
PAGES = (Facet.CONSULTATION, Facet.SEGMENT, Facet.THEME)
Tags = Mapping[str, Collection[str]]
Codes = Callable[[str, Collection[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Label:
    """A value for a reader. `code` is what the API and the search say; `lang` of the text if foreign."""

    text: str
    code: str
    url: str = ""
    lang: str = ""


def tags_of(document: LibraryDocument) -> dict[str, list[str]]:
    """Values by facet; no query where `tags` are prefetched."""
    return gathered((tag.facet, tag.value) for tag in document.tags.all())


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for facet, value in pairs:
        values.setdefault(facet, []).append(value)
    return values


def labels(tags: Tags, language: str) -> dict[str, dict[str, Label]]:
    """Names by facet and value; of what is not public there is none. Four queries at most."""
    pages = _page_labels([value for facet in PAGES for value in tags.get(facet, ())], language)
    return {
        Facet.COUNTRY: {
            code: Label(str(COUNTRIES[code]), code)
            for code in tags.get(Facet.COUNTRY, ())
            if code in COUNTRIES
        },
        Facet.ORGANIZATION: organization_labels(tags.get(Facet.ORGANIZATION, ()), language),
        **{
            facet: {value: pages[value] for value in tags.get(facet, ()) if value in pages} for facet in PAGES
        },
        Facet.OFFICIAL: {
            text.key: Label(str(text.title), text.key)
            for text in official_texts()
            if text.key in tags.get(Facet.OFFICIAL, ())
        },
    }


def uuids(values: Iterable[str]) -> list[UUID]:
    """Those that are keys at all."""
    keys: list[UUID] = []
    for value in values:
        with suppress(ValueError):
            keys.append(UUID(value))
    return keys


def could_be(facet: str, value: str) -> bool:
    """Whether a code, as the API says it, is one of the kind of this facet, public or not."""
    if facet == Facet.COUNTRY:
        return value in COUNTRIES
    if facet == Facet.ORGANIZATION:
        parsed = parse_public_id(value)
        return parsed is not None and public_id(*parsed) == value and value.startswith(_ORGANIZATIONS)
    return bool(uuids([value]))


def filing_codes() -> Codes:
    """Gives what of a facet's values is public, in the codes that the API and the files say it with.

    Two queries, whatever is asked of it afterwards.
    """
    rows = DocumentTag.objects.filter(document__live=True, facet__in=(Facet.ORGANIZATION, *PAGES))
    named = labels(gathered(rows.values_list("facet", "value").order_by().distinct()), DEFAULT)

    def codes(facet: str, values: Collection[str]) -> list[str]:
        known = named.get(facet, {})
        if facet in (Facet.COUNTRY, Facet.OFFICIAL):
            return list(values)
        return [known[value].code for value in values if value in known]

    return codes


def organization_labels(keys: Collection[str], language: str) -> dict[str, Label]:
    """By key; that of an organization that was merged leads to the one it was merged into. One query."""
    known_keys = uuids(keys)
    if not known_keys:
        return {}
    rows = Record.objects.filter(kind=RecordKind.ORGANIZATION, source_key__in=known_keys)
    known: dict[str, Label] = {}
    for row in rows.select_related("merged_into"):
        public = row if row.state == RecordState.PUBLISHED else row.merged_into
        if public is not None and public.state == RecordState.PUBLISHED:
            known[str(row.source_key)] = _organization_label(public, language)
    return known


def organization_keys(public_id: str) -> list[str]:
    """Keys of the public organization with this number: its own, and of those merged into it."""
    parsed = parse_public_id(public_id)
    record = published(RecordKind.ORGANIZATION).filter(pk=parsed[1]).first() if parsed else None
    if record is None or record.public_id != public_id:
        return []
    merged = Record.objects.filter(kind=RecordKind.ORGANIZATION, merged_into=record)
    return [str(record.source_key), *map(str, merged.values_list("source_key", flat=True))]


def organization_names(numbers: Collection[str], language: str) -> dict[str, str]:
    """Names of public organizations by their numbers. One query."""
    known = [parsed[1] for number in numbers if (parsed := parse_public_id(number))]
    rows = published(RecordKind.ORGANIZATION).filter(pk__in=known)
    return {row.public_id: name_of(row, language)[0] for row in rows if row.public_id in numbers}


def is_organization_number(text: str) -> bool:
    return text.startswith("O-") and parse_public_id(text) is not None


def documents_of_organizations(keys: Iterable[object]) -> list[LibraryDocument]:
    """Public documents that are filed under one of these organizations. One query."""
    tags = DocumentTag.objects.filter(facet=Facet.ORGANIZATION, value__in=list(map(str, keys)))
    return list(LibraryDocument.objects.filter(live=True, pk__in=tags.values("document")).order_by("pk"))


def _organization_label(record: Record, language: str) -> Label:
    name, spoken = name_of(record, language)
    return Label(name, record.public_id, record.path(language), "" if spoken == language else spoken)


def _page_labels(keys: Collection[str], language: str) -> dict[str, Label]:
    pages = pages_by_key(uuids(keys), language)
    return {
        str(key): Label(page.title, str(key), page.url, "" if page.language == language else page.language)
        for key, page in pages.items()
    }
