"""The figures that are read first, each with both denominators."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import number
from portal.followup.pack.held import Held
from portal.followup.pack.view import View
from portal.followup.pack.words import NONE, amount, of_all, part_of
from portal.pdf.parts import Cell, Figure, Figures, Section, Table, Text
from portal.pledges import facts
from portal.pledges.enums import ReportedStage

Rows = Collection[Any]


def section(view: View) -> Section:
    return Section(
        "summary",
        _("Summary"),
        (
            Figures(tuple(_figures(view.held))),
            Text(
                _(
                    "Each figure stands twice: among those of which it can be said, such as pledges that are "
                    "still to be fulfilled, and among all that are published. What the parties claim and "
                    "what others assess stand apart and are never added up."
                )
            ),
            _table(view.held),
            Text(_reports(view.held)),
        ),
    )


def _figures(held: Held) -> list[Figure]:
    whole = len(held.pledges)
    heard = [row for row in held.active if row["id"] in held.heard]
    return [
        Figure(number(whole), _("pledges published")),
        _figure(held.active, _("still to be fulfilled"), whole),
        Figure(
            number(len(heard)),
            _("of these with a report of this cycle"),
            part_of(heard, held.active).text,
        ),
        _figure(held.silent, _("silent for a year or for ever"), whole),
        _figure(held.claimed, _("claimed as fulfilled by their parties"), whole),
        _figure(held.assessed, _("assessed by others"), whole),
    ]


def _figure(rows: Rows, label: str, whole: int) -> Figure:
    return Figure(number(len(rows)), label, of_all(len(rows), whole))


def _table(held: Held) -> Table:
    return Table(
        _("Pledges, counted once each"),
        (_("Figure"), _("Number"), _("Of those it can be said of"), _("These are"), _("Of all published")),
        tuple(_row(held, *row) for row in _rows(held)),
        (34, 11, 20, 20, 20),
        frozenset({1, 2, 4}),
    )


def _row(held: Held, label: str, rows: Rows, among: Rows | None, whose: str) -> tuple[Cell, ...]:
    """`rows` are keys or rows of pledges; `among` those of them that it can be said of, with their whole."""
    near = Cell(NONE)
    if among is not None:
        wanted = {_key(row) for row in among}
        near = part_of([row for row in rows if _key(row) in wanted], wanted)
    return (Cell(label), amount(len(rows)), near, Cell(whose), part_of(rows, held.pledges))


def _rows(held: Held) -> list[tuple[str, Rows, Rows | None, str]]:
    reported = [row for row in held.pledges if row["reported_on"]]
    never = [row for row in held.pledges if not row["reported_on"]]
    known = [number for number in held.heard if number in held.by_number]
    to_do, with_report = _("still to be fulfilled"), _("with a report")
    return [
        (_("Still to be fulfilled"), held.active, None, NONE),
        (_("With a report of this cycle"), known, held.active, to_do),
        (_("With a report, of this cycle or before"), reported, held.active, to_do),
        (_("Never reported on"), never, held.active, to_do),
        (_("Silent for a year or for ever"), held.silent, held.active, to_do),
        (str(facts.CLAIMS[ReportedStage.FULFILLED]), held.claimed, reported, with_report),
        (_("Assessed by others"), held.assessed, held.claimed, _("claimed as fulfilled")),
        (_("Assessed: complete"), held.complete(held.assessed), held.assessed, _("assessed by others")),
    ]


def _key(row: Any) -> str:
    return row if isinstance(row, str) else row["id"]


def _reports(held: Held) -> str:
    """How many reports carry the cycle, and how many of them say that nothing has changed."""
    every, same = len(held.of_cycle), sum(bool(row["is_unchanged"]) for row in held.of_cycle)
    told = ngettext(
        "%(number)s report carries this cycle; %(unchanged)s of it says that nothing has changed.",
        "%(number)s reports carry this cycle; %(unchanged)s of them say that nothing has changed.",
        every,
    )
    return told % {"number": number(every), "unchanged": number(same)}
