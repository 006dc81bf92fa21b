"""Writings of numbers, dates, laws and of words for all genders that must meet or stay apart.

The tables in `pairs/forms_*` were written before the rules were tried; every third pair was kept aside.
"""

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from search.text.analysis import LANGUAGES, runs, tagged_terms, terms, tokens, units
from tests.search.steps import MOST, growth

PAIRS = Path(__file__).parent / "pairs"


def pairs(table: str) -> list[tuple[str, str, str]]:
    lines = (PAIRS / f"forms_{table}.txt").read_text().splitlines()
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    return [(language, one, other) for language, one, other in rows]


def test_tables_are_large_and_hold_no_pair_twice() -> None:
    every = pairs("same") + pairs("apart")
    assert len(every) >= 150
    assert len({(language, *sorted(pair)) for language, *pair in every}) == len(every)


@pytest.mark.parametrize(("language", "one", "other"), pairs("same"))
def test_writings_of_one_thing_meet(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


@pytest.mark.parametrize(("language", "one", "other"), pairs("apart"))
def test_writings_of_two_things_stay_apart(language: str, one: str, other: str) -> None:
    assert terms(one, language) != terms(other, language)


def later() -> list[tuple[str, ...]]:
    lines = (PAIRS / "forms_later.txt").read_text().splitlines()
    return [tuple(line.split(" | ")) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("language", "kind", "one", "other"), later())
def test_later_writings_meet_or_stay_apart(language: str, kind: str, one: str, other: str) -> None:
    assert (terms(one, language) == terms(other, language)) == (kind == "=")


PIECES = [
    *(text for _language, *both in pairs("same") + pairs("apart") for text in both),
    *("y", "(", ")", "de", "2024", "10", "la", ".", ",", "-", "/", "Capítulo", "nº", "%", "e", "s"),
]


def mixed(seed: int) -> str:
    chosen = Random(seed)
    parts = (chosen.choice(PIECES) + chosen.choice([" ", " ", " ", "\n", "", ", "]) for _ in range(12))
    return "".join(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_terms_of_its_runs(language: str) -> None:
    """The index takes a text in runs and a search marks it as a whole: both must see the same words."""
    for text in map(mixed, range(400)):
        assert [term for run in runs(text) for term in tagged_terms(run, language)] == tagged_terms(
            text, language
        ), text


def test_places_of_tokens_stand_in_the_text_and_units_part_it() -> None:
    for text in map(mixed, range(400)):
        places = units(text)
        assert all(end <= after for (_, end), (after, _) in pairwise(places))
        marked = tokens(text, "es")
        assert all(any(start <= each.start < each.end <= end for start, end in places) for each in marked), (
            text
        )


@pytest.mark.parametrize(
    ("text", "query_term", "marked"),
    [
        ("Los refugiad@s llegan", "refugiado", "refugiad@s"),
        ("Unas 13 445 personas", "13445", "13 445"),
        ("El 17 % de ellas", "17%", "17 %"),
        ("Ley Nº 26.165 vigente", "26165", "Nº 26.165"),
        ("el 4 de abril de 2024", "april", "abril"),
        ("on April 4, 2024 in", "2024", "April 4, 2024"),
        ("el 04/04/2024 en", "april", "04/04/2024"),
        ("según A/RES/73/151, los", "a/res/73/151", "A/RES/73/151"),
    ],
)
def test_what_is_found_is_marked(text: str, query_term: str, marked: str) -> None:
    places = [(each.start, each.end) for each in tokens(text, "es") if each.term == query_term]
    assert [text[start:end] for start, end in places] == [marked]


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "1.",
        "123 ",
        "123.",
        "a/1",
        "nº",
        "nº 1 ",
        "4 de ",
        "4 de abril ",
        "ley 1/",
        "IV ",
        "a@",
        "a(",
        "é-e",
    ],
)
def test_forms_take_steps_with_the_length(unit: str) -> None:
    assert growth(lambda text: terms(text, "es"), unit) <= MOST
    assert growth(runs, unit) <= MOST
