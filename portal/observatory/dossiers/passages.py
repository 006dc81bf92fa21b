"""What of the index's documents is public now, read from the portal itself and never from an engine."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from portal.common.ids import parse_public_id, public_id
from portal.library.queries import find_document
from portal.publication.authors import speaker
from search.engines.documents import PUBLIC, IndexDocument, Passage
from search.index.builders import build
from search.index.builders.base import identity_of, version_id
from search.index.outbox import Subject
from search.models import Source


@dataclass(frozen=True, slots=True)
class PublicPassage:
    """A public passage and the document it stands in."""

    document: IndexDocument
    passage: Passage

    @property
    def source(self) -> str:
        """The organization that speaks, or where a library document comes from, unless that is an address."""
        if told := speaker(self.document.details):
            return told
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
    documents = build(Subject(Source.INDEX, wanted), 0).documents if wanted else ()
    return next((each for each in documents if each.id == wanted and each.visibility == PUBLIC), None)


def public_passage(document_id: str, position: int) -> PublicPassage | None:
    """One passage as it is public now."""
    document = public_document(document_id)
    if document is None:
        return None
    passages = document.readable_passages()
    return next((PublicPassage(document, each) for each in passages if each.position == position), None)


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
