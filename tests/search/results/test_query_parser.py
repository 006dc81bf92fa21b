"""What somebody typed, in pieces and as a tree; no text whatever may raise."""

import random

import pytest

from search.engines.query_tree import Exact, Phrase, Prefix, Query, Word
from search.results.query_parser import (
    LONGEST_QUERY,
    MOST_WORDS,
    Piece,
    clean,
    parse,
    phrase_node,
    piece_node,
    prefix_node,
    query_of,
    word_node,
)
from tests.search.steps import MOST, growth, steps

OPERATORS = (
    '"',
    "-",
    "*",
    "−",
    "«",
    "»",
    "“",
    "”",
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    "~2",
    "^3",
    "field:",
    "\\",
    "/",
)
ODD = (
    "\x00",
    "\ud800",
    "\u202e",
    "\u200f",
    "🙂",
    "👩‍👧",
    "\ufeff",
    "\u00ad",
    "\u0301",
    "½",
    "'",
    "’",
    "\n",
    "\t",
    " ",
)
SCRIPTS = (
    "niño",
    "NIÑEZ",
    "l'apatridie",
    "d’água",
    "اللاجئون",
    "עברית",
    "難民",
    "беженец",
    "ﬁle",
    "ß",
    "İ",
    "x" * 99,
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


def test_parse_takes_any_text() -> None:
    chance = random.Random(7)
    odd = "\"«»“”-−\x00\u202e🙂 aé'’()*:~^\\\ud800\n\t"
    for _ in range(300):
        typed = parse("".join(chance.choices(odd, k=chance.randint(0, 200))))
        assert len(typed.pieces) <= MOST_WORDS
        query_of(typed)


@pytest.mark.few(2)
@pytest.mark.parametrize("unit", ['"', '-"', "“", "-", "a-", "'", "«a", "a "])
def test_parse_takes_steps_with_the_length_and_no_more_from_a_length_on(unit: str) -> None:
    def work(text: str) -> Query:
        return query_of(parse(text))

    assert growth(work, unit) <= MOST
    longest = LONGEST_QUERY // len(unit) * unit
    assert steps(lambda: work(longest * 10)) <= steps(lambda: work(longest)) * 1.1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("refug*", ["refug*"]),
        ("Refug* status", ["Refug*", "status"]),
        ("asylum refug*", ["asylum", "refug*"]),
        ("(refug*)", ["refug*"]),
        ("refug**, asylum", ["refug*", "asylum"]),
        ("re*", ["re*"]),
        ("r*", ["r"]),
        ("'r*", ["r"]),
        ("* refug *", ["refug"]),
        ("*refug", ["refug"]),
        ("ref*gee", ["ref", "gee"]),
        ("self-reli*", ["self", "reli*"]),
        ("l'apatr*", ["l'apatr*"]),
        ("-refug*", ["-refug*"]),
        ("-r*", ["-r"]),
        ("−camp* asylum", ["-camp*", "asylum"]),
        ("-self-reli*", ['-"self reli"']),
        ('"birth regist*"', ['"birth regist"']),
        ("*:*", []),
        ("field:val*", ["field", "val*"]),
    ],
)
def test_a_star_asks_for_a_beginning(text: str, expected: list[str]) -> None:
    assert [written(piece) for piece in parse(text).pieces] == expected


def written(piece: Piece) -> str:
    body = f'"{piece.text}"' if piece.is_exact else piece.text
    return f"{'-' * piece.is_excluded}{body}{'*' * piece.is_prefix}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refúg", Prefix("refug")),
        ("l'apatr", Prefix("apatr")),
        ("NIÑ", Prefix("nin")),
        ("a1", Prefix("a1")),
        ("x" * 99, Prefix("x" * 64)),
        ("r", None),
        ("l'a", None),
        ("", None),
        ("…", None),
    ],
)
def test_prefix_node_is_the_folded_beginning(text: str, expected: Prefix | None) -> None:
    assert prefix_node(text) == expected


def test_a_beginning_is_wanted_or_excluded() -> None:
    assert query_of(parse("apátr* -Refug*")) == Query((Prefix("apatr"),), (Prefix("refug"),))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asylum AND refuge", ["asylum", "AND", "refuge"]),
        ("asylum OR NOT camp", ["asylum", "OR", "NOT", "camp"]),
        ("title:asylum", ["title", "asylum"]),
        ("field:value AND (x OR y)~2^3", ["field", "value", "AND", "x", "OR", "y", "2", "3"]),
        ("[2020 TO 2024]", ["2020", "TO", "2024"]),
        ("/ref.+ugee/", ["ref", "ugee"]),
        ("a && b || !c", ["a", "b", "c"]),
        ("asylum+refuge", ["asylum", "refuge"]),
        ("{{ q }} <b>x</b> '; DROP", ["q", "b", "x", "b", "DROP"]),
    ],
)
def test_no_engine_syntax_is_syntax(text: str, words: list[str]) -> None:
    query = query_of(parse(text))
    assert query == Query(tuple(node for word in words if (node := word_node(word))))


@pytest.mark.long
def test_any_text_parses_to_few_nodes_that_can_be_asked() -> None:
    chance = random.Random(40)
    parts = OPERATORS + ODD + SCRIPTS
    for _ in range(1_500):
        text = "".join(chance.choices(parts, k=chance.randint(0, 60)))
        typed = parse(text)
        assert len(typed.pieces) <= MOST_WORDS
        assert all(piece.text for piece in typed.pieces)
        for piece in typed.pieces:
            node = piece_node(piece)
            assert node is None or all(leaf and not leaf.isspace() for leaf in leaves(node))
            assert isinstance(node, Prefix) == piece.is_prefix
        query = query_of(typed)
        assert len(query.required) + len(query.excluded) <= len(typed.pieces)


def leaves(node: object) -> tuple[str, ...]:
    match node:
        case Word(terms) | Phrase(terms) | Exact(terms):
            return terms
        case Prefix(beginning):
            return (beginning,)
    raise AssertionError(node)


def test_what_was_typed_again_from_its_pieces_is_the_same_query() -> None:
    chance = random.Random(41)
    words = ("niño", "apátridas", "l'apatridie", "refugee", "2024", "re", "GRF")
    for _ in range(300):
        chosen = [
            Piece(" ".join(chance.choices(words, k=2)), True, chance.random() < 0.3)
            if chance.random() < 0.3
            else Piece(chance.choice(words), False, chance.random() < 0.3, chance.random() < 0.3)
            for _ in range(chance.randint(0, 8))
        ]
        assert list(parse(" ".join(map(written, chosen))).pieces) == chosen


def test_ten_thousand_letters_are_searched_and_more_are_cut() -> None:
    text = "é" * 9_996 + " fin"
    assert [len(piece.text) for piece in parse(text).pieces] == [9_996, 3]
    assert not parse(text).is_cut
    assert parse(text + "x").is_cut


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
