"""Days as people write them in tables, in four languages; pure, the reader of tables calls it."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache

from babel import Locale

from portal.common.folding import folded
from portal.common.languages import CODES

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)")
_DOTS = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})")
_SIGNS = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})")
# "31 de mayo de 2024", "1er mai 2024", "31-May-2024"; "May 31, 2024".
_DAY_NAMED = re.compile(
    r"(\d\d?)(?:er|st|nd|rd|th|o|º|ª)?\.?[\s-]+(?:de[l]?\s+)?([a-z]+)\.?,?[\s-]+(?:de[l]?\s+)?(\d{4})"
)
_NAME_FIRST = re.compile(r"([a-z]+)\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})")


class Order(StrEnum):
    """What stands first where a day is written in figures."""

    DAY = "day"
    MONTH = "month"


def order_of(cells: Iterable[str]) -> Order | None:
    """What the cells of a column tell of their order; None where they tell nothing, or not the same."""
    told = set()
    for cell in cells:
        match = _SIGNS.fullmatch(cell.strip())
        if match and int(match[1]) > 12:
            told.add(Order.DAY)
        elif match and int(match[2]) > 12:
            told.add(Order.MONTH)
    return told.pop() if len(told) == 1 else None


def readings(cell: str, order: Order | None = None) -> tuple[date, ...]:
    """The day that a cell means: none for what is no day, two where it can be read in two ways."""
    text = folded(" ".join(cell.split()))
    if match := _ISO.fullmatch(cell.strip().upper()) or _YEAR_FIRST.fullmatch(text):
        return _days((match[1], match[2], match[3]))
    if match := _DOTS.fullmatch(text):
        return _days((match[3], match[2], match[1]))
    if match := _SIGNS.fullmatch(text):
        day_first, month_first = (match[3], match[2], match[1]), (match[3], match[1], match[2])
        ways = {Order.DAY: (day_first,), Order.MONTH: (month_first,)}
        # Where a cell disagrees with its column, it still can mean one thing only.
        return (
            _days(*ways[order]) or _days(day_first, month_first) if order else _days(day_first, month_first)
        )
    if match := _DAY_NAMED.fullmatch(text):
        return _days((match[3], _months().get(match[2], 0), match[1]))
    if match := _NAME_FIRST.fullmatch(text):
        return _days((match[3], _months().get(match[1], 0), match[2]))
    return ()


def _days(*written: tuple[str | int, str | int, str | int]) -> tuple[date, ...]:
    """Those that the calendar has, each once."""
    days = []
    for year, month, day in written:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(dict.fromkeys(days))


@cache
def _months() -> dict[str, int]:
    """The names of the months and their short forms, in our languages, without accents and dots."""
    names: dict[str, int] = {}
    for code in CODES:
        for width in ("wide", "abbreviated"):
            for number, name in Locale(code).months["format"][width].items():
                names.setdefault(folded(name).rstrip("."), number)
    return names | {"sept": 9, "set": 9}
