"""Many searches from one file: reading it, and asking them all; its views call it.

At most `MOST_ROWS` searches of some ten milliseconds each: they are asked in the request that shows them.
What is kept is the questions, never the answers: whoever comes back sees what is public then.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.common.countries import COUNTRIES
from portal.common.languages import CODES
from portal.library.extraction.blocks import Refused
from portal.library.extraction.sniff import decode
from search.facets import KINDS
from search.finding import FACETS, Hit, Notice, Question, find
from search.forms import chosen_of, question_of, span_of
from search.queries import LONGEST_QUERY
from search.saved.domain import canonical
from search.saved.tables import Cell

MOST_ROWS = 200
MOST_BYTES = 200_000
TOP = 3
MOST_FAULTS = 50
DELIMITERS = ",;\t"
WORDS = {"query": "query", "q": "query", "lang": "language", "from": "since", "to": "until"}
COLUMNS = ("query", *FACETS, "since", "until", "expand")
_FOREIGN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
_KNOWN: Mapping[str, Callable[[str], bool]] = {
    "kind": KINDS.__contains__,
    "language": CODES.__contains__,
    "country": COUNTRIES.__contains__,
    "year": lambda value: value.isascii() and value.isdigit() and len(value) == 4,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is refused: row (0: the file as a whole), column and reason."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        if not self.row:
            return self.reason
        where = {"row": self.row, "column": self.column, "reason": self.reason}
        return _("Row %(row)d, %(column)s: %(reason)s") % where


class Unreadable(Exception):
    """Nothing of the file is taken; `faults` says why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(str(faults[0]))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a file: its row as a spreadsheet counts, and its question."""

    row: int
    address: str


@dataclass(frozen=True, slots=True)
class Result:
    """`is_relaxed` when no passage has all the words and those with some of them are counted."""

    row: int
    question: Question
    documents: int
    passages: int
    is_relaxed: bool
    is_answered: bool
    hits: tuple[Hit, ...]


def read(content: bytes, ui: str) -> list[Asked]:
    """The questions of a CSV file: all of them, or `Unreadable` with every fault."""
    lines = _lines(content)
    columns = [_column(cell) for cell in (lines[0] if lines else [])]
    rows = [(number, line) for number, line in enumerate(lines[1:], start=2) if any(map(str.strip, line))]
    if faults := [*_heading_faults(columns), *_length_faults(rows)]:
        raise Unreadable(faults)
    asked = []
    for number, line in rows:
        cells = {name: _tidy(name, cell) for name, cell in zip(columns, line, strict=False) if name}
        found = list(_cell_faults(number, cells, len(line) > len(columns)))
        faults += found
        if not found:
            asked.append(Asked(number, canonical(_question(cells, ui))))
    if faults:
        raise Unreadable(faults)
    return asked


def ask(asked: Sequence[Asked], ui: str) -> list[Result]:
    """The answers of now, in the order of the file."""
    return [_result(each, question_of(QueryDict(each.address), ui)) for each in asked]


def heading() -> tuple[str, ...]:
    tops = [f"{name}_{number}" for number in range(1, TOP + 1) for name in ("title", "address", "page")]
    return ("row", "query", "filters", "documents", "passages", "words", *tops)


def cells(results: Sequence[Result]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a file with the answers."""
    for each in results:
        tops: list[Cell] = []
        for place in range(TOP):
            hit = each.hits[place] if place < len(each.hits) else None
            page = hit.passages[0].page if hit and hit.passages else None
            tops += [hit.title, settings.SITE_URL + hit.url, page] if hit else ["", "", None]
        filters = "; ".join(f"{name}={','.join(values)}" for name, values in each.question.chosen.items())
        words = "some" if each.is_relaxed else "all"
        yield (each.row, each.question.text, filters, each.documents, each.passages, words, *tops)


def _result(asked: Asked, question: Question) -> Result:
    answer = find(question)
    return Result(
        row=asked.row,
        question=question,
        documents=answer.documents,
        passages=answer.total,
        is_relaxed=Notice.RELAXED in answer.notices,
        is_answered=Notice.DOWN not in answer.notices,
        hits=answer.hits[:TOP],
    )


def _lines(content: bytes) -> list[list[str]]:
    if len(content) > MOST_BYTES:
        raise Unreadable([Fault(0, "", _("This file is larger than 200 KB."))])
    if content.startswith(_FOREIGN):
        raise Unreadable([Fault(0, "", _("This is no CSV file. Save the table as CSV."))])
    try:
        text = decode(content)
        delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except Refused as refused:
        raise Unreadable([Fault(0, "", str(refused))]) from None
    except csv.Error:
        reason = _("This CSV file cannot be read: a quotation mark is missing.")
        raise Unreadable([Fault(0, "", reason)]) from None


def _column(cell: str) -> str:
    name = "_".join(cell.replace("-", " ").replace("_", " ").casefold().split())
    return WORDS.get(name, name)


def _tidy(name: str, cell: str) -> str:
    """Codes are known in any case."""
    text = cell.strip()
    if name == "country":
        return text.upper()
    return text.lower() if name in {"kind", "language"} else text


def _heading_faults(columns: Sequence[str]) -> Iterator[Fault]:
    if "query" not in columns:
        yield Fault(1, "query", _("This column is missing."))
    for name in dict.fromkeys(columns):
        if name and name not in COLUMNS:
            yield Fault(1, name[:40], _("This column is not known."))
        elif name and columns.count(name) > 1:
            yield Fault(1, name, _("Two columns have this heading."))


def _length_faults(rows: Sequence[object]) -> Iterator[Fault]:
    if not rows:
        yield Fault(0, "", _("There is no row below the headings."))
    if len(rows) > MOST_ROWS:
        reason = _("This file has more than %(most)d searches. Split it into several.") % {"most": MOST_ROWS}
        yield Fault(0, "", reason)


def _cell_faults(row: int, cells: Mapping[str, str], is_too_long: bool) -> Iterator[Fault]:
    if is_too_long:
        yield Fault(row, "query", _("This row has more cells than there are headings."))
    if not any(cells.values()):
        yield Fault(row, "query", _("This cell is empty."))
    if len(cells.get("query", "")) > LONGEST_QUERY:
        yield Fault(row, "query", _("This is longer than can be searched."))
    for name, is_known in _KNOWN.items():
        for value in filter(None, map(str.strip, cells.get(name, "").split(","))):
            if not is_known(value):
                yield Fault(row, name, _("“%(value)s” is not known here.") % {"value": value[:40]})
    span = span_of({"from": cells.get("since", ""), "to": cells.get("until", "")})
    for name, column in (("from", "since"), ("to", "until")):
        if name in span.faults:
            yield Fault(row, column, span.faults[name])
    if cells.get("expand", "") not in {"", "0", "1"}:
        yield Fault(row, "expand", _("Write 1 or 0."))


def _question(cells: Mapping[str, str], ui: str) -> Question:
    span = span_of({"from": cells.get("since", ""), "to": cells.get("until", "")})
    return Question(
        text=cells.get("query", ""),
        ui=ui,
        chosen=chosen_of({name: [cells[name]] for name in FACETS if cells.get(name)}),
        expand=cells.get("expand") != "0",
        since=span.since,
        until=span.until,
    )
