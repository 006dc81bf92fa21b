"""The language of short texts: what was declared, else a guess from the text, else nothing."""

import random
from pathlib import Path

import pytest

from search.text.analysis import LANGUAGES
from search.text.language_detection import language_of, may_be, scores
from tests.search.steps import MOST, growth, steps

TEXTS = Path(__file__).parent / "texts"


def texts(language: str) -> list[str]:
    return (TEXTS / f"{language}.txt").read_text().splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_three_to_twelve_words_are_recognised(language: str) -> None:
    table = texts(language)
    wrong = [text for text in table if language_of(text) != language]
    assert len(table) >= 60
    assert all(3 <= len(text.split()) <= 12 for text in table)
    assert len(wrong) <= len(table) * 0.05, wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("niño", "es"),
        ("proteção", "pt"),
        ("réfugiés", "fr"),
        ("l'apatridie", "fr"),
        ("statelessness", "en"),
        ("protección internacional", "es"),
        ("pessoas refugiadas", "pt"),
        ("personnes réfugiées", "fr"),
        ("refugee children", "en"),
        ("State’s asylum", "en"),
        ("registro civil", ""),
        ("asilo", ""),
        ("engagement", ""),
        ("1984", ""),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_one_to_three_words(text: str, expected: str) -> None:
    assert language_of(text) == expected


def test_what_was_declared_counts() -> None:
    assert language_of("The State", "pt") == "pt"
    assert language_of("The State", "PT-br") == "pt"
    assert language_of("The State of the art", "de") == "en"


def test_a_text_may_be_in_every_language_that_nothing_speaks_against() -> None:
    assert [code for code in LANGUAGES if may_be("registro civil", code)] == ["es", "pt"]
    assert [code for code in LANGUAGES if may_be("engagement", code)] == ["en", "fr"]
    assert not may_be("registro civil", "de")


def test_any_text_is_judged() -> None:
    chance = random.Random(11)
    for _ in range(300):
        text = "".join(chr(chance.randrange(0x3000)) for _ in range(chance.randint(0, 200)))
        assert language_of(text) in {"", *LANGUAGES}


@pytest.mark.few(2)
@pytest.mark.parametrize("unit", ["a", "l'", "ção ", "\u202e", "'s ", "a "])
def test_judging_takes_steps_with_the_length_and_no_more_from_a_length_on(unit: str) -> None:
    assert growth(scores, unit, times=300) <= MOST
    longest = 4_000 // len(unit) * unit
    assert set(scores(unit * 100_000)) == set(LANGUAGES)
    assert steps(lambda: scores(longest * 50)) <= steps(lambda: scores(longest)) * 1.1
