"""Running heads of plain text: gone where they interrupt, kept where they are text that comes again."""

from typing import Any

import pytest

from portal.library.extraction import extract
from portal.library.extraction.running_heads import running_lines

FERRIES = ("Anna", "Berta", "Clara", "Dora", "Elsa", "Frida", "Greta", "Hilda")


def pages(*heads: str) -> list[str]:
    """A sentence about another ferry on each page, with the head in its middle."""
    return [line for name, head in zip(FERRIES, heads, strict=False) for line in _page(name, head)]


def _page(name: str, head: str) -> list[str]:
    return [f"The {name} goes over the river in the", head, f"morning, and the {name} comes back.", ""]


def gone(lines: list[str]) -> list[str]:
    return [lines[at] for at in sorted(running_lines(lines))]


def test_a_head_that_interrupts_sentences_is_taken_out() -> None:
    heads = [f"Report of the ferry, page {number}" for number in range(1, 5)]
    lines = pages(*heads)
    assert gone(lines) == heads
    extracted = extract("\n".join(lines).encode(), "a.txt")
    assert [block.text for block in extracted.blocks] == [
        f"The {name} goes over the river in the morning, and the {name} comes back." for name in FERRIES[:4]
    ]
    assert extracted.running == tuple(heads)


def test_page_numbers_alone_are_taken_out_where_they_interrupt() -> None:
    assert gone(pages("1", "2", "3")) == ["1", "2", "3"]


def test_a_number_set_apart_is_that_of_a_page() -> None:
    lines = [line for number in (1, 2, 3) for line in ("A sentence.", "", f"The ferry{' ' * 20}{number}", "")]
    assert [line.split() for line in gone(lines)] == [["The", "ferry", str(number)] for number in (1, 2, 3)]


def test_the_edges_of_pages_that_form_feeds_part() -> None:
    texts = [f"The ferry\nText of page {name}.\n" for name in ("one", "two", "three")]
    extracted = extract("\f".join(texts).encode(), "a.txt")
    assert [(block.page, block.text) for block in extracted.blocks] == [
        (1, "Text of page one."),
        (2, "Text of page two."),
        (3, "Text of page three."),
    ]
    assert extracted.running == ("The ferry",) * 3


@pytest.mark.parametrize(
    "lines",
    [
        ["Recommendations:", "Do this.", ""] * 4,
        [line for number in range(1, 5) for line in (f"Question {number}", "What is asked?", "")],
        [line for number in (1, 2, 3) for line in (str(number), "Text of this number.", "")],
        pages("Report 3", "Report 1", "Report 2"),
        pages("Report", "Report"),
    ],
)
def test_what_comes_again_in_the_text_stays(lines: list[str]) -> None:
    assert gone(lines) == []


class Counted(list[str]):
    """Lines that count how often one is looked at."""

    looks = 0

    def __getitem__(self, at: Any) -> Any:
        self.looks += 1
        return super().__getitem__(at)


def test_each_line_is_looked_at_a_few_times_however_many_come_again() -> None:
    lines = Counted(line for number in range(400) for line in ("[C40 q 26370884]", f"x{number} "))
    running_lines(lines)
    assert lines.looks < 12 * len(lines)
