"""What of the index's documents is public now, read from the portal itself and never from an engine."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from portal.cms.queries import hidden_paths, is_hidden
from portal.cms.routing import code_of, public_path, root_paths
from portal.common.ids import parse_public_id, public_id
from portal.library.models import LETTER as DOCUMENT_LETTER
from portal.library.models import LibraryDocument
from portal.library.queries import find_document
from portal.publication.enums import LETTERS, RecordKind, RecordState
from portal.publication.models import Record, RecordTranslation
from search.builders import build
from search.builders.base import identity_of, version_id
from search.documents import PUBLIC, IndexDocument, Passage
from search.models import Source
from search.outbox import Subject


@dataclass(frozen=True, slots=True)
class Found:
    """A public passage and the document it stands in."""

    document: IndexDocument
    passage: Passage

    @property
    def source(self) -> str:
        """The organization that speaks, or where a library document comes from, unless that is an address."""
        if speaker := self.document.details.get("organization"):
            return speaker
        document = find_document(identity_of(self.document.id))
        source = document.source if document else ""
        return "" if source.startswith(("https://", "http://")) else source

    @property
    def year(self) -> int | None:
        dated = self.document.dated
        return self.document.year or (dated.year if dated else None)


def public_document(document_id: str) -> IndexDocument | None:
    """The document as it is public now; None for what is not."""
    wanted = canonical(document_id)
    found = build(Subject(Source.INDEX, wanted), 0).documents if wanted else ()
    return next((each for each in found if each.id == wanted and each.visibility == PUBLIC), None)


def public_passage(document_id: str, position: int) -> Found | None:
    """One passage as it is public now."""
    document = public_document(document_id)
    if document is None:
        return None
    passages = document.readable_passages()
    return next((Found(document, each) for each in passages if each.position == position), None)


def public_ids(document_ids: Collection[str]) -> frozenset[str]:
    """Those of the documents that are public now. The same few queries for one and for many."""
    identities = {identity_of(document_id) for document_id in document_ids}
    numbers = [parsed for each in identities if (parsed := parse_public_id(each))]
    library = [number for letter, number in numbers if letter == DOCUMENT_LETTER]
    records = [number for letter, number in numbers if letter != DOCUMENT_LETTER]
    pages = [key for each in identities if (key := _uuid(each))]
    public = {*_library(library), *_records(records), *_pages(pages)}
    return frozenset(public.intersection(document_ids))


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def canonical(document_id: str) -> str:
    """The id as the index writes it, so that `d-3/es` and `D-00003/es` are one; empty for no id."""
    identity, _, language = document_id.partition("/")
    parsed, key = parse_public_id(identity), _uuid(identity)
    if parsed is not None:
        return version_id(public_id(*parsed), language)
    return version_id(str(key), language) if key else ""


def _library(numbers: Collection[int]) -> Iterator[str]:
    if numbers:
        rows = LibraryDocument.objects.filter(pk__in=numbers, live=True).values_list("pk", "language")
        yield from (version_id(public_id(DOCUMENT_LETTER, pk), language) for pk, language in rows)


def _records(numbers: Collection[int]) -> Iterator[str]:
    if not numbers:
        return
    public = Record.objects.filter(pk__in=numbers, state=RecordState.PUBLISHED)
    rows = list(public.values_list("kind", "pk", "language"))
    translated = RecordTranslation.objects.filter(record__in=public)
    rows += translated.values_list("record__kind", "record_id", "language")
    for kind, pk, language in rows:
        yield version_id(public_id(LETTERS[RecordKind(kind)], pk), language)


def _pages(keys: Collection[UUID]) -> Iterator[str]:
    if not keys:
        return
    roots, hidden = root_paths(), hidden_paths()
    rows = Page.objects.filter(translation_key__in=keys, live=True)
    for key, path, url_path in rows.values_list("translation_key", "path", "url_path"):
        if not is_hidden(path, hidden) and public_path(url_path, roots):
            yield version_id(str(key), code_of(url_path, roots))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
