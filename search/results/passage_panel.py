"""What stands around a passage, its page as a picture, and what is like it; shown where it is cited."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from portal.library.page_images import has_pages
from portal.library.queries import find_document
from search.engines import fallback
from search.engines.base import EngineUnavailable, SearchRequest
from search.engines.documents import PUBLIC, IndexDocument, Passage, token
from search.index.builders import build
from search.index.builders.base import identity_of, version_id
from search.index.outbox import Subject
from search.models import Source
from search.results.glossary_cache import glossary
from search.results.highlighting import matcher_of
from search.results.hits import Hit, Opening, hit_of
from search.results.query_expansion import expand
from search.results.query_parser import parse
from search.results.visibility import public_ids
from search.text import analysis

TELLING, SHORTEST = 12, 5
MOST_SIMILAR = 5


@dataclass(frozen=True, slots=True)
class Panel:
    """`before` and `after`: the passages next to it, or None. `url` opens the document there.

    `page_url` shows its page, `picture_url` is the picture, both with the passage marked; empty for
    what is no PDF.
    """

    document: str
    language: str
    url: str
    before: Passage | None
    after: Passage | None
    page_url: str
    picture_url: str
    similar: tuple[Hit, ...]


def panel(identity: str, language: str, position: int, ui: str) -> Panel | None:
    """None when there is no such passage in public any more."""
    wanted = version_id(identity, language)
    documents = build(Subject(Source.INDEX, wanted), 0).documents
    document = next((each for each in documents if each.id == wanted and each.visibility == PUBLIC), None)
    passages = document.readable_passages() if document else ()
    place = next((at for at, each in enumerate(passages) if each.position == position), None)
    if document is None or place is None:
        return None
    passage = passages[place]
    page_url, picture_url = _pictures(identity, passage)
    return Panel(
        document=wanted,
        language=language,
        url=_url(document, passage, ui),
        before=passages[place - 1] if place else None,
        after=passages[place + 1] if place + 1 < len(passages) else None,
        page_url=page_url,
        picture_url=picture_url,
        similar=similar(document, passage, ui),
    )


def similar(document: IndexDocument, passage: Passage, ui: str) -> tuple[Hit, ...]:
    """Other public documents with some of the passage's telling words; nothing while no engine answers."""
    words = telling_words(passage.text, document.language)
    if not words:
        return ()
    expansion = expand(parse(" ".join(words)), document.language, glossary())
    request = SearchRequest(
        query=replace(expansion.query, least=1, near=()),
        visibility=(PUBLIC,),
        filters={"language": (token("shown", ui),)},
        size=MOST_SIMILAR + 1,
        passages=1,
    )
    try:
        results, _is_fallback = fallback.search(request)
    except EngineUnavailable:
        return ()
    others = [each for each in results.hits if identity_of(each.id) != identity_of(document.id)]
    public = public_ids({each.id for each in others})
    opening = Opening(ui, {}, matcher_of(request.query))
    return tuple(hit_of(each, opening) for each in others if each.id in public)[:MOST_SIMILAR]


def telling_words(text: str, language: str) -> Sequence[str]:
    """Words of a passage to look for others with: the most frequent first, then the longest, each term once.

    Short words are left out; how rare a word is, the engine knows.
    """
    by_term: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for word in analysis.words(text):
        term = analysis.term(word, language)
        if len(term) >= SHORTEST and not any(letter.isdigit() for letter in word):
            by_term.setdefault(term, word)
            counts[term] += 1
    ordered = sorted(by_term, key=lambda term: (-counts[term], -len(term), term))
    return [by_term[term] for term in ordered[:TELLING]]


def _pictures(identity: str, passage: Passage) -> tuple[str, str]:
    row = find_document(identity) if passage.page else None
    if row is None or not has_pages(row):
        return "", ""
    place = (identity, passage.page)
    marked = f"?passage={passage.position}"
    return reverse("library:page", args=place) + marked, reverse("library:marked", args=place) + marked


def _url(document: IndexDocument, passage: Passage, ui: str) -> str:
    place = f"?passage={passage.position}#{passage.anchor}" if passage.anchor else ""
    return document.path.replace("{ui}", ui) + place
