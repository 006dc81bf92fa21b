"""What docs/search-language.md says of words and figures is what the code does."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from search.text.analysis import LANGUAGES, terms
from search.text.language_detection import language_of
from tests.search.text.test_language_detection import texts
from tests.search.text.test_pairs import held_out, misses, pairs

PAGE = (Path(__file__).parents[3] / "docs" / "search-language.md").read_text()


def rows(heads: str) -> Iterator[list[str]]:
    """The cells of the table that begins with these heads."""
    table = PAGE.partition(f"| {heads} |\n")[2].partition("\n\n")[0]
    for line in table.splitlines()[1:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


EXAMPLES = [(row[1], words(row[2]), words(row[3])) for row in rows("rule | language | meet | stay apart")]


def test_examples_name_every_language() -> None:
    assert {language for language, _, _ in EXAMPLES} == set(LANGUAGES)
    assert len(EXAMPLES) >= 40


@pytest.mark.parametrize(("language", "meet", "apart"), EXAMPLES)
def test_examples_are_true(language: str, meet: list[str], apart: list[str]) -> None:
    assert meet or apart
    assert len({tuple(terms(word, language)) for word in meet}) <= 1
    for one, other in combinations(apart, 2):
        assert terms(one, language) != terms(other, language)


def test_figures_of_the_pairs_are_true() -> None:
    head = "language | same | of them right | kept aside | right | apart | of them right | kept aside | right"
    table = list(rows(head))
    assert table == [
        [language, *counted("same", language), *counted("apart", language)] for language in order(table)
    ]


def counted(kind: str, language: str) -> list[str]:
    table, wrong = pairs(f"{kind}_{language}"), set(misses(f"{kind}_{language}", language))
    held = held_out(table)
    return [str(number) for number in (len(table), len(table) - len(wrong), len(held), len(held - wrong))]


def order(table: list[list[str]]) -> list[str]:
    named = [row[0] for row in table]
    assert set(named) == set(LANGUAGES)
    return named


def test_figures_of_the_texts_are_true() -> None:
    table = list(rows("language | texts | right"))
    assert table == [
        [code, str(len(texts(code))), str(sum(language_of(text) == code for text in texts(code)))]
        for code in order(table)
    ]
