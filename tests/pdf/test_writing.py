"""PDF files: what stands on their pages, what they say of themselves, the same bytes for one document."""

import io
import json
import re

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from reportlab import rl_config

from portal.common.digests import canonical
from portal.common.languages import BY_CODE, CODES
from portal.pdf.faces import UNKNOWN, lines_of, register
from portal.pdf.grid import MOST_LINES, columns_of
from portal.pdf.page import LINE
from portal.pdf.parts import Cell, Document, Figure, Figures, Section, Table, Text, read
from portal.pdf.writing import pdf_of

ACCENTS = "ñandú ¿qué? · não, órgãos, à ação · œuvre, déçu, où, Noël « ici » · Ĩ ŷ ĝ – “four” €"
SITE = "https://portal.example"


def table(rows: int) -> Table:
    lines = tuple(
        (Cell(f"P-{at:05d}", f"/en/pledges/P-{at:05d}/"), Cell(f"Pledge number {at}"), Cell(str(at)))
        for at in range(rows)
    )
    return Table("Every pledge", ("Number", "Pledge", "Amount"), lines, (1, 5, 2), frozenset({2}))


def document(*sections: Section, language: str = "en", notice: str = "") -> Document:
    return Document(language, "Paper", "Of ñ & <b>", "The portal", notice, (("Days", "1 to 2"),), sections)


def three(rows: int = 100) -> Document:
    return document(
        Section("first", "First", (Figures((Figure("7", "of them", "of 9"),)), Text(ACCENTS))),
        Section("second", "Second", (table(rows),)),
        Section("third", "Third", (Text("x" * 300, is_code=True),)),
        notice="Provisional",
    )


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_every_accent_of_the_four_languages_is_there() -> None:
    content, number = pdf_of(three())
    pages = pages_of(content)
    assert ACCENTS in " ".join(pages[1].split())
    assert UNKNOWN not in "".join(pages)
    assert len(pages) == number


@pytest.mark.long
def test_each_page_has_its_number_of_all() -> None:
    content, number = pdf_of(three())
    pages = pages_of(content)
    assert number > 3
    assert [f"{at} of {number}" in page for at, page in enumerate(pages, 1)] == [True] * number


def test_contents_bookmarks_and_pages_agree() -> None:
    content, _number = pdf_of(three())
    reader = PdfReader(io.BytesIO(content))
    marks = {
        str(mark.title): (reader.get_destination_page_number(mark) or 0) + 1
        for mark in reader.outline
        if isinstance(mark, Destination)
    }
    assert list(marks) == ["First", "Second", "Third"]
    cover = reader.pages[0].extract_text()
    pages = [page.extract_text() for page in reader.pages]
    for title, page in marks.items():
        assert title in pages[page - 1]
        assert title in cover
    numbers = [line for line in cover.split("\n") if line.isdecimal()]
    assert numbers == [str(page) for page in marks.values()]
    links = [each.get_object() for each in reader.pages[0]["/Annots"]]
    assert len([link for link in links if link["/Subtype"] == "/Link"]) == 3


@pytest.mark.parametrize("language", CODES)
def test_a_file_says_what_it_is(language: str) -> None:
    content, _number = pdf_of(document(Section("a", "A", ()), language=language))
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Paper: Of ñ & <b>", "The portal")
    assert reader.root_object["/Lang"] == BY_CODE[language].tag
    assert reader.root_object["/PageMode"] == "/UseOutlines"


def test_fonts_are_embedded_and_nothing_else_is_used() -> None:
    content, _number = pdf_of(three())
    fonts = [
        font.get_object()
        for page in PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    used = {font["/BaseFont"]: "/FontFile2" in font.get("/FontDescriptor", {}) for font in fonts}
    drawn = {name for name, embedded in used.items() if embedded}
    assert {name.partition("+")[2] for name in drawn} == {
        "NotoSans-Regular",
        "NotoSans-Bold",
        "SourceSerif4-SemiBold",
    }


def test_the_same_document_gives_the_same_bytes() -> None:
    one, other = pdf_of(three(), site=SITE), pdf_of(read(json.loads(canonical(three().as_json()))), site=SITE)
    assert one == other
    assert pdf_of(three(99), site=SITE).content != one.content


@pytest.mark.long
def test_a_long_table_repeats_its_head_and_drops_no_row() -> None:
    content, number = pdf_of(document(Section("a", "A", (table(200),))), site=SITE)
    pages = pages_of(content)[1:]
    assert [page.count("Amount") for page in pages] == [1] * (number - 1)
    text = "\n".join(pages)
    assert [int(number) for number in re.findall(r"Pledge number (\d+)", text)] == list(range(200))
    links = [
        each.get_object()["/A"]["/URI"]
        for page in PdfReader(io.BytesIO(content)).pages[1:]
        for each in page["/Annots"]
    ]
    assert links == [f"{SITE}/en/pledges/P-{at:05d}/" for at in range(200)]


@pytest.mark.long
def test_a_row_that_is_longer_than_a_page_goes_on() -> None:
    words = [f"word{at}" for at in range(MOST_LINES * 60)]
    long = Table("Long", ("A", "B"), ((Cell("one"), Cell(" ".join(words))),), (1, 4))
    text = "\n".join(pages_of(pdf_of(document(Section("a", "A", (long,)))).content)).split()
    assert [word for word in words if word not in text] == []


def test_columns_fill_the_line_and_hold_their_longest_word() -> None:
    register()
    narrow = Table("x", ("Responsabilidades", "B"), ((Cell("a"), Cell("b " * 90)),), (1, 30))
    columns = columns_of(narrow)
    assert sum(columns) == pytest.approx(LINE)
    assert len(lines_of("Responsabilidades", "NotoSans-Bold", 8, columns[0] - 7)) == 1


def test_writing_leaves_the_library_as_it_was() -> None:
    """Its switch for streams is one of the process: others who write files met ours and failed."""
    before = rl_config.useA85
    pdf_of(three())
    assert (before, rl_config.useA85) == (1, 1)


def test_what_no_font_has_is_shown_as_unknown() -> None:
    pages = pages_of(pdf_of(document(Section("a", "A", (Text("日本 ok"),)))).content)
    assert f"{UNKNOWN}{UNKNOWN} ok" in pages[1]


def test_progress_hears_of_every_section_and_can_end_it() -> None:
    told: list[tuple[int, int]] = []
    pdf_of(three(), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]

    def end(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        pdf_of(three(), progress=end)


def test_columns_whose_words_do_not_fit_share_the_line() -> None:
    register()
    wide = tuple("x" * 40 for _column in range(8))
    columns = columns_of(Table("x", wide, (), tuple(range(1, 9))))
    assert sum(columns) == pytest.approx(LINE)
    assert min(columns) > 0
