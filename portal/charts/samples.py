"""Made-up figures, one of each kind, for `/style/`; in English only."""

from portal.charts.figures import Figure
from portal.charts.plots import (
    Bar,
    Bars,
    Heat,
    HeatColumn,
    HeatRow,
    Name,
    Part,
    Plot,
    Range,
    Ranges,
    Stack,
    StackRow,
    Steps,
    Tile,
    Tiles,
    Triangle,
)
from portal.charts.region import PLACES
from portal.charts.shades import FULL, HATCH, LIGHT, MIDDLE

STAGE = Name("stage", "Stage")
PARTS = (
    Part(Name("none", "no evidence"), HATCH),
    Part(Name("own", "own documents"), LIGHT),
    Part(Name("others", "documents of others"), MIDDLE),
    Part(Name("checked", "checked"), FULL),
)


def figures() -> tuple[Figure, ...]:
    said = "One sentence says what is counted and out of how many: 12 of 74 sample pledges."
    return tuple(
        Figure(slug=f"sample-{name}", title=title, said=said, plot=plot, address=f"#sample-{name}")
        for name, title, plot in _plots()
    )


def _plots() -> tuple[tuple[str, str, Plot], ...]:
    return (
        ("bars", "Bars in the outline of their whole", _bars()),
        ("stack", "Parts of each bar, one hatched", _stack()),
        ("heat", "Counts of rows by columns, two outlined", _heat()),
        ("steps", "A share that falls step by step", _steps()),
        ("ranges", "From a baseline to a target", _ranges()),
        ("tiles", "A map of equal squares", _tiles()),
        ("triangle", "What each two share", _triangle()),
    )


def _bars() -> Bars:
    rows = (("2019", 20, 31), ("2023", 28, 43))
    bars = tuple(Bar(Name(year, year, "#"), number, whole) for year, number, whole in rows)
    return Bars(Name("forum", "Forum"), bars, Name("number", "reported"), Name("of", "pledges"))


def _stack() -> Stack:
    rows = (
        StackRow(Name("fulfilled", "Claimed: fulfilled", "#"), (3, 8, 5, 6)),
        StackRow(Name("in_progress", "In progress", "#"), (7, 8, 4, 1)),
        StackRow(Name("silent", "No report yet"), (0, 0, 0, 0), note="23 pledges"),
    )
    return Stack(STAGE, PARTS, rows, Name("total", "Pledges"))


def _heat() -> Heat:
    columns = (
        HeatColumn(Name("1.1", "1.1", "#"), "Registers", "Axis 1"),
        HeatColumn(Name("1.2", "1.2", "#"), "Documents", "Axis 1", is_framed=True),
        HeatColumn(Name("2.1", "2.1", "#"), "Work", "Axis 2", is_framed=True),
        HeatColumn(Name("2.2", "2.2", "#"), "Health", "Axis 2"),
        HeatColumn(Name("1", "Axis 1"), is_narrow=True),
        HeatColumn(Name("2", "Axis 2"), is_narrow=True),
    )
    rows = (
        HeatRow(Name("BR", "Brazil", "#"), (1, 2, 0, 4, 3, 4), ("#",) * 6, 6),
        HeatRow(Name("MX", "Mexico", "#"), (0, 1, 3, 0, 1, 3), ("#",) * 6, 4),
    )
    return Heat(
        Name("country", "Country"),
        columns,
        rows,
        Name("total", "pledges"),
        framed="outlined: goes first",
        rest=(Name("HT", "Haiti"), Name("CU", "Cuba")),
        rest_label="2 more countries",
        rest_note="none in any:",
    )


def _steps() -> Steps:
    numbers = (
        68,
        64,
        60,
        57,
        55,
        50,
        48,
        46,
        41,
        40,
        37,
        35,
        31,
        28,
        25,
        22,
        20,
        19,
        18,
        17,
        16,
        15,
        14,
        13,
        13,
    )
    marked = ((12, "12 months: 46%, 31 of 68"), (24, "24: 19%"))
    names = (Name("months", "Months"), Name("silent", "Silent"), Name("of", "Of"))
    return Steps(*names, 68, (*numbers, 9, 8, 8, 6, 6), marked, "months", "share of 68 active pledges")


def _ranges() -> Ranges:
    words = (Name("from", "baseline"), Name("latest", "latest report"), Name("target", "target"))
    rows = (
        Range(Name("a", "Days to a decision", "#"), "P-00007", "days", 410, 236, 180),
        Range(Name("b", "Licences", "#"), "P-00031", "", 40, 214, 600),
        Range(Name("c", "Weeks", "#"), "P-00019", "weeks", 22, 23, 8, "Has moved away from its target."),
    )
    return Ranges(Name("goal", "Goal"), Name("pledge", "Pledge"), Name("unit", "Unit"), words, rows)


def _tiles() -> Tiles:
    tiles = tuple(
        Tile(Name(code, code, "#"), at % 9, column, row, is_now=code == "BR")
        for at, (code, (column, row)) in enumerate(PLACES.items())
    )
    return Tiles(Name("country", "Country"), Name("pledges", "Pledges"), tiles, "you are here")


def _triangle() -> Triangle:
    names = tuple(
        Name(code, label, "#") for code, label in (("a", "Process"), ("b", "Forum"), ("c", "Network"))
    )
    head, other = Name("mechanism", "Mechanism"), Name("other", "Other")
    return Triangle(
        head, other, Name("actions", "Actions"), names, ((28,), (6, 24), (4, 0, 17)), "all of each"
    )
