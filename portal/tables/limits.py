"""How much of a table is read, and what a reader says of a line it cannot read; the readers share it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.files.reading import MAX_BYTES
from portal.files.refusals import Reason, Refused

# Lines at the top of a table among which its headings are looked for.
LOOKED_AT = 25
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Limits:
    size: int = MAX_BYTES
    rows: int = 20_000
    cell: int = 32_767


class Formula(str):
    """A cell that a workbook calculates."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row as text; `number` is the one a spreadsheet shows."""

    number: int
    cells: Sequence[str]


class Fault(Exception):
    """A row at which reading stops."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(number, reason)
        self.number, self.reason = number, reason


def check_cells(line: Line, read: int, limits: Limits) -> None:
    """Refuse what is more than a table of ours ever is. `read`: lines with something in them so far."""
    if read > limits.rows + 1:
        reason = _("This file has more than %(most)d rows. Split it into several.") % {"most": limits.rows}
        raise Refused(Reason.TOO_LONG, reason)
    if any(cell.strip() for cell in line.cells[MAX_COLUMNS:]):
        reason = _("This table has more than %(most)d columns. Remove those that are not needed.")
        raise Refused(Reason.TOO_LONG, reason % {"most": MAX_COLUMNS})
    for position, cell in enumerate(line.cells):
        if len(cell) > limits.cell:
            told = {"letter": column_letter(position + 1), "most": limits.cell}
            reason = _("The cell in column %(letter)s is too long. Shorten it to %(most)d characters.") % told
            raise Fault(line.number, reason)


def column_letter(number: int) -> str:
    """What a spreadsheet calls its column: 1 gives `A`, 27 `AA`."""
    above, last = divmod(number - 1, 26)
    return (column_letter(above) if above else "") + chr(ord("A") + last)
