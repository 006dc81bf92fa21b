"""What somebody typed, in pieces and as a tree; no text whatever may raise."""

import random
import time

import pytest

from search.queries import (
    MOST_WORDS,
    Exact,
    Phrase,
    Piece,
    Word,
    clean,
    parse,
    phrase_node,
    query_of,
    word_node,
)


def pieces(text: str) -> list[tuple[str, bool, bool]]:
    return [(piece.text, piece.is_exact, piece.is_excluded) for piece in parse(text).pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("birth registration", [("birth", False, False), ("registration", False, False)]),
        ('"birth registration" now', [("birth registration", True, False), ("now", False, False)]),
        ("«registro civil»", [("registro civil", True, False)]),
        ("“registro civil”", [("registro civil", True, False)]),
        ("asylum -camp", [("asylum", False, False), ("camp", False, True)]),
        ("asylum −camp", [("asylum", False, False), ("camp", False, True)]),
        ('-"transit camp" asylum', [("transit camp", True, True), ("asylum", False, False)]),
        ("self-reliance", [("self", False, False), ("reliance", False, False)]),
        ("-self-reliance", [("self reliance", True, True)]),
        ('one "two three', [("one", False, False), ("two", False, False), ("three", False, False)]),
        ('"', []),
        ('""', []),
        ("- -- -", []),
        ("GRF-07412", [("GRF", False, False), ("07412", False, False)]),
        ("a OR (b)", [("a", False, False), ("OR", False, False), ("b", False, False)]),
        ("l'apatridie", [("l'apatridie", False, False)]),
        ("🙂", []),
        ("", []),
    ],
)
def test_parse_gives_pieces(text: str, expected: list[tuple[str, bool, bool]]) -> None:
    assert pieces(text) == expected


def test_parse_stops_at_the_most_words() -> None:
    typed = parse("word " * (MOST_WORDS + 1))
    assert (len(typed.pieces), typed.is_cut) == (MOST_WORDS, True)
    assert not parse("word " * MOST_WORDS).is_cut


def test_parse_takes_any_text_in_linear_time() -> None:
    chance = random.Random(7)
    odd = "\"«»“”-−\x00\u202e🙂 aé'’()*:~^\\\ud800\n\t"
    started = time.process_time()
    for _ in range(300):
        query_of(parse("".join(chance.choices(odd, k=chance.randint(0, 200)))))
    for unit in ('"', '-"', "“", "-", "a-", "'", "«a"):
        query_of(parse(unit * 50_000))
    assert time.process_time() - started < 5


def test_clean_drops_what_cannot_be_shown() -> None:
    assert clean(" a\x00b\ud800c\x1fd ") == "a b c d"


def test_word_node_has_the_term_of_each_language() -> None:
    assert word_node("refugiadas") == Word(
        ("es:refugiado", "en:refugiada", "pt:refugiado", "fr:refugiada", "xx:refugiadas")
    )


def test_word_node_of_nothing_is_none() -> None:
    assert (word_node("'"), phrase_node("…", "es")) == (None, None)


def test_phrase_node_keeps_the_order() -> None:
    assert phrase_node("Registro de nacimientos", "es") == Phrase(("es:registro", "es:de", "es:nacimiento"))


def test_query_of_parts_wanted_and_excluded() -> None:
    query = query_of(parse('"Niños Apátridas" -camp'))
    assert query.required == (Exact(("ninos", "apatridas")),)
    assert query.excluded == (word_node("camp"),)
    assert query_of(parse("🙂")).is_empty


def test_piece_defaults_to_a_plain_word() -> None:
    assert parse("uno").pieces == (Piece("uno"),)
