"""Template tags that draw the plots of a figure; templates load them as `charts`."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.charts import marks
from portal.charts.figures import Figure
from portal.charts.marks import BAR_HEIGHT, RANGE_HEIGHT, STEPS_HEIGHT
from portal.charts.plots import (
    Bar,
    Heat,
    HeatColumn,
    HeatRow,
    Name,
    Range,
    Stack,
    StackRow,
    Steps,
    Tiles,
    Triangle,
)
from portal.charts.shades import Scale
from portal.charts.svg import element
from portal.common.formatting import number, percent
from portal.tables.writing import Cell

register = template.Library()


@register.simple_tag
def hatching(slug: str) -> SafeString:
    """The pattern that the stacks of one figure fill with."""
    pattern = element("defs", marks.hatching(_hatch(slug)))
    return element("svg", pattern, class_="hatching", width=0, height=0, aria_hidden="true")


@register.simple_tag
def bar_marks(row: Bar, longest: int) -> SafeString:
    return _row(marks.bar(row, longest), BAR_HEIGHT)


@register.simple_tag
def stack_marks(plot: Stack, row: StackRow, slug: str) -> SafeString:
    return _row(marks.stack(plot, row, _hatch(slug)), BAR_HEIGHT)


@register.simple_tag
def range_marks(row: Range) -> SafeString:
    return _row(marks.value_range(row), RANGE_HEIGHT)


@register.simple_tag
def steps_marks(plot: Steps) -> SafeString:
    return _row(marks.steps(plot), STEPS_HEIGHT)


@register.simple_tag
def key_mark(shade: str, slug: str) -> SafeString:
    """The sample beside the words of a key."""
    sample = marks.sample(shade, _hatch(slug))
    return element("svg", sample, class_="plot", width=24, height=16, aria_hidden="true", focusable="false")


@register.simple_tag
def parts_said(plot: Stack, row: StackRow) -> list[tuple[str, str, str]]:
    """Label, number and address of each part of a row."""
    urls = row.urls or ("",) * len(plot.parts)
    return [
        (part.name.label, number(value), url if value else "")
        for part, value, url in zip(plot.parts, row.numbers, urls, strict=True)
    ]


@register.simple_tag
def parts_beside(plot: Stack, row: StackRow) -> str:
    """What has no room in its part."""
    return ", ".join(f"{label} {number(value)}" for label, value in marks.crowded(plot, row))


@register.simple_tag
def heat_groups(plot: Heat) -> list[tuple[str, int]]:
    """What stands above columns that follow one another, with how many these are; phones have none."""
    groups: list[tuple[str, int]] = []
    for column in plot.columns:
        if column.is_narrow:
            continue
        if groups and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1] + 1)
        else:
            groups.append((column.group, 1))
    return groups if any(name for name, _width in groups) else []


@register.simple_tag
def heat_narrow(plot: Heat) -> int:
    """How many columns phones have instead."""
    return sum(column.is_narrow for column in plot.columns)


@register.simple_tag
def heat_rows(plot: Heat) -> list[tuple[Name, list[tuple[str, str, str]], str, str]]:
    """Each row with the look, text and address of its cells, its total and the address of that."""
    scales = (plot.scale, plot.narrow_scale)
    columns = [(_column_look(plot, at), scales[column.is_narrow]) for at, column in enumerate(plot.columns)]
    return [
        (
            row.name,
            list(_heat_cells(row, columns)),
            "" if row.total is None else number(row.total),
            row.url if row.total else "",
        )
        for row in plot.rows
    ]


def _heat_cells(row: HeatRow, columns: list[tuple[str, Scale]]) -> Iterator[tuple[str, str, str]]:
    urls = row.urls or ("",) * len(columns)
    for at, ((look, scale), value, url) in enumerate(zip(columns, row.numbers, urls, strict=True)):
        own = " is-set" if at in row.framed else ""
        yield f"{look} {_shaded(scale, value)}{own}", _counted(value), url if value else ""


@register.simple_tag
def heat_head(plot: Heat) -> list[tuple[HeatColumn, str]]:
    return [(column, _column_look(plot, at)) for at, column in enumerate(plot.columns)]


@register.simple_tag
def triangle_rows(plot: Triangle) -> list[tuple[int, Name, list[tuple[str, str, str]]]]:
    """Each row with its number and cells; the last cell is its own, framed."""
    return [(at + 1, name, list(_cells(plot, at))) for at, name in enumerate(plot.names)]


@register.simple_tag
def tile_rows(plot: Tiles) -> list[tuple[str, Any]]:
    """Each square with its look."""
    return [
        (f"tiles__c{tile.column} tiles__r{tile.row} {_shaded(plot.scale, tile.number)}", tile)
        for tile in plot.tiles
    ]


@register.simple_tag
def rows_of(figure: Figure) -> dict[str, Any]:
    """The table of a figure as `components/data_table.html` takes it: labels and numbers, no codes."""
    table = figure.table()
    coded = {at for at, code in enumerate(table.codes) if f"{code}_name" in table.codes}
    kept = [at for at in range(len(table.columns)) if at not in coded]
    return {
        "headers": [table.columns[at].label for at in kept],
        "rows": [[_told(row[at]) for at in kept] for row in table.rows],
    }


@register.filter
def share_of(value: int, whole: int) -> str:
    """In per cent; empty of nothing."""
    return percent(value / whole) if whole else ""


def _row(inner: SafeString, height: int) -> SafeString:
    return element(
        "svg", inner, class_="plot", width="100%", height=height, aria_hidden="true", focusable="false"
    )


def _hatch(slug: str) -> str:
    return f"hatch-{slug}"


def _shaded(scale: Scale, value: int) -> str:
    return f"shade shade--{scale.shade(value)}"


def _counted(value: int) -> str:
    return number(value) if value else "–"


def _told(cell: Cell) -> Cell:
    return "–" if cell is None else number(cell) if isinstance(cell, int | float) else cell


def _column_look(plot: Heat, at: int) -> str:
    """Whether it is for phones or not for them, framed, or the first of its group."""
    columns, looks = plot.columns, []
    column = columns[at]
    if plot.has_narrow:
        looks.append("heat__narrow" if column.is_narrow else "heat__wide")
    if column.is_framed:
        looks.append("is-framed")
    if at and column.group != columns[at - 1].group:
        looks.append("is-first")
    return " ".join(looks)


def _cells(plot: Triangle, at: int) -> Iterator[tuple[str, str, str]]:
    row = plot.numbers[at]
    urls = plot.urls[at] if plot.urls else ("",) * len(row)
    for place, (value, url) in enumerate(zip(row, urls, strict=True)):
        look = "is-own" if place == at else _shaded(plot.scale, value)
        yield look, _counted(value), url if value else ""
