"""Documents for the engines' tests, and ways to ask for them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from search.engines.base import Engine, SearchRequest, SearchResults
from search.engines.documents import IndexDocument, Passage, token
from search.engines.query_tree import Prefix, Query
from search.results.query_parser import parse, query_of, word_node
from search.text.analysis import folded

TEXTS = {
    "es": "El Estado registra a los niños nacidos en el país y protege a las personas apátridas",
    "en": "Every State registers children born in the country and protects stateless persons at once",
    "pt": "O Estado registra as crianças nascidas no país e a proteção das pessoas apátridas continua",
    "fr": "L'apatridie recule quand les États enregistrent les enfants nés dans le pays de transit",
}


def document(number: int, language: str = "es", kind: str = "document", **changes: object) -> IndexDocument:
    fields: dict[str, object] = {
        "id": f"{kind}:{number}",
        "kind": kind,
        "language": language,
        "title": f"Título {number}",
        "path": f"/{{ui}}/library/D-{number:05d}/",
        "version": 1,
        "year": 2020,
        "dated": date(2020, 1, 1 + number % 28),
        "facets": {"country": ("MX",)},
        "passages": (Passage(TEXTS[language], 1, page=1), Passage("Otra cosa", 2, page=2)),
    }
    return IndexDocument(**(fields | changes))


def fill(engine: Engine, documents: Iterable[IndexDocument]) -> None:
    generation = engine.generation()
    if generation is None:
        generation = engine.new_generation()
        engine.swap(generation)
    with engine.writer() as writer:
        assert writer.index(list(documents)) == {}
        writer.refresh()


def ask(engine: Engine, text: str, page: int = 1, size: int = 10, **filters: str) -> SearchResults:
    chosen = {name: tuple(token(name, value) for value in values.split()) for name, values in filters.items()}
    query = query_of(parse(text))
    return engine.search(SearchRequest(query, ("public",), chosen, page, size))


def ids(results: SearchResults) -> list[str]:
    return [document.id for document in results.hits]


def titled(number: int, *texts: str, **changes: object) -> IndexDocument:
    """A document of these passages that is found by nothing else."""
    passages = tuple(Passage(text, place) for place, text in enumerate(texts, start=1))
    return document(number, **{"title": "x", "passages": passages, **changes})


def request(text: str, **changes: object) -> SearchRequest:
    return replace(SearchRequest(query_of(parse(text)), ("public",)), **changes)


def request_with_beginnings(text: str) -> SearchRequest:
    """A request in which `word*` is the beginning of a word and `-word*` leaves it out."""
    required, excluded = [], []
    for word in text.split():
        plain = word.strip("-*")
        node = Prefix(folded(plain)[0]) if word.endswith("*") else word_node(plain)
        (excluded if word.startswith("-") else required).append(node)
    return SearchRequest(Query(tuple(required), tuple(excluded)), ("public",))


def comparable(results: SearchResults) -> object:
    """Everything but scores, which differ by a constant factor."""
    return (
        results.total,
        results.documents,
        [(f.id, f.matched, [each.passage for each in f.passages]) for f in results.hits],
        results.facets,
    )
