"""Many searches from one file: reading it, and asking them all; its views call it.

At most `MOST_ROWS` searches of some ten milliseconds each: they are asked in the request that shows them.
What is kept is the questions, never the answers: whoever comes back sees what is public then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.countries import COUNTRIES
from portal.common.languages import OWN_NAMES
from portal.common.phrases import LANGUAGE_NAMES
from portal.observatory.saved.domain import canonical
from portal.tables.codebook import Columns, Holds, Meaning, labelled
from portal.tables.columns import Column, Vocabulary, short
from portal.tables.limits import Limits
from portal.tables.reading import Row, Table, read_table
from portal.tables.report import Error
from portal.tables.writing import Cell
from search.results.facets import KINDS, TITLES
from search.results.query_params import chosen_of, question_of, span_of
from search.results.query_parser import LONGEST_QUERY
from search.results.service import FACETS, Hit, Notice, Question, find

MOST_ROWS = 200
WORDS = {
    "all": gettext_lazy("every word of the search is there"),
    "some": gettext_lazy("nothing has every word, so these have some of them"),
}
FIRST: Columns = (
    Meaning("row", gettext_lazy("Row of the file that asked"), Holds.WHOLE),
    Meaning("query", gettext_lazy("What was searched"), empty=gettext_lazy("only filters")),
    Meaning("filters", gettext_lazy("Filters, as name=values"), empty=gettext_lazy("no filter")),
    Meaning("documents", gettext_lazy("Documents with a result"), Holds.WHOLE, gettext_lazy("documents")),
    Meaning("passages", gettext_lazy("Passages that match"), Holds.WHOLE, gettext_lazy("passages")),
    Meaning(
        "words",
        gettext_lazy("How many words of the search the results have"),
        Holds.CODE,
        codes=labelled(WORDS),
    ),
)
LIMITS = Limits(size=200_000, rows=MOST_ROWS)
TOP = 3
MOST_ERRORS = 50
_LABELS = {
    **TITLES,
    "query": gettext_lazy("Words"),
    "since": gettext_lazy("From"),
    "until": gettext_lazy("Until"),
    "expand": gettext_lazy("Other languages"),
}
COLUMNS = (
    Column("query", _LABELS["query"], is_free=True, also=("q",)),
    *(
        Column(code, _LABELS[code], is_required=False, also=("lang",) if code == "language" else ())
        for code in (*FACETS, "since", "until", "expand")
    ),
)
_VOCABULARIES = {
    "kind": Vocabulary(KINDS),
    "language": Vocabulary(LANGUAGE_NAMES, {code: (name,) for code, name in OWN_NAMES.items()}),
    "country": Vocabulary(COUNTRIES),
}


class Unreadable(Exception):
    """Nothing of the file is taken; `errors` says why."""

    def __init__(self, errors: Sequence[Error]) -> None:
        super().__init__(str(errors[0]))
        self.errors = tuple(errors)


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
    """The questions of a CSV or XLSX file: all of them, or `Unreadable` with every error, or `Refused`."""
    table = read_table(content, COLUMNS, limits=LIMITS)
    errors = [*table.errors, *_unknown_columns(table)]
    asked = []
    for row in table.rows:
        cells = {code: _coded(code, cell) for code, cell in row.cells.items()}
        row_errors = [*row.errors, *(row.error(code, reason) for code, reason in _problems(cells))]
        errors += row_errors
        if not row_errors:
            asked.append(Asked(row.number, canonical(_question(cells, ui))))
    if errors:
        raise Unreadable(errors)
    return asked


def ask(asked: Sequence[Asked], ui: str) -> list[Result]:
    """The answers of now, in the order of the file."""
    return [_result(each, question_of(QueryDict(each.address), ui)) for each in asked]


def columns() -> Columns:
    tops = [column for number in range(1, TOP + 1) for column in _top(number)]
    return (*FIRST, *tops)


def _top(number: int) -> Columns:
    """The columns of one of the best results."""
    none = gettext_lazy("there are fewer results")
    return (
        Meaning(
            f"title_{number}", gettext_lazy("Title of one of the best results, by its place"), empty=none
        ),
        Meaning(f"address_{number}", gettext_lazy("Its page"), Holds.ADDRESS, empty=none),
        Meaning(
            f"page_{number}", gettext_lazy("Page of the passage that matches best"), Holds.WHOLE, empty=none
        ),
    )


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


def _unknown_columns(table: Table) -> Iterator[Error]:
    """A filter that is misspelt would be left out of every question."""
    where = Row(table.heading, {}).where
    yield from (Error(where, name, _("This column is not known.")) for name in table.unread)


def _coded(code: str, cell: str) -> str:
    """Kinds, languages and countries by their codes; what is not known stays as it is."""
    if code not in _VOCABULARIES:
        return cell
    return ",".join(_VOCABULARIES[code].code_of(word) or word for word in _split(cell))


def _split(cell: str) -> list[str]:
    return [word for word in map(str.strip, cell.split(",")) if word]


def _problems(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not any(cells.values()):
        yield "query", _("This cell is empty.")
    if len(cells.get("query", "")) > LONGEST_QUERY:
        yield "query", _("This is longer than can be searched.")
    for name, words in _VOCABULARIES.items():
        unknown = [word for word in _split(cells.get(name, "")) if not words.code_of(word)]
        yield from ((name, words.unknown(word)) for word in unknown)
    for value in _split(cells.get("year", "")):
        if not (value.isascii() and value.isdigit() and len(value) == 4):
            yield "year", _("“%(value)s” is not known here.") % {"value": short(value)}
    span = span_of({"from": cells.get("since", ""), "to": cells.get("until", "")})
    for name, column in (("from", "since"), ("to", "until")):
        if name in span.faults:
            yield column, span.faults[name]
    if cells.get("expand", "") not in {"", "0", "1"}:
        yield "expand", _("Write 1 or 0.")


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
