"""The marks of plots as SVG whose places are per cent of its width: type keeps its size at every width.

Pages put each in an `<svg>` of their own, files in one of a fixed width.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from django.utils.safestring import SafeString

from portal.charts.plots import Bar, Range, Stack, StackRow, Steps
from portal.charts.shades import FULL, HATCH
from portal.charts.svg import element, joined, percent
from portal.common.formatting import number
from portal.common.formatting import percent as as_percent

Place = Callable[[float], float]
BAR_HEIGHT = 22
RANGE_HEIGHT = 46
STEPS_HEIGHT = 200
# Where the plane of the steps lies: left, right in per cent, top and bottom in pixels.
_LEFT, _RIGHT, _TOP, _BOTTOM = 12.0, 97.0, 14, 172


def hatching(identity: str) -> SafeString:
    """The pattern of what has no evidence; `fill` names it by `url(#identity)`."""
    ground = element("rect", width=6, height=6, class_="hatch__ground")
    line = element("path", d="M-1 7L7 -1M-2 2L2 -2M4 8L8 4", class_="hatch__line")
    return element("pattern", ground, line, id=identity, width=6, height=6, patternUnits="userSpaceOnUse")


def sample(look: str, hatch: str) -> SafeString:
    """What a key shows beside its words, 24 by 16 pixels: a shade, or an end of a range."""
    if look in ("from", "latest"):
        return element("circle", cx=12, cy=8, r=5.5, class_=look)
    if look == "target":
        return element("rect", x=9.5, y=1, width=5, height=14, class_=look)
    fill = f"url(#{hatch})" if look == HATCH else None
    return element("rect", x=1, y=1, width=22, height=14, class_=f"shape shape--{look}", fill=fill)


def bar(row: Bar, longest: int) -> SafeString:
    """An outline for the whole, the number in it; lengths start at zero."""
    whole = element("rect", **_box(0, row.of or 0, longest), class_="shape shape--none") if row.of else ""
    return joined(
        (SafeString(whole), element("rect", **_box(0, row.number, longest), class_="shape shape--full"))
    )


def stack(plot: Stack, row: StackRow, hatch: str) -> SafeString:
    """Parts one after the other; the number stands in its part where there is room."""
    whole = row.counted if plot.is_whole else plot.longest
    return joined(_parts(plot, row, whole, hatch))


def crowded(plot: Stack, row: StackRow) -> Iterator[tuple[str, int]]:
    """Parts too narrow for their number, which is told beside."""
    whole = row.counted if plot.is_whole else plot.longest
    for part, value in zip(plot.parts, row.numbers, strict=True):
        if value and not _has_room(value, whole):
            yield part.name.label, value


def steps(plot: Steps) -> SafeString:
    """Shares of the whole by point: a grid, the ground below the line, the line, the marked points."""
    last = max(len(plot.numbers) - 1, 1)
    return joined((*_grid(plot, last), *_ground(plot, last), *_line(plot, last), *_marked(plot, last)))


def value_range(row: Range) -> SafeString:
    """The way from the baseline to the latest value, and what is left up to the target."""
    known = [value for value in (row.baseline, row.latest, row.target) if value is not None]
    low, high = min((0.0, *known)), max((0.0, *known))
    spread = (high - low) or 1.0

    def at(value: float) -> float:
        return 4 + 92 * (value - low) / spread

    return joined((*_way(row, at(low), at(high), at), *_ends(row, at)))


def _box(start: float, value: float, longest: float) -> dict[str, object]:
    scale = 100 / longest if longest else 0
    return {
        "x": percent(start * scale),
        "y": 1,
        "width": percent(value * scale),
        "height": BAR_HEIGHT - 2,
    }


def _parts(plot: Stack, row: StackRow, whole: int, hatch: str) -> Iterator[SafeString]:
    start = 0
    for part, value in zip(plot.parts, row.numbers, strict=True):
        if value:
            fill = f"url(#{hatch})" if part.shade == HATCH else None
            yield element("rect", **_box(start, value, whole), class_=f"shape shape--{part.shade}", fill=fill)
            if _has_room(value, whole):
                yield _in_part(start + value / 2, value, whole, part.shade)
        start += value


def _in_part(middle: float, value: int, whole: int, shade: str) -> SafeString:
    place, text = percent(100 * middle / whole), number(value)
    under = ""
    if shade == HATCH:
        width = 10 + 8 * len(text)
        box = element("rect", x=-width / 2, y=3, width=width, height=BAR_HEIGHT - 6, class_="shape__patch")
        under = element("svg", box, x=place, overflow="visible", width=1, height=BAR_HEIGHT)
    said = "shape__text shape__text--on" if shade == FULL else "shape__text"
    return joined(
        (SafeString(under), element("text", text, x=place, y=16, text_anchor="middle", class_=said))
    )


def _has_room(value: int, whole: int) -> bool:
    """On a phone, where the whole is some 300 pixels."""
    return bool(whole) and 100 * value / whole >= 2.5 + 2.5 * len(str(value))


def _x(at: float, last: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * at / last


def _y(value: int, whole: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * (value / whole if whole else 0)


def _grid(plot: Steps, last: int) -> Iterator[SafeString]:
    for share in (0, 50, 100):
        y = _y(share, 100)
        yield element("line", x1=percent(_LEFT), x2=percent(_RIGHT), y1=y, y2=y, class_="grid")
        told = as_percent(share / 100)
        yield element("text", told, x=percent(_LEFT - 1.5), y=y + 4, text_anchor="end", class_="axis")
    for at in range(0, last + 1, 12):
        yield element(
            "text", number(at), x=percent(_x(at, last)), y=_BOTTOM + 18, text_anchor="middle", class_="axis"
        )


def _ground(plot: Steps, last: int) -> Iterator[SafeString]:
    for at, value in enumerate(plot.numbers[:-1]):
        y = _y(value, plot.whole)
        width = _x(at + 1, last) - _x(at, last)
        yield element(
            "rect",
            x=percent(_x(at, last)),
            y=y,
            width=percent(width + 0.05),
            height=_BOTTOM - y,
            class_="ground",
        )


def _line(plot: Steps, last: int) -> Iterator[SafeString]:
    for at, (value, after) in enumerate(pairwise(plot.numbers)):
        y, next_y = _y(value, plot.whole), _y(after, plot.whole)
        x, next_x = percent(_x(at, last)), percent(_x(at + 1, last))
        yield element("line", x1=x, x2=next_x, y1=y, y2=y, class_="way")
        if after != value:
            yield element("line", x1=next_x, x2=next_x, y1=y, y2=next_y, class_="way")


def _marked(plot: Steps, last: int) -> Iterator[SafeString]:
    for at, words in plot.marked:
        x, y = percent(_x(at, last)), _y(plot.numbers[at], plot.whole)
        is_late = at > 0.8 * last
        yield element("line", x1=x, x2=x, y1=y, y2=_BOTTOM, class_="drop")
        yield element("circle", cx=x, cy=y, r=5.5, class_="now")
        side = -1.5 if is_late else 1.5
        anchor = "end" if is_late else "start"
        place = percent(_x(at, last) + side)
        yield element("text", words, x=place, y=y - 9, text_anchor=anchor, class_="said")


def _way(row: Range, low: float, high: float, at: Place) -> Iterator[SafeString]:
    y = RANGE_HEIGHT / 2
    yield element("line", x1=percent(low), x2=percent(high), y1=y, y2=y, class_="grid")
    for start, end, look in (
        (row.baseline, row.latest, "way"),
        (row.latest if row.latest is not None else row.baseline, row.target, "way way--left"),
    ):
        if start is not None and end is not None:
            yield element("line", x1=percent(at(start)), x2=percent(at(end)), y1=y, y2=y, class_=look)


def _ends(row: Range, at: Place) -> Iterator[SafeString]:
    y = RANGE_HEIGHT / 2
    if row.target is not None:
        mark = element("rect", x=-2.5, y=y - 7, width=5, height=14, class_="target")
        yield element("svg", mark, x=percent(at(row.target)), overflow="visible", width=1, height=1)
    if row.baseline is not None:
        yield element("circle", cx=percent(at(row.baseline)), cy=y, r=5, class_="from")
    if row.latest is not None:
        place = at(row.latest)
        yield element("circle", cx=percent(place), cy=y, r=5.5, class_="latest")
        yield _value(row.latest, place, 12, "said", _anchor(place))
    yield from _below(row, at)


def _below(row: Range, at: Place) -> Iterator[SafeString]:
    """Baseline and target; where they stand close, each to its own side."""
    ends = [(at(value), value) for value in (row.baseline, row.target) if value is not None]
    ends.sort()
    is_close = len(ends) == 2 and ends[1][0] - ends[0][0] < 16
    for order, (place, value) in enumerate(ends):
        anchor = ("end", "start")[order] if is_close else _anchor(place)
        yield _value(value, place, RANGE_HEIGHT - 2, "axis", anchor)


def _value(value: float, place: float, y: float, look: str, anchor: str) -> SafeString:
    return element("text", number(value), x=percent(place), y=y, text_anchor=anchor, class_=look)


def _anchor(place: float) -> str:
    if place < 8:
        return "start"
    return "end" if place > 92 else "middle"
