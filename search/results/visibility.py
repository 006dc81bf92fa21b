"""Which found things are public now; scrolls ask, because a snapshot remembers what has been withdrawn."""

from collections.abc import Collection, Iterator
from uuid import UUID

from wagtail.models import Page

from portal.cms.page_rows import is_public, rows_around
from portal.cms.routing import code_of, public_path, root_paths
from portal.common.ids import parse_public_id, public_id
from portal.library.models import LETTER
from portal.library.queries import published_documents
from portal.plan.queries import nodes_by_key
from portal.publication.kinds import ledger_kind
from portal.publication.models import RecordTranslation
from portal.publication.queries import published
from search.index.builders.base import identity_of, version_id
from search.index.builders.plans import languages_of


def public_ids(document_ids: Collection[str]) -> frozenset[str]:
    """Those of the documents of the index (`I-00007/es`) that are public now, each language by itself.

    The same few queries for one and for many.
    """
    return _versions({identity_of(each) for each in document_ids}).intersection(document_ids)


def public_things(identities: Collection[str]) -> frozenset[str]:
    """Those of the identities (`I-00007`, a page's key) that are public in some language."""
    return frozenset(map(identity_of, _versions(identities)))


def _versions(identities: Collection[str]) -> frozenset[str]:
    numbers = [parsed for each in identities if (parsed := parse_public_id(each))]
    library = [number for letter, number in numbers if letter == LETTER]
    records = [number for letter, number in numbers if letter != LETTER]
    pages = [key for each in identities if (key := _uuid(each))]
    nodes = [each for each in identities if ":" in each]
    return frozenset((*_library(library), *_records(records), *_pages(pages), *_nodes(nodes)))


def _library(numbers: Collection[int]) -> Iterator[str]:
    if numbers:
        rows = published_documents().order_by().filter(pk__in=numbers)
        rows = rows.only("pk", "language", "second_language")
        yield from (version_id(row.public_id, language) for row in rows for language in row.languages)


def _records(numbers: Collection[int]) -> Iterator[str]:
    if not numbers:
        return
    public = published().order_by().select_related(None).filter(pk__in=numbers)
    rows = list(public.values_list("kind", "pk", "language"))
    translated = RecordTranslation.objects.filter(record__in=public)
    rows += translated.values_list("record__kind", "record_id", "language")
    for kind, pk, language in rows:
        yield version_id(public_id(ledger_kind(kind).letter, pk), language)


def _pages(keys: Collection[UUID]) -> Iterator[str]:
    if not keys:
        return
    roots = root_paths()
    rows = Page.objects.filter(translation_key__in=keys, live=True)
    read = list(rows.values_list("translation_key", "path", "url_path"))
    around = rows_around(path for _key, path, _url_path in read)
    for key, path, url_path in read:
        if is_public(path, around) and public_path(url_path, roots):
            yield version_id(str(key), code_of(url_path, roots))


def _nodes(keys: Collection[str]) -> Iterator[str]:
    for node in nodes_by_key(keys).values():
        if node.retired_on is None:
            yield from (version_id(node.key, language) for language in languages_of(node))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
