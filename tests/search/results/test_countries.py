"""Every country and people asked in four languages: the same documents in one order; and words of none."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from portal.taxonomy.countries import country_concepts
from portal.taxonomy.queries import Concept, concepts
from portal.taxonomy.reference import load_reference
from search.engines.base import Engine
from search.results.query_expansion import Glossary, expand
from search.results.query_parser import parse
from tests.search.results.test_concepts import Asking, fill, held

COUNTRIES = country_concepts()


@pytest.fixture(scope="module")
def countries() -> Glossary:
    return Glossary(COUNTRIES)


def assert_one_set_each(engine: Engine, glossary: Glossary, concepts: Sequence[Concept]) -> None:
    """Jaccard 1 and overlap@10 of 1 for every name and people in the four languages."""
    documents, asking = fill(engine, concepts), Asking(engine)
    expected = held(documents, concepts)
    for concept in concepts:
        lists = [
            asking.document_ids(text, language, glossary)
            for language, texts in concept.terms.items()
            for text in texts
        ]
        assert len(lists) >= 4
        assert all(one == other for one, other in pairwise(lists)), concept.key
        assert set(lists[0]) == expected[concept.key], concept.key


def test_one_country_in_twenty_finds_the_same_by_every_name(engine: Engine, countries: Glossary) -> None:
    assert_one_set_each(engine, countries, COUNTRIES[::20])


@pytest.mark.long
def test_every_country_finds_the_same_by_every_name(engine: Engine, countries: Glossary) -> None:
    assert_one_set_each(engine, countries, COUNTRIES)


@pytest.mark.parametrize("ui", ["es", "en", "pt", "fr"])
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Brasil", "BR"),
        ("brésil", "BR"),
        ("HAITÍ", "HT"),
        ("haïtiennes", "HT"),
        ("venezolanas", "VE"),
        ("Venezuelans", "VE"),
        ("vénézuélienne", "VE"),
        ("venezolan@s", "VE"),
        ("EE. UU.", "US"),
        ("EUA", "US"),
        ("États-Unis", "US"),
        ("Reino Unido", "GB"),
        ("UK", "GB"),
        ("Costa de Marfil", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Guinea Ecuatorial", "GQ"),
        ("Papua New Guinea", "PG"),
        ("Guinée", "GN"),
        ("South Sudan", "SS"),
        ("Turkey", "TR"),
        ("Jordania", "JO"),
        ("Tchad", "TD"),
        ("dominicano", "DO"),
        ("República Dominicana", "DO"),
        ("dominiquais", "DM"),
    ],
)
def test_a_name_is_known_to_readers_of_every_language(
    countries: Glossary, typed: str, code: str, ui: str
) -> None:
    assert expand(parse(typed), ui, countries).concepts == (f"country:{code}",)


@pytest.mark.parametrize(
    ("typed", "ui"),
    [
        *(
            ("us", "en"),
            ("usa", "es"),
            ("eau", "fr"),
            ("dan", "es"),
            ("irá", "es"),
            ("chin", "en"),
            ("bajan", "es"),
            ("dane", "es"),
        ),
        *(("gana", "es"), ("gana", "pt"), ("Salvador", "pt"), ("Salvador", "fr"), ("Dominique", "fr")),
        *(
            ("Maurice", "fr"),
            ("Mauricio", "es"),
            ("grenade", "fr"),
            ("Guadalupe", "es"),
        ),
        *(("indio", "es"), ("Indian", "en"), ("indien", "fr"), ("americano", "es"), ("American", "en")),
        *(("español", "es"), ("Spanish", "en"), ("français", "fr"), ("português", "pt"), ("inglés", "es")),
        *(("polish", "en"), ("congolés", "es"), ("Congo", "es"), ("hollande", "fr")),
    ],
)
def test_a_word_with_another_meaning_names_no_country(countries: Glossary, typed: str, ui: str) -> None:
    assert expand(parse(typed), ui, countries).concepts == ()


def test_a_form_of_a_verb_is_no_country(countries: Glossary) -> None:
    """`irán` is a form of a Spanish verb: no text in Spanish is found by it for Iran's sake."""
    asked = expand(parse("Iran"), "en", countries)
    phrases = {phrase.terms for named in asked.runs[0].concepts for phrase in named.phrases}
    assert ("en:iran",) in phrases
    assert ("es:iran",) not in phrases


def test_no_country_has_a_term_of_the_glossary(db: None) -> None:
    load_reference()
    both = Glossary(concepts() + COUNTRIES)
    asked = {
        (concept.key, expand(parse(text), language, both).concepts)
        for concept in both.concepts
        for language, texts in concept.terms.items()
        for text in texts
    }
    assert [pair for pair in asked if pair[1] != (pair[0],)] == []
