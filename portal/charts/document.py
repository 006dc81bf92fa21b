"""A figure as one SVG file that stands alone: heading, what was counted, plot, key; `files` sends it.

A file has a fixed width and the light colours, so that it looks the same in a document and on paper.
"""

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap
from typing import Any

from django.utils.safestring import SafeString

from portal.charts import marks
from portal.charts.figures import Figure
from portal.charts.plots import Bars, Heat, Ranges, Stack, Steps, Tiles, Triangle
from portal.charts.shades import FULL
from portal.charts.svg import NAMESPACE, element, joined
from portal.common.formatting import number

WIDTH, EDGE, LABELS = 960, 24, 250
_CELL = 26
_PLANE = WIDTH - 2 * EDGE - LABELS - 80
HATCHING = "hatch"
STYLE = """text{font:13px system-ui,"Noto Sans","DejaVu Sans",sans-serif;fill:#16232a}
.title{font:600 22px "Source Serif 4",Georgia,serif}.axis,.soft{fill:#4c5b62}.said,.strong{font-weight:600}
.paper{fill:#fbfaf6}.shape{stroke:#0b4a5b}.shape--none,.shape--framed{stroke:#7d8a8f;fill:none}
.shape--light{fill:#d9e1e0}.shape--middle{fill:#b3c5c8}.shape--strong{fill:#8fabb0}.shape--full{fill:#0b4a5b}
.shape--framed{stroke:#16232a;stroke-width:2}.shape--now,.now{fill:#f2b632;stroke:#16232a}
.shape__text--on{fill:#fff}.shape__patch,.hatch__ground{fill:#fbfaf6}.hatch__line{stroke:#4c5b62;fill:none}
.grid{stroke:#d5dad6}.ground{fill:#d9e1e0}.way{stroke:#0b4a5b;stroke-width:2}.way--left{stroke-dasharray:4 4}
.drop{stroke:#16232a;stroke-dasharray:2 3}.latest{fill:#0b4a5b}
.from{fill:#fbfaf6;stroke:#0b4a5b;stroke-width:2}.target{fill:#f1efe7;stroke:#16232a}"""
Drawn = tuple[SafeString, int]


def svg_of(figure: Figure) -> str:
    """The file as text; heights in pixels grow with its rows."""
    head, top = _heading(figure)
    plot, height = _drawn(figure.plot)
    key, key_height = _key(figure.plot)
    body = element("svg", plot, x=EDGE, y=top + key_height, width=WIDTH - 2 * EDGE, overflow="visible")
    whole = top + key_height + height + EDGE
    return str(
        element(
            "svg",
            element("title", figure.title),
            element("desc", figure.said),
            element("style", SafeString(STYLE)),
            element("defs", marks.hatching(HATCHING)),
            element("rect", width=WIDTH, height=whole, class_="paper"),
            head,
            element("svg", key, x=EDGE, y=top, overflow="visible"),
            body,
            xmlns=NAMESPACE,
            width=WIDTH,
            height=whole,
            viewBox=f"0 0 {WIDTH} {whole}",
            role="img",
        )
    )


def _heading(figure: Figure) -> Drawn:
    lines = [(line, "title", 28) for line in wrap(figure.title, 80)]
    lines += [(line, "soft", 18) for line in wrap(figure.said, 130)]
    y, told = EDGE, []
    for line, look, height in lines:
        y += height
        told.append(element("text", line, x=EDGE, y=y - 6, class_=look))
    return joined(told), y + 10


def _key(plot: object) -> Drawn:
    entries = list(_key_entries(plot))
    x, told = 0, []
    for shade, words in entries:
        told.append(element("svg", marks.sample(shade, HATCHING), x=x, width=24, height=16))
        told.append(element("text", words, x=x + 28, y=13))
        x += 44 + 7 * len(words)
    return joined(told), 30 if entries else 0


def _key_entries(plot: object) -> Iterator[tuple[str, str]]:
    match plot:
        case Stack():
            yield from ((part.shade, part.name.label) for part in plot.parts)
        case Heat() | Tiles() | Triangle():
            yield from plot.scale.key()
            framed = plot.framed if isinstance(plot, Heat) else plot.own if isinstance(plot, Triangle) else ""
            if framed:
                yield "framed", framed
        case Ranges():
            yield from ((word.code, word.label) for word in plot.words)


def _drawn(plot: Any) -> Drawn:
    return _DRAW[type(plot)](plot)


def _rows(rows: Iterable[tuple[str, SafeString, str, int]]) -> Drawn:
    """Label, marks, what stands behind them, and the height of each."""
    y, told = 0, []
    for label, drawn, total, height in rows:
        middle = y + height / 2 + 5
        told.append(element("text", _short(label, 36), x=0, y=middle))
        told.append(element("svg", drawn, x=LABELS, y=y, width=_PLANE, height=height, overflow="visible"))
        told.append(element("text", total, x=LABELS + _PLANE + 12, y=middle))
        y += height + 8
    return joined(told), y


def _bars(plot: Bars) -> Drawn:
    return _rows(
        (
            f"{row.group.label} · {row.name.label}" if row.group else row.name.label,
            marks.bar(row, plot.longest),
            number(row.number) if row.of is None else f"{number(row.number)} / {number(row.of)}",
            marks.BAR_HEIGHT,
        )
        for row in plot.rows
    )


def _stack(plot: Stack) -> Drawn:
    return _rows(
        (row.name.label, marks.stack(plot, row, HATCHING), number(row.total), marks.BAR_HEIGHT)
        for row in plot.rows
    )


def _steps(plot: Steps) -> Drawn:
    plane = element("svg", marks.steps(plot), y=16, width=WIDTH - 2 * EDGE, overflow="visible")
    words = element("text", plot.share, x=0, y=12, class_="soft")
    unit = element("text", plot.unit, x=WIDTH - 2 * EDGE, y=marks.STEPS_HEIGHT + 24, text_anchor="end")
    return joined((words, plane, unit)), marks.STEPS_HEIGHT + 30


def _ranges(plot: Ranges) -> Drawn:
    return _rows(
        (f"{row.number} {row.name.label}", marks.value_range(row), row.unit, marks.RANGE_HEIGHT)
        for row in plot.rows
    )


def _cell(x: float, y: float, width: float, value: int, look: str) -> SafeString:
    on = " shape__text--on" if look == FULL else ""
    box = element("rect", x=x, y=y, width=width - 2, height=_CELL - 2, class_=f"shape shape--{look}")
    told = number(value) if value else "–"
    text = element(
        "text", told, x=x + width / 2 - 1, y=y + 17, text_anchor="middle", class_=f"shape__text{on}"
    )
    return joined((box, text))


def _frame(x: float, y: float, width: float) -> SafeString:
    return element("rect", x=x, y=y, width=width - 2, height=_CELL - 2, class_="shape shape--framed")


def _heat(plot: Heat) -> Drawn:
    wide = [at for at, column in enumerate(plot.columns) if not column.is_narrow]
    width = min(44.0, (WIDTH - 2 * EDGE - 190 - 50) / max(len(wide), 1))
    scale, told = plot.scale, list(_heat_head(plot, wide, width))
    for line, row in enumerate(plot.rows):
        y = 24 + line * _CELL
        told.append(element("text", _short(row.name.label, 26), x=0, y=y + 17))
        for place, at in enumerate(wide):
            value = row.numbers[at]
            told.append(_cell(190 + place * width, y, width, value, scale.shade(value)))
            if at in row.framed:
                told.append(_frame(190 + place * width, y, width))
        if row.total is not None:
            told.append(element("text", number(row.total), x=200 + len(wide) * width, y=y + 17))
    height = 24 + len(plot.rows) * _CELL
    rest = ", ".join(name.label for name in plot.rest)
    lines = wrap(f"{plot.rest_label} {plot.rest_note} {rest}", 130) if rest else []
    told += [element("text", line, x=0, y=height + 22 + 18 * at) for at, line in enumerate(lines)]
    return joined(told), height + 18 * len(lines) + 10


def _heat_head(plot: Heat, wide: list[int], width: float) -> Iterator[SafeString]:
    for place, at in enumerate(wide):
        column, x = plot.columns[at], 190 + place * width
        look = "strong" if column.is_framed else "soft"
        yield element("text", column.name.label, x=x + width / 2 - 1, y=14, text_anchor="middle", class_=look)
        if column.is_framed:
            height = len(plot.rows) * _CELL
            yield element("rect", x=x - 1, y=22, width=width, height=height, class_="shape shape--framed")


def _tiles(plot: Tiles) -> Drawn:
    size, told = 52, []
    for tile in plot.tiles:
        x, y = (tile.column - 1) * size, (tile.row - 1) * size
        look = plot.scale.shade(tile.number)
        on = " shape__text--on" if look == FULL else ""
        told.append(element("rect", x=x, y=y, width=size - 4, height=size - 4, class_=f"shape shape--{look}"))
        told.append(element("text", tile.name.code, x=x + 6, y=y + 17, class_=f"strong{on}"))
        told.append(element("text", number(tile.number), x=x + 6, y=y + 37, class_=f"shape__text{on}"))
    return joined(told), max((tile.row for tile in plot.tiles), default=0) * size


def _triangle(plot: Triangle) -> Drawn:
    scale, told = plot.scale, []
    for line, (name, row) in enumerate(zip(plot.names, plot.numbers, strict=True)):
        y = 22 + line * _CELL
        told.append(element("text", f"{line + 1} {_short(name.label, 34)}", x=0, y=y + 17))
        told.append(element("text", line + 1, x=LABELS + line * 44 + 21, y=14, text_anchor="middle"))
        for place, value in enumerate(row):
            look = "framed" if place == line else scale.shade(value)
            told.append(_cell(LABELS + place * 44, y, 44, value, look))
    return joined(told), 22 + len(plot.names) * _CELL


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"


_DRAW: dict[type, Callable[[Any], Drawn]] = {
    Bars: _bars,
    Stack: _stack,
    Heat: _heat,
    Steps: _steps,
    Ranges: _ranges,
    Tiles: _tiles,
    Triangle: _triangle,
}
