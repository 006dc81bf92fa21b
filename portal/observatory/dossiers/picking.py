"""Passages that a search finds and somebody ticked, as they are public now; the page of picks asks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from portal.observatory.dossiers.limits import ITEMS_A_DOSSIER
from portal.observatory.dossiers.passages import PublicPassage, public_document, sources_of
from search.engines.documents import IndexDocument, Passage
from search.index import outbox
from search.index.builders.base import version_id
from search.results.hits import Hit, ShownPassage
from search.results.service import Question, find, scroll
from search.results.visibility import public_ids

MOST_FOUND = ITEMS_A_DOSSIER
_TICK = re.compile(r"[A-Za-z0-9:./-]{1,79}@[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Pick:
    """A passage that can be ticked; `value` is what its box sends. `is_loose`: it has some of the words."""

    original: PublicPassage
    is_loose: bool = False

    @property
    def value(self) -> str:
        return tick_of(self.original.document.id, self.original.passage.position)


def tick_of(document_id: str, position: int) -> str:
    """What stands for a passage in an address and in a form: `D-00003/es@4`."""
    return f"{document_id}@{position}"


def ticks_in(sent: Sequence[str]) -> frozenset[str]:
    """Those of the values sent that can be a passage's; a page of results has far fewer than are read."""
    return frozenset(value for value in sent[:MOST_FOUND] if _TICK.fullmatch(value))


def on_page(question: Question) -> list[Pick]:
    """The passages on this page of results, below its documents' own and those with some of the words.

    The same queries for one and for many while nothing waits for the index. Else what stands in the portal
    counts, document by document.
    """
    answer = find(question)
    whole = {version_id(hit.id, hit.language) for hit in answer.hits}
    picks = _public(_pairs([*answer.hits, *answer.more]))
    return [replace(each, is_loose=each.original.document.id not in whole) for each in picks]


def everything(question: Question, most: int = MOST_FOUND) -> list[Pick]:
    """The best passages of all that is found, the first `most` of them. Raises like `service.scroll`."""
    return _public(islice(_pairs(scroll(replace(question, page=1))), most))


def _pairs(hits: Iterable[Hit]) -> Iterator[tuple[Hit, ShownPassage]]:
    """What the search page shows of each: a title alone is no passage."""
    return ((hit, passage) for hit in hits for passage in hit.passages if passage.text != hit.title)


def _public(pairs: Iterable[tuple[Hit, ShownPassage]]) -> list[Pick]:
    made = [(_document(hit), _passage(passage)) for hit, passage in pairs]
    public = public_ids({document.id for document, _passage in made})
    pairs_kept = [(document, passage) for document, passage in made if document.id in public]
    documents = {document.id: document for document, _passage in pairs_kept}
    sources = sources_of(documents.values())
    originals = [PublicPassage(document, passage, sources[document.id]) for document, passage in pairs_kept]
    if outbox.is_behind():
        originals = list(_as_they_stand(originals))
    return [Pick(original) for original in originals]


def _as_they_stand(originals: Sequence[PublicPassage]) -> Iterator[PublicPassage]:
    """While changes wait for the index, the portal is asked: words that changed are left out."""
    read: dict[str, IndexDocument | None] = {}
    for each in originals:
        key = each.document.id
        if key not in read:
            read[key] = public_document(key)
        document = read[key]
        same = (each.passage.position, each.passage.text)
        if document and same in {(one.position, one.text) for one in document.readable_passages()}:
            yield each


def _document(hit: Hit) -> IndexDocument:
    return IndexDocument(
        id=version_id(hit.id, hit.language),
        kind=hit.kind,
        language=hit.language,
        title=hit.title,
        path=hit.path,
        year=hit.year,
        details=hit.details,
    )


def _passage(passage: ShownPassage) -> Passage:
    return Passage(passage.text, passage.position, passage.page, passage.heading, passage.anchor)
