"""What of the index's documents is public now, read from the portal itself and never from an engine."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from portal.common.ids import parse_public_id, public_id
from portal.library.models import LETTER
from portal.library.queries import published_documents
from portal.publication.authors import speaker
from search.engines.documents import PUBLIC, IndexDocument, Passage
from search.index.builders import build
from search.index.builders.base import identity_of, version_id
from search.index.outbox import Subject
from search.models import Source
from search.results.citation import year_of


@dataclass(frozen=True, slots=True)
class PublicPassage:
    """A public passage and the document it stands in.

    `source`: the organization that speaks, or where a library document comes from, unless that is an address.
    """

    document: IndexDocument
    passage: Passage
    source: str

    @property
    def year(self) -> int | None:
        return year_of(self.document)


def public_document(document_id: str) -> IndexDocument | None:
    """The document as it is public now; None for what is not."""
    wanted = canonical(document_id)
    documents = build(Subject(Source.INDEX, wanted), 0).documents if wanted else ()
    return next((each for each in documents if each.id == wanted and each.visibility == PUBLIC), None)


def public_passage(document_id: str, position: int) -> PublicPassage | None:
    """One passage as it is public now."""
    document = public_document(document_id)
    if document is None:
        return None
    passage = next((each for each in document.readable_passages() if each.position == position), None)
    if passage is None:
        return None
    return PublicPassage(document, passage, sources_of([document])[document.id])


def sources_of(documents: Collection[IndexDocument]) -> dict[str, str]:
    """Who speaks in each document, by its id. One query at most, for one document and for many."""
    numbers = {each.id: parse_public_id(identity_of(each.id)) for each in documents}
    library = [parsed[1] for parsed in numbers.values() if parsed and parsed[0] == LETTER]
    rows = published_documents().order_by().filter(pk__in=library).values_list("pk", "source")
    given = {public_id(LETTER, pk): source for pk, source in rows} if library else {}
    return {
        each.id: speaker(each.details) or _unless_address(given.get(identity_of(each.id), ""))
        for each in documents
    }


def _unless_address(source: str) -> str:
    return "" if source.startswith(("https://", "http://")) else source


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def canonical(document_id: str) -> str:
    """The id as the index writes it, so that `d-3/es` and `D-00003/es` are one; empty for no id."""
    identity, _, language = document_id.partition("/")
    parsed, key = parse_public_id(identity), _uuid(identity)
    if parsed is not None:
        return version_id(public_id(*parsed), language)
    return version_id(str(key), language) if key else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
