"""The text of PDF files of five programs, with everything that makes it hard.

`bench/pdf_texts.py` makes them; what they say is known word by word.
"""

from pathlib import Path

import pytest

from bench.pdf_set.pages import File
from bench.pdf_texts import by_name, read_of

FILES = by_name(Path(__file__).parent / "pdf_set")


@pytest.mark.few(22)
@pytest.mark.parametrize(
    ("file", "content"), [row[1:] for row in FILES], ids=[f"{row[0]}.{row[1].name}" for row in FILES]
)
def test_words_order_and_pages_are_read(file: File, content: bytes) -> None:
    read = read_of(file, content)
    assert (read.words >= 0.98, read.order >= 0.9, read.pages) == (True, True, 1.0), read


@pytest.mark.long
def test_all_of_them_together_reach_the_goals() -> None:
    read = [read_of(file, content) for _program, file, content in FILES]
    shares = [[getattr(each, name) for each in read] for name in ("words", "order", "pages")]
    words, order, pages = (sum(share) / len(share) for share in shares)
    assert len(read) >= 120
    assert (words >= 0.99, order >= 0.99, pages) == (True, True, 1.0), (words, order)
