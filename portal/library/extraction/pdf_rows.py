"""From the signs on a PDF page to pieces of text in rows. Used by `pdf_order` only.

A piece is text without a wide gap in it; a row is what stands on one line across the page. Words are parted
by the blanks of the file and by the gaps between its signs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from portal.library.extraction.inline import clean
from portal.library.extraction.pdf_signs import Sign

# Of the size of the letters: a gap that parts words, also where there are blanks, and one that parts pieces.
_WORD, _WORD_BESIDE_BLANKS, _PIECE = 0.15, 0.24, 0.9
_SPACED, _FEW_SIGNS = 0.12, 6
_RAISED_SIZE, _DROPPED_SIZE = 0.85, 1.7
_SINGLE = re.compile(r"(?<!\S)(?:[^\W_]\s){4,}[^\W_](?!\S)")


@dataclass(slots=True)
class Piece:
    """Text between two wide gaps; `lead` is the part in bold that it begins with."""

    text: str
    lead: str
    left: float
    right: float
    base: float
    size: float

    @property
    def is_bold(self) -> bool:
        return bool(self.text) and self.lead == self.text


@dataclass(slots=True)
class _Run:
    """Signs that follow each other in the file and on the page."""

    signs: list[Sign]

    @property
    def left(self) -> float:
        return self.signs[0].left

    @property
    def base(self) -> float:
        return self.signs[0].base

    @property
    def size(self) -> float:
        return max(sign.size for sign in self.signs)

    def is_dropped(self, usual: float) -> bool:
        """Whether it is one large letter, as at the beginning of a chapter."""
        return self.size > _DROPPED_SIZE * usual and len(self.signs) <= 2 and self.signs[-1].text.isupper()

    def opens(self, piece: Piece) -> bool:
        """Whether this large letter is the first of that piece, which begins at its height beside it."""
        is_near = 0 <= piece.left - self.signs[-1].right < 1.5 * piece.size + 0.1 * self.size
        is_first = 0 < self.base - piece.base < self.size
        return is_near and is_first and self.size > _DROPPED_SIZE * piece.size and piece.text[:1].isalpha()


@dataclass(slots=True)
class _RowOfRuns:
    base: float
    size: float
    runs: list[_Run]


def rows_of(signs: Sequence[Sign]) -> list[list[Piece]]:
    """Rows from the top down, each with its pieces from left to right."""
    blanks = sum(sign.text.isspace() for sign in signs)
    gap = _WORD_BESIDE_BLANKS if blanks > 0.04 * len(signs) else _WORD
    runs = _runs(signs)
    usual = median([run.size for run in runs]) if runs else 0.0
    dropped = [run for run in runs if run.is_dropped(usual)]
    rows = [list(_pieces(row, gap)) for row in _rows([run for run in runs if run not in dropped], usual)]
    rows = [row for row in rows if row]
    for run in dropped:
        _take_in_dropped(run, rows, gap)
    return sorted(rows, key=lambda row: row[0].base)


def _runs(signs: Iterable[Sign]) -> list[_Run]:
    runs: list[_Run] = []
    for sign in signs:
        last = runs[-1].signs[-1] if runs else None
        if last is not None and _follows(last, sign):
            runs[-1].signs.append(sign)
        else:
            runs.append(_Run([sign]))
    return [run for run in runs if any(not sign.text.isspace() for sign in run.signs)]


def _follows(last: Sign, sign: Sign) -> bool:
    size = max(last.size, sign.size)
    is_level = abs(last.base - sign.base) < 0.1 * size
    return is_level and last.size == sign.size and -0.5 * size < sign.left - last.right < _PIECE * size


def _rows(runs: list[_Run], usual: float) -> list[_RowOfRuns]:
    """Runs on one line. What is small and a little higher or lower beside other text belongs to its line."""
    rows: list[_RowOfRuns] = []
    small: list[_Run] = []
    for run in sorted(runs, key=lambda run: run.base):
        if run.size < _RAISED_SIZE * usual and len(run.signs) < 6:
            small.append(run)
        elif rows and run.base - rows[-1].base < 0.3 * min(run.size, rows[-1].size):
            rows[-1].runs.append(run)
            rows[-1].size = max(rows[-1].size, run.size)
        else:
            rows.append(_RowOfRuns(run.base, run.size, [run]))
    for run in small:
        _set_beside(run, rows)
    for row in rows:
        row.runs.sort(key=lambda run: run.left)
    return sorted(rows, key=lambda row: row.base)


def _set_beside(small: _Run, rows: list[_RowOfRuns]) -> None:
    near = [row for row in rows if _is_beside(small, row)]
    if near:
        min(near, key=lambda row: abs(row.base - small.base)).runs.append(small)
    else:
        rows.append(_RowOfRuns(small.base, small.size, [small]))


def _is_beside(small: _Run, row: _RowOfRuns) -> bool:
    return -0.35 * row.size < row.base - small.base < 0.75 * row.size


def _pieces(row: _RowOfRuns, gap: float) -> Iterator[Piece]:
    signs = [sign for run in row.runs for sign in run.signs]
    spacing = _letter_spacing(signs)
    gap, wide = max(gap, spacing), _PIECE + spacing
    group: list[Sign] = []
    for sign in signs:
        last = next((each for each in reversed(group) if not each.text.isspace()), None)
        if last and not sign.text.isspace() and sign.left - last.right > wide * max(last.size, sign.size):
            yield from _piece(group, row, gap)
            group = []
        group.append(sign)
    yield from _piece(group, row, gap)


def _piece(signs: list[Sign], row: _RowOfRuns, gap: float) -> Iterator[Piece]:
    while signs and signs[0].text.isspace():
        signs = signs[1:]
    while signs and signs[-1].text.isspace():
        signs = signs[:-1]
    if not signs:
        return
    text, lead = _text(signs, gap)
    if text:
        size = median([sign.size for sign in signs if not sign.text.isspace()])
        yield Piece(text, lead, signs[0].left, max(sign.right for sign in signs), row.base, size)


def _text(signs: Sequence[Sign], gap: float) -> tuple[str, str]:
    """The text, and its beginning that is bold."""
    parts, lead, still_bold = [signs[0].text], "", True
    for last, sign in pairwise(signs):
        if not last.text.isspace() and not sign.text.isspace() and _are_apart(last, sign, gap):
            parts.append(" ")
        if still_bold and not last.text.isspace() and not last.is_bold:
            still_bold = False
        if still_bold:
            lead = "".join(parts)
        parts.append(sign.text)
    text = "".join(parts)
    if still_bold and signs[-1].is_bold:
        lead = text
    return clean(_SINGLE.sub(_joined, text)), clean(_SINGLE.sub(_joined, lead))


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"\s", "", match[0])


def _letter_spacing(signs: Sequence[Sign]) -> float:
    """The gap that parts words in letters that are set apart; 0 for others."""
    gaps = [
        (sign.left - last.right) / max(last.size, sign.size)
        for last, sign in pairwise(signs)
        if last.text.isalnum() and sign.text.isalnum()
    ]
    usual = median(gaps) if len(gaps) >= _FEW_SIGNS else 0.0
    return 1.6 * usual + 0.1 if usual > _SPACED else 0.0


def _are_apart(last: Sign, sign: Sign, gap: float) -> bool:
    if sign.left - last.right > gap * min(last.size, sign.size):
        return True
    is_raised = sign.size < _RAISED_SIZE * last.size and last.base - sign.base > 0.15 * last.size
    return is_raised and sign.text.isdigit() and (last.text.isalpha() or last.text in ".,;:!?»”)\"'")


def _take_in_dropped(run: _Run, rows: list[list[Piece]], gap: float) -> None:
    """A letter that opens a chapter over several lines belongs to the first of them."""
    first = next((piece for row in rows for piece in row if run.opens(piece)), None)
    if first is None:
        rows.append(list(_pieces(_RowOfRuns(run.base, run.size, [run]), gap)))
        return
    letter = "".join(sign.text for sign in run.signs)
    first.text, first.left = letter + first.text, run.left
    first.lead = letter + first.lead if first.lead else ""
