"""What every engine must do with beginnings of words and with words that are nearly the same."""

import pytest

from search.engines.base import Engine, SearchRequest
from search.engines.documents import order_key
from search.engines.query_tree import AnyOf, Prefix, Query
from search.results.query_parser import word_node
from tests.search.engines.asking import fill, ids, request_with_beginnings, titled


@pytest.mark.few(6)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("refug*", {1, 2}),
        ("REFÚG*", {1, 2}),
        ("refugiad*", {2}),
        ("refugiados*", {2}),
        ("refugiadosx*", set()),
        ("ref* mar", {2, 3}),
        ("ref* solic*", {3}),
        ("ref* -mar", {1, 3}),
        ("mar -refugi*", {3, 5}),
        ("-ref*", {3, 4, 5}),
        ("cafe*", {4}),
        ("日*", {4}),
        ("2014*", {4}),
        ("x" * 64 + "*", {5}),
        ("x" * 100 + "*", {5}),
        ("x" * 63 + "y*", set()),
    ],
)
def test_search_finds_beginnings_of_words(engine: Engine, text: str, expected: set[int]) -> None:
    fill(
        engine,
        [
            titled(1, "El refugio"),
            titled(2, "refugiados del mar"),
            titled(3, "La Réfection solicita", "mar: solicitudes de réfection", "mar"),
            titled(4, "CAFÉS 日本語 de 20149", "[a-z]+.* \\w"),
            titled(5, "mar " + "x" * 80),
        ],
    )
    assert set(ids(engine.search(request_with_beginnings(text)))) == {
        f"document:{number}" for number in expected
    }


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "beginning", [".", ".*", "[a-z]", "a|b", "(", "*", "?", "\\", "^", "é", "�", "a" * 10_000]
)
def test_search_takes_a_beginning_as_it_is(engine: Engine, beginning: str) -> None:
    fill(engine, [titled(1, "asilo abc .* [a-z]")])
    assert engine.search(SearchRequest(Query((Prefix(beginning),)), ("public",))).total == 0


def test_beginnings_of_words_add_nothing_to_the_score(engine: Engine) -> None:
    fill(engine, [titled(1, "asilo refugio refugiado refugiada"), titled(2, "asilo asilo refugio otra")])
    asked = request_with_beginnings
    assert ids(engine.search(asked("asilo refug*"))) == ["document:2", "document:1"]
    documents = engine.search(asked("refug*")).hits
    assert [each.id for each in documents] == sorted(["document:1", "document:2"], key=order_key)
    assert documents[0].score == documents[1].score
    either = Query((AnyOf((Prefix("refug"), word_node("asilo"))),))
    assert ids(engine.search(SearchRequest(either, ("public",)))) == ["document:2", "document:1"]


def test_similar_gives_words_of_the_index_nearest_first(engine: Engine) -> None:
    fill(
        engine,
        [
            titled(1, "niños y niñas", "niños", title="Apátridas"),
            titled(2, "las niñas y los niños del refugio", "ninguno"),
        ],
    )
    assert engine.similar("niñxs") == ("ninos", "ninas")
    assert engine.similar("niñxs", limit=1) == ("ninos",)
    assert engine.similar("refuigo") == ("refugio",)
    assert engine.similar("erfugoi") == ("refugio",)
    assert engine.similar("Apátirda") == ("apatridas",)


def test_similar_never_gives_the_word_itself(engine: Engine) -> None:
    fill(engine, [titled(1, "refugio refugios")])
    assert engine.similar("refugio") == ("refugios",)
    assert engine.similar("REFÚGIOS") == ("refugio",)


@pytest.mark.parametrize("word", ["qwxzkjv", "", "¡!", "🙂", "a\x00", "x" * 5_000, ".*"])
def test_similar_knows_when_there_is_nothing(engine: Engine, word: str) -> None:
    fill(engine, [titled(1, "refugio y asilo")])
    assert engine.similar(word) == ()


def test_similar_finds_a_rare_word_among_frequent_ones(engine: Engine) -> None:
    many = [titled(number, "casa " * 20 + "roja") for number in range(40)]
    fill(engine, [*many, titled(99, "cosa"), titled(98, "cosa caso")])
    assert engine.similar("casx") == ("casa", "caso", "cosa")
