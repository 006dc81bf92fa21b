"""Passages: 60 to 160 words, whole pages, headings kept together, no word lost or doubled."""

import random
from dataclasses import dataclass
from itertools import pairwise

import pytest

from portal.common.passages import MAX_WORDS, MIN_WORDS, split_passages
from tests.thinning import thinned


@dataclass(frozen=True)
class Piece:
    text: str
    page: int | None = None
    heading: bool = False


def sentence(words: int, name: str = "w") -> str:
    return " ".join(f"{name}{n}" for n in range(words - 1)) + f" {name}end."


def random_blocks(seed: int) -> list[Piece]:
    """Pages of headings, short and long sentences, lists of single words and walls without any full stop."""
    dice = random.Random(seed)
    paged = dice.random() < 0.7
    blocks: list[Piece] = []
    for page in range(1, dice.randint(1, 6) + 1):
        for _ in range(dice.randint(0, 14)):
            lengths = [dice.choice((1, 3, 8, 20, 45, 90, 400)) for _ in range(dice.randint(1, 4))]
            text = " ".join(
                " ".join(
                    f"p{page}x{dice.randrange(10**6)}{dice.choice(['', '', ',', ';'])}" for _ in range(length)
                )
                + dice.choice((".", "?", "", ":"))
                for length in lengths
            )
            heading = dice.random() < 0.2
            blocks.append(Piece(text[:60] if heading else text, page if paged else None, heading))
    return blocks


@pytest.mark.few(5)
@pytest.mark.parametrize("seed", thinned(range(60), lambda seed: seed < 15))
def test_passages_keep_every_word_once_in_order_and_page(seed: int) -> None:
    blocks = random_blocks(seed)
    passages = split_passages(blocks)

    words = [(word, block.page) for block in blocks for word in block.text.split()]
    assert [(word, passage.page) for passage in passages for word in passage.text.split()] == words
    assert [passage.position for passage in passages] == list(range(1, len(passages) + 1))


@pytest.mark.few(5)
@pytest.mark.parametrize("seed", thinned(range(60), lambda seed: seed < 15))
def test_passages_hold_60_to_160_words_unless_the_page_is_shorter(seed: int) -> None:
    passages = split_passages(random_blocks(seed))
    by_page: dict[int | None, list[int]] = {}
    for passage in passages:
        by_page.setdefault(passage.page, []).append(len(passage.text.split()))

    for sizes in by_page.values():
        if sum(sizes) < MIN_WORDS:
            assert len(sizes) == 1
        else:
            assert [size for size in sizes if not MIN_WORDS <= size <= MAX_WORDS] == []


def test_passages_end_at_sentences() -> None:
    text = " ".join(sentence(17, f"s{n}x") for n in range(30))
    passages = split_passages([Piece(text)])
    assert len(passages) > 3
    assert [passage.text[-1] for passage in passages] == ["."] * len(passages)


def test_passages_begin_at_headings_where_both_sides_are_long_enough() -> None:
    blocks = [
        Piece("First part", heading=True),
        Piece(sentence(90, "a")),
        Piece("Second part", heading=True),
        Piece(sentence(110, "b")),
    ]
    passages = split_passages(blocks)
    assert [passage.heading for passage in passages] == ["First part", "Second part"]
    assert [passage.text.split("\n")[0] for passage in passages] == ["First part", "Second part"]


def test_passages_merge_short_neighbours_under_their_first_heading() -> None:
    blocks = [
        Piece("One", heading=True),
        Piece(sentence(40)),
        Piece("Two", heading=True),
        Piece(sentence(40)),
    ]
    passages = split_passages(blocks)
    assert [(passage.heading, len(passage.text.split())) for passage in passages] == [("One", 82)]


def test_passages_never_cross_a_page() -> None:
    blocks = [Piece(sentence(20, "a"), 1), Piece(sentence(20, "b"), 2), Piece(sentence(200, "c"), 3)]
    passages = split_passages(blocks)
    assert [passage.page for passage in passages] == [1, 2, 3, 3]


def test_a_page_without_a_heading_stands_under_the_one_before() -> None:
    blocks = [Piece("Part", 1, heading=True), Piece(sentence(70), 1), Piece(sentence(70), 2)]
    assert [passage.heading for passage in split_passages(blocks)] == ["Part", "Part"]


def test_a_text_of_one_endless_sentence_is_still_cut() -> None:
    sizes = [len(passage.text.split()) for passage in split_passages([Piece("word " * 5_000)])]
    assert sum(sizes) == 5_000
    assert {MIN_WORDS <= size <= MAX_WORDS for size in sizes} == {True}


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = " ".join(
        ["Ms. Reyes of no. 4 spoke to Dr. Silva about art. 7 of the law and went on for a while yet."] * 12
    )
    ends = [passage.text.split()[-1] for passage in split_passages([Piece(text)])]
    assert ends == ["yet."] * len(ends)


def test_nothing_gives_no_passage() -> None:
    assert split_passages([]) == []
    assert split_passages([Piece("   ")]) == []


def test_blocks_of_a_passage_are_lines() -> None:
    passage = split_passages([Piece("Head", heading=True), Piece(sentence(70))])[0]
    assert [line[:4] for line in passage.text.split("\n")] == ["Head", "w0 w"]
    assert all(one != two for one, two in pairwise(passage.text.split("\n")))
