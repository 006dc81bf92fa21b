"""One declaration of a figure gives its plot, its table and its files, and they say the same."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.utils import translation

from portal.charts import marks
from portal.charts.document import svg_of
from portal.charts.figures import Figure
from portal.charts.files import figure_file
from portal.charts.plots import Bar, Bars, Name, Part, Range, Ranges, Stack, StackRow, Steps
from portal.charts.samples import figures
from portal.charts.shades import FULL, HATCH, LIGHT, STEPS, scale_of
from tests.markup import dense

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<b onload="x">&\x01'


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def drawn(figure: Figure) -> str:
    return render_to_string("charts/figure.html", {"figure": figure, "level": 2})


@pytest.mark.few(3)
@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.slug)
def test_a_figure_is_a_page_part_a_table_and_four_files_with_the_same_numbers(figure: Figure) -> None:
    table = figure.table()
    rows = list(csv.reader(io.StringIO(figure_file(figure, "csv").content.decode("utf-8-sig"))))
    assert rows == [
        list(table.codes),
        *[["" if cell is None else str(cell) for cell in row] for row in table.rows],
    ]
    told = json.loads(figure_file(figure, "json").content)
    assert told == [dict(zip(table.codes, row, strict=True)) for row in table.rows]
    assert figure_file(figure, "xlsx").content[:2] == b"PK"
    page, file = drawn(figure), ElementTree.fromstring(svg_of(figure))
    assert (file.findtext(f"{SVG}title"), file.findtext(f"{SVG}desc")) == (figure.title, figure.said)
    numbers = {str(cell) for row in table.rows for cell in row if isinstance(cell, int) and cell > 0}
    assert {number for number in numbers if f">{number}<" not in dense(page)} == set()


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.slug)
def test_words_of_others_are_escaped_in_page_and_file(figure: Figure) -> None:
    hostile = replace(figure, title=HOSTILE, said=HOSTILE, note=HOSTILE, links=(Name("x", HOSTILE, "#"),))
    assert "<b" not in drawn(hostile)
    assert ElementTree.fromstring(svg_of(hostile)).findtext(f"{SVG}title") == HOSTILE.replace("\x01", "")


def test_a_file_in_another_form_is_not_known() -> None:
    with pytest.raises(Http404):
        figure_file(figures()[0], "png")


def test_shades_begin_at_one_and_end_at_the_largest() -> None:
    counts = {largest: scale_of([0, largest]) for largest in (0, 1, 4, 7, 40, 1000)}
    assert {largest: scale.shade(largest) for largest, scale in counts.items() if largest} == {
        1: STEPS[0],
        4: FULL,
        7: FULL,
        40: FULL,
        1000: FULL,
    }
    assert {scale.shade(0) for scale in counts.values()} == {"none"}
    assert [words for _shade, words in counts[40].key()] == ["– none", "1–9", "10–19", "20–29", "30 or more"]


def stacked(*numbers: int) -> tuple[Stack, StackRow]:
    parts = [Part(Name(str(at), f"part {at}"), look) for at, look in enumerate((HATCH, LIGHT, FULL))]
    row = StackRow(Name("a", "a"), numbers)
    return Stack(Name("head", "Head"), tuple(parts), (row,), Name("total", "Total")), row


def test_parts_of_a_stack_fill_its_bar_and_no_more() -> None:
    plot, row = stacked(3, 8, 9)
    shapes = re.findall(r'<rect x="([\d.]+)%" y="1" width="([\d.]+)%"', marks.stack(plot, row, "hatch"))
    assert [(float(x), float(width)) for x, width in shapes] == [(0, 15), (15, 40), (55, 45)]


def test_a_number_without_room_in_its_part_stands_beside() -> None:
    plot, row = stacked(1, 100, 0)
    assert list(marks.crowded(plot, row)) == [("part 0", 1)]
    assert ">1<" not in marks.stack(plot, row, "hatch")
    assert "part 0 1" in dense(drawn(Figure("x", "Title", "said", plot)))


def test_what_is_empty_is_drawn_without_a_fault() -> None:
    name = Name("a", "a")
    empty = (
        Bars(name, (Bar(name, 0, 0),), name, name),
        Bars(name, (), name),
        stacked(0, 0, 0)[0],
        Steps(name, name, name, 0, (0,) * 37, ((12, "none"),)),
        Ranges(name, name, name, (name, name, name), (Range(name, "P-00001", "", None, None, None),)),
    )
    for plot in empty:
        figure = Figure("x", "Title", "said", plot)
        ElementTree.fromstring(svg_of(figure))
        assert "Title" in drawn(figure)


def test_values_below_zero_and_close_ones_stay_inside_the_plane() -> None:
    row = Range(Name("a", "a"), "P-00001", "", -20, -19.5, -19)
    places = re.findall(r'x(?:1|2)?="([-\d.]+)%"', marks.value_range(row))
    assert all(0 <= float(place) <= 100 for place in places)
    assert len(places) > 4
