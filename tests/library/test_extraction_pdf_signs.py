"""PDF: what the signs on a page say together, however a program has set them."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from portal.library.extraction import extract
from tests.library.builders import column, pdf_drawn, pdf_of

Draw = Callable[[Canvas], None]
TOP = 700.0


def blocks_of(*pages: Draw) -> list[str]:
    return [block.text for block in extract(pdf_drawn(*pages), "a.pdf").blocks]


def words_at(canvas: Canvas, words: str, *, gap: float, spacing: float = 0.0, size: float = 10) -> None:
    """Each word is set at its place, and no blank is in the file."""
    canvas.setFont("Helvetica", size)
    x = 70.0
    for word in words.split():
        for letter in word:
            canvas.drawString(x, TOP, letter)
            x += canvas.stringWidth(letter, "Helvetica", size) + spacing
        x += gap - spacing


@pytest.mark.parametrize(
    ("gap", "spacing"),
    [(2.2, 0.0), (3.5, 0.4), (8.0, 3.0), (5.0, -0.2)],
    ids=["narrow", "loose", "letters apart", "tight"],
)
def test_words_without_blanks_are_parted_by_their_gaps(gap: float, spacing: float) -> None:
    text = "la protección de personas apátridas en los pueblos"
    assert blocks_of(lambda canvas: words_at(canvas, text, gap=gap, spacing=spacing)) == [text]


def test_letters_parted_by_blanks_are_one_word() -> None:
    assert blocks_of(lambda canvas: canvas.drawString(70, TOP, "R E S U M E N de la consulta")) == [
        "RESUMEN de la consulta"
    ]


def test_an_accent_that_is_set_over_a_letter_is_one_letter_with_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, TOP, "Proc")
        x = 70 + canvas.stringWidth("Proc", "Helvetica", 10)
        canvas.drawString(x + 1, TOP, "´")
        canvas.drawString(x, TOP, "edure")
        canvas.drawString(200, TOP, "Ecole")
        # Far from its letter in the file, and higher, as over a capital.
        canvas.drawString(70, TOP - 300, "Fin")
        canvas.drawString(202, TOP + 2, "´")

    assert blocks_of(draw) == ["Procédure École", "Fin"]


def test_what_is_set_twice_at_one_place_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0.0, 0.4):
            canvas.drawString(70 + shift, TOP, "Inclusión llena")

    assert blocks_of(draw) == ["Inclusión llena"]


def test_three_columns_are_read_one_after_the_other() -> None:
    sentence = "palabras que llenan la columna"
    texts = [[f"{sentence} {name}{row}" for row in range(1, 6)] for name in "abc"]
    rows = [row for at, lines in enumerate(texts) for row in column(lines, x=40 + 185 * at)]
    across = sorted(rows, key=lambda row: (row[1], row[0]))
    read = " ".join(block.text for block in extract(pdf_of([across]), "a.pdf").blocks)
    assert read == " ".join(line for lines in texts for line in lines)


def test_a_table_is_read_row_by_row_and_its_cells_are_apart() -> None:
    table = [("País", "Casos"), ("Ecuador", "1.204"), ("Perú", "880"), ("Costa Rica", "95")]
    rows = [
        (x, 130 + 14 * at, cell)
        for at, cells in enumerate(table)
        for x, cell in zip((70, 130), cells, strict=True)
    ]
    assert [block.text for block in extract(pdf_of([rows]), "a.pdf").blocks] == [
        " ".join(cells) for cells in table
    ]


def test_a_cell_of_several_lines_is_read_whole() -> None:
    rows = [
        *((70, 130, "Medida"), (180, 130, "Plazo"), (300, 130, "Quién")),
        *((70, 150, "Registro"), (180, 150, "antes de"), (300, 150, "oficinas")),
        *((180, 162, "diciembre"), (300, 162, "móviles")),
        *((70, 182, "Vivienda"), (180, 182, "en junio"), (300, 182, "alcaldías")),
    ]
    assert [block.text for block in extract(pdf_of([rows]), "a.pdf").blocks] == [
        "Medida Plazo Quién",
        "Registro antes de diciembre oficinas móviles",
        "Vivienda en junio alcaldías",
    ]


def test_the_mark_of_a_footnote_is_no_part_of_the_word_before() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, TOP, "las personas refugiadas")
        x = 70 + canvas.stringWidth("las personas refugiadas", "Helvetica", 10)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(x, TOP + 4, "12")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x + 10, TOP, "viven allí")

    assert blocks_of(draw) == ["las personas refugiadas 12 viven allí"]


def test_a_letter_over_several_lines_begins_the_first_of_them() -> None:
    lines = ("a frontera estaba cerrada y las", "familias esperaban sin papeles", "junto al río.")

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 34)
        canvas.drawString(70, TOP - 26, "L")
        canvas.setFont("Helvetica", 10)
        for at, line in enumerate(lines):
            canvas.drawString(92, TOP - 13 * at, line)

    assert blocks_of(draw) == ["L" + " ".join(lines)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    lines = ["La primera línea de la página", "y la segunda, que la sigue."]
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of([column(lines)]))))
    page = writer.pages[0]
    # Its content is turned one way and the page the other, as scanners do.
    page.add_transformation(_around(turn))
    page.rotate(turn)
    sink = BytesIO()
    writer.write(sink)
    assert [block.text for block in extract(sink.getvalue(), "a.pdf").blocks] == [" ".join(lines)]


def _around(turn: int) -> tuple[float, ...]:
    width, height = 595.28, 841.89
    return {
        90: (0, 1, -1, 0, (width + height) / 2, (height - width) / 2),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, (width - height) / 2, (height + width) / 2),
    }[turn]


def test_heads_that_name_the_chapter_are_no_part_of_the_text() -> None:
    chapters = (
        "1. El registro",
        "1. El registro",
        "2. La vivienda",
        "2. La vivienda",
        "3. El trabajo",
        "4. La escuela",
    )
    bodies = [
        [f"Texto {at} de la página, que sigue un buen rato", f"y termina con la cuenta {at * 7}."]
        for at in range(6)
    ]
    pages = [[(70, 40, head), *column(body)] for head, body in zip(chapters, bodies, strict=True)]
    extracted = extract(pdf_of(pages), "a.pdf")
    assert [block.text for block in extracted.blocks] == [" ".join(body) for body in bodies]
    assert extracted.running == chapters


def test_the_numbers_printed_on_pages_are_told() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of([column([f"Página {at}"]) for at in range(4)]))))
    writer.set_page_label(0, 1, style="/r")
    writer.set_page_label(2, 3, style="/D", start=15)
    sink = BytesIO()
    writer.write(sink)
    assert extract(sink.getvalue(), "a.pdf").labels == ("i", "ii", "15", "16")
