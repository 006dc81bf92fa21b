"""Numbers, dates, laws and words for all genders: what is asked in one writing is found in every other."""

from collections.abc import Sequence

import pytest

from portal.taxonomy.queries import concepts
from portal.taxonomy.reference import load_reference
from search.engines.base import Engine
from search.engines.documents import IndexDocument, Passage
from search.engines.query_tree import AnyOf, Phrase, Word
from search.results.highlighting import Matcher
from search.results.query_expansion import Glossary, expand
from search.results.query_parser import parse, word_node
from tests.search.results.test_concepts import Asking

TEXTS = {
    "es": "El 4 de abril de 2024 llegaron 13.445 refugiad@s, el 17 % de Venezuela.",
    "en": "On April 4, 2024, 13,445 refugees arrived, 17 per cent of them from Venezuela.",
    "pt": "Em 04/04/2024 chegaram 13 445 refugiados(as), 17% da Venezuela.",
    "fr": "Le 4 avril 2024, 13\u202f445 réfugié·e·s sont arrivé·e·s, 17 pour cent du Venezuela.",
}
OTHER = {
    "other-es": (
        "es",
        "El 5 de abril de 2024 se leyó el artículo 17 a 13 personas; 445 salieron, 4 de 2024.",
    ),
    "other-en": ("en", "Article 17, 4 May 2024: 13 of 445 in April 2023."),
    "law-long": ("pt", "A Lei nº 9.474, de 22 de julho de 1997, define o estatuto."),
    "law-short": ("pt", "A Lei 9.474/97 define o estatuto."),
    "law-other": ("pt", "A Lei 9.475/97, de 1997, e 9474 casos."),
}


def document(name: str, language: str, text: str) -> IndexDocument:
    return IndexDocument(
        id=f"document:{name}",
        kind="document",
        language=language,
        title="T",
        path=f"/{name}/",
        version=1,
        passages=(Passage(text, 1),),
    )


@pytest.fixture
def asking(engine: Engine) -> Asking:
    documents = [document(code, code, text) for code, text in TEXTS.items()]
    documents += [document(name, *text) for name, text in OTHER.items()]
    engine.swap(engine.new_generation())
    with engine.writer() as writer:
        assert writer.index(documents) == {}
        writer.refresh()
    return Asking(engine)


@pytest.fixture
def glossary(db: None) -> Glossary:
    load_reference()
    return Glossary(concepts())


ALL = {f"document:{code}" for code in TEXTS}


@pytest.mark.parametrize(
    "typed",
    [
        *("4 de abril de 2024", "April 4, 2024", "4 April 2024", "04/04/2024", "2024-04-04", "4 avril 2024"),
        *("13.445", "13,445", "13445", "13 445 refugiados", "13\u202f445"),
        *("17 %", "17%", "17 por ciento", "17 pour cent"),
        *("refugiad@s", "refugiadxs", "refugiades", "refugiados/as 17%", "réfugié-e-s", "réfugié(e)s"),
    ],
)
def test_every_writing_finds_the_same(asking: Asking, glossary: Glossary, typed: str) -> None:
    assert [set(asking.document_ids(typed, ui, glossary)) for ui in TEXTS] == [ALL] * 4


def test_a_law_is_found_by_number_and_year(asking: Asking, glossary: Glossary) -> None:
    both = {"document:law-long", "document:law-short"}
    assert set(asking.document_ids("Lei 9.474/97", "pt", glossary)) == both
    assert set(asking.document_ids("Lei nº 9.474/1997", "es", glossary)) == both


def places(typed: str, text: str, language: str) -> Sequence[str]:
    matcher = Matcher()
    for run in expand(parse(typed), language, Glossary()).runs:
        matcher.add(run.node)
    return [text[start:end] for start, end in matcher.spans(text, language)]


@pytest.mark.parametrize(
    ("typed", "language", "marked"),
    [
        ("4 de abril de 2024", "es", ["4 de abril de 2024"]),
        ("04/04/2024", "en", ["April 4, 2024"]),
        ("4 April 2024", "pt", ["04/04/2024"]),
        ("13445", "fr", ["13\u202f445"]),
        ("17%", "en", ["17 per cent"]),
        ("refugiados", "es", ["refugiad@s"]),
        ("refugiadas", "pt", ["refugiados(as)"]),
        ("réfugiées", "fr", ["réfugié·e·s"]),
    ],
)
def test_what_is_found_is_marked_as_it_is_written(typed: str, language: str, marked: list[str]) -> None:
    assert places(typed, TEXTS[language], language) == marked


def test_a_form_is_one_piece_and_a_date_a_phrase() -> None:
    assert [piece.text for piece in parse("el 4 de mayo de 2024 y 13 445 niñ@s").pieces] == [
        *("el", "4 de mayo de 2024", "y", "13 445", "niñ@s"),
    ]
    assert word_node("13 445") == Word(tuple(f"{code}:13445" for code in ("es", "en", "pt", "fr", "xx")))
    date = word_node("4 de mayo de 2024")
    assert isinstance(date, AnyOf)
    assert Phrase(("en:4", "en:may", "en:2024")) in date.nodes
