"""PDF: pages, paragraphs, columns, headings, running heads, bold beginnings."""

import textwrap

from portal.library.extraction import extract
from tests.library.builders import column, pdf_of

WORDS = (
    "The towns along the river wrote a plan together and asked their neighbours to read it before the "
    "winter, because the bridge was closed for some weeks and nobody wished to walk the long way round. "
)
OTHER = (
    "A ferry would be enough for carts and animals, said the fishers, and they offered to run it from "
    "early spring until the first ice, for a small coin that the towns would share among themselves. "
)


def lines(text: str, width: int = 80) -> list[str]:
    return textwrap.wrap(text, width)


def test_paragraphs_carry_their_page() -> None:
    extracted = extract(pdf_of([column(lines(WORDS)), column(lines(OTHER))]), "a.pdf")
    assert extracted.pages == 2
    assert [(block.text, block.page) for block in extracted.blocks] == [
        (WORDS.strip(), 1),
        (OTHER.strip(), 2),
    ]


def test_a_wider_gap_parts_paragraphs() -> None:
    rows = column(lines(WORDS)) + column(lines(OTHER), top=240)
    assert [block.text for block in extract(pdf_of([rows]), "a.pdf").blocks] == [WORDS.strip(), OTHER.strip()]


def test_columns_written_row_by_row_are_read_one_after_the_other() -> None:
    left, right = column(lines(WORDS * 2, 45)), column(lines(OTHER * 2, 45), x=320)
    rows = [row for pair in zip(left, right, strict=False) for row in pair]
    text = " ".join(block.text for block in extract(pdf_of([rows]), "a.pdf").blocks)
    kept = min(len(left), len(right))
    assert text.split() == " ".join(lines(WORDS * 2, 45)[:kept] + lines(OTHER * 2, 45)[:kept]).split()


def test_a_first_column_that_is_longer_is_read_to_its_end_first() -> None:
    left, right = column(lines(WORDS * 2, 45)[:8]), column(lines(OTHER * 2, 45)[:7], x=320)
    rows = [row for pair in zip(left, right, strict=False) for row in pair] + left[7:]
    text = " ".join(block.text for block in extract(pdf_of([rows]), "a.pdf").blocks)
    assert text.split() == " ".join([row[2] for row in (*left, *right)]).split()


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        [(70, 40, "Report of the river league 2025"), *column(lines(text)), (500, 810, f"Page {number} of 4")]
        for number, text in enumerate((WORDS, OTHER, WORDS, OTHER), start=1)
    ]
    blocks = extract(pdf_of(pages), "a.pdf").blocks
    assert [(block.text, block.page) for block in blocks] == [
        (WORDS.strip(), 1),
        (OTHER.strip(), 2),
        (WORDS.strip(), 3),
        (OTHER.strip(), 4),
    ]


def test_lines_of_the_body_that_differ_by_a_number_are_kept() -> None:
    pages = [column([f"Town {n} has boat {n}.", *lines(WORDS)], top=60) for n in range(1, 5)]
    text = " ".join(block.text for block in extract(pdf_of(pages), "a.pdf").blocks)
    assert [f"Town {n} has boat {n}." in text for n in range(1, 5)] == [True] * 4


def test_larger_type_is_a_heading() -> None:
    rows = [(70, 100, "The bridge"), *column(lines(WORDS), top=140)]
    blocks = extract(pdf_of([rows], big="The bridge"), "a.pdf").blocks
    assert [(block.text, block.heading) for block in blocks] == [("The bridge", True), (WORDS.strip(), False)]


def test_list_items_lose_their_bullet_and_keep_their_order() -> None:
    rows = [
        (70, 130, "•"),
        (90, 130, "first thing"),
        (70, 150, "•"),
        (90, 150, "second thing"),
        *column(lines(WORDS), top=190),
    ]
    blocks = extract(pdf_of([rows]), "a.pdf").blocks
    assert [(block.text, block.item) for block in blocks] == [
        ("first thing", True),
        ("second thing", True),
        (WORDS.strip(), False),
    ]


def test_accents_survive() -> None:
    assert extract(pdf_of([column(["La niñez apátrida: proteção, l'école."])]), "a.pdf").blocks[0].text == (
        "La niñez apátrida: proteção, l'école."
    )
