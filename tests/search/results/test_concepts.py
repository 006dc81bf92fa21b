"""Every concept of the glossary asked in four languages, by each engine: the same documents in one order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from portal.taxonomy.queries import Concept, concepts
from portal.taxonomy.reference import load_reference
from search.engines.base import Engine, SearchRequest
from search.engines.documents import IndexDocument, Passage
from search.engines.query_tree import AnyOf, Query
from search.results.query_expansion import Glossary, attempts, expand
from search.results.query_parser import parse, phrase_node
from search.text import analysis

MOST = 600
SEED = 299


@pytest.fixture
def glossary(db: None) -> Glossary:
    load_reference()
    return Glossary(concepts())


def inflected(text: str, language: str) -> str:
    """The text with an s at each longer word that can take one."""
    ends = "aeiouáéíóúãe" if language in ("es", "pt") else "aeioutnrdl"
    return " ".join(f"{word}s" if len(word) > 3 and word[-1] in ends else word for word in text.split())


def texts_of(concept: Concept) -> Iterator[tuple[str, str]]:
    """Passages in four languages: the term, its plural, in capitals, with other words within."""
    for language, terms in concept.terms.items():
        for term in terms:
            yield language, f"… {term}."
            yield language, f"«{inflected(term, language)}», x"
            yield language, f"{term.upper()} - 1984"
            yield language, " zzz ".join(term.split())


def documents_of(concepts: Sequence[Concept]) -> list[IndexDocument]:
    texts = [text for concept in concepts for text in texts_of(concept)]
    return [
        IndexDocument(
            id=f"document:{number}",
            kind="document",
            language=language,
            title=f"N{number}",
            path=f"/{number}/",
            version=1,
            passages=(Passage(text, 1),),
        )
        for number, (language, text) in enumerate(texts)
    ]


def fill(engine: Engine, concepts: Sequence[Concept]) -> list[IndexDocument]:
    documents = documents_of(concepts)
    engine.swap(engine.new_generation())
    with engine.writer() as writer:
        assert writer.index(documents) == {}
        writer.refresh()
    return documents


@pytest.fixture
def filled(engine: Engine, glossary: Glossary) -> list[IndexDocument]:
    return fill(engine, glossary.concepts)


class Asking:
    """What the search page would find: the first attempt that finds something. Asks nothing twice."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[Query, list[str]] = {}

    def document_ids(self, text: str, ui: str, glossary: Glossary) -> list[str]:
        for attempt in attempts(expand(parse(text), ui, glossary)):
            query = attempt.query
            if query not in self._known:
                results = self._engine.search(SearchRequest(query, ("public",), size=MOST))
                self._known[query] = [document.id for document in results.hits]
            if self._known[query]:
                return self._known[query]
        return []


def holds(document: IndexDocument, concept: Concept) -> bool:
    """Whether a term of the concept stands in the document, told without any engine."""
    words = analysis.terms(document.passages[0].text, document.language)
    sequences = [analysis.terms(term, document.language) for term in concept.terms[document.language]]
    return any(
        words[at : at + len(terms)] == terms
        for terms in sequences
        for at in range(len(words) - len(terms) + 1)
    )


def is_unambiguous(text: str, language: str, glossary: Glossary) -> bool:
    return len(glossary.named_by(analysis.words(text), language)[1]) == 1


def assert_one_set(
    asking: Asking, concept: Concept, documents: Sequence[IndexDocument], glossary: Glossary
) -> None:
    lists = [
        asking.document_ids(text, language, glossary)
        for language, terms in concept.terms.items()
        for rank, text in enumerate(terms)
        if rank == 0 or is_unambiguous(text, language, glossary)
    ]
    assert len(lists) >= 4
    assert all(one == other for one, other in pairwise(lists)), concept.key
    assert set(lists[0]) == {each.id for each in documents if holds(each, concept)}, concept.key


@pytest.mark.long
def test_a_concept_finds_the_same_by_every_name(
    engine: Engine, filled: Sequence[IndexDocument], glossary: Glossary
) -> None:
    """Jaccard 1 and overlap@10 of 1: the lists are equal, and hold what has a term and nothing else."""
    assert len(glossary.concepts) >= SEED
    asking = Asking(engine)
    for concept in glossary.concepts:
        assert_one_set(asking, concept, filled, glossary)


def test_one_concept_in_twenty_finds_the_same_by_every_name(engine: Engine, glossary: Glossary) -> None:
    concepts = glossary.concepts[::20]
    documents, asking = fill(engine, concepts), Asking(engine)
    for concept in concepts:
        assert_one_set(asking, concept, documents, glossary)


def test_every_term_of_the_seed_asks_for_its_concept_alone(glossary: Glossary) -> None:
    assert len(glossary.concepts) >= SEED
    asked = {
        (concept.key, expand(parse(text), language, glossary).query)
        for concept in glossary.concepts
        for language, terms in concept.terms.items()
        for text in terms
    }
    assert len(asked) == len(glossary.concepts)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ACNUR", "UNHCR"),
        ("hcr", "UNHCR"),
        ("CIDH", "IACHR"),
        ("FMR", "Global Refugee Forum"),
        ("GRF", "Global Refugee Forum"),
        ("VBG", "gender-based violence"),
        ("partage des responsabilités", "shared responsibility"),
    ],
)
@pytest.mark.parametrize("ui", ["es", "en", "pt", "fr"])
def test_an_acronym_is_known_to_readers_of_every_language(
    glossary: Glossary, typed: str, key: str, ui: str
) -> None:
    assert expand(parse(typed), ui, glossary).concepts == (key,)


@pytest.mark.parametrize(
    ("typed", "ui"), [("un", "es"), ("un", "fr"), ("who", "en"), ("eu", "pt"), ("can", "en"), ("odd", "en")]
)
def test_an_everyday_word_is_no_acronym(glossary: Glossary, typed: str, ui: str) -> None:
    assert expand(parse(typed), ui, glossary).concepts == ()


def test_an_acronym_that_is_a_word_of_the_readers_keeps_the_word(glossary: Glossary) -> None:
    """An English reader's `bid` is asked as the English word as well."""
    asked, plain = expand(parse("bid"), "en", glossary), phrase_node("bid", "en")
    assert asked.concepts == ("IDB",)
    assert isinstance(asked.runs[0].node, AnyOf)
    assert plain in asked.runs[0].node.nodes


@pytest.mark.long
def test_a_concept_finds_the_same_whatever_the_readers_language(
    engine: Engine, filled: Sequence[IndexDocument], glossary: Glossary
) -> None:
    asking = Asking(engine)
    for concept in glossary.concepts:
        lists = [asking.document_ids(terms[0], "es", glossary) for terms in concept.terms.values()]
        assert all(one == other for one, other in pairwise(lists)), concept.key


def test_no_term_of_the_seed_names_two_concepts(glossary: Glossary) -> None:
    twice = [
        text
        for concept in glossary.concepts
        for language, terms in concept.terms.items()
        for text in terms
        if not is_unambiguous(text, language, glossary)
    ]
    assert twice == []
