"""The figures that are read first, each with both denominators."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import number, percent
from portal.followup.pack.given import View
from portal.followup.pack.held import Held, Row
from portal.followup.pack.words import NONE, amount, of_all, part, part_of
from portal.followup.snapshots.turnout import Part
from portal.pdf.parts import Cell, Figure, Figures, Section, Table, Text
from portal.pledges import facts
from portal.pledges.enums import ReportedStage

Rows = Collection[Row]


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
    whole, told = len(held.pledges), held.turnout().total
    return [
        Figure(number(whole), _("pledges published")),
        _figure(held.active, _("still to be fulfilled"), whole),
        Figure(number(told.reported), _("with a report of this cycle"), _asked(told)),
        _figure(held.silent, _("silent for a year or for ever"), whole),
        _figure(held.claimed, _("claimed as fulfilled by their parties"), whole),
        _figure(held.assessed, _("assessed by others"), whole),
    ]


def _asked(told: Part) -> str:
    """Such as "75% of 4 asked"; a dash where nobody is asked."""
    if not told.asked:
        return NONE
    share = percent(told.reported / told.asked)
    return _("%(share)s of %(whole)s asked") % {"share": share, "whole": number(told.asked)}


def _figure(rows: Rows, label: str, whole: int) -> Figure:
    return Figure(number(len(rows)), label, of_all(len(rows), whole))


def _table(held: Held) -> Table:
    return Table(
        _("Pledges, counted once each"),
        (_("Figure"), _("Number"), _("Of those it can be said of"), _("These are"), _("Of all published")),
        tuple(_table_rows(held)),
        (34, 11, 20, 20, 20),
        frozenset({1, 2, 4}),
    )


def _table_rows(held: Held) -> Iterator[tuple[Cell, ...]]:
    first, *others = (_row(held, *row) for row in _rows(held))
    yield from (first, _turnout(held.turnout().total), *others)


def _turnout(told: Part) -> tuple[Cell, ...]:
    whose = Cell(_("asked to report in it"))
    of_asked, of_all = part(told.reported, told.asked), part(told.reported, told.published)
    return Cell(_("With a report of this cycle")), amount(told.reported), of_asked, whose, of_all


def _row(held: Held, label: str, rows: Rows, among: Rows | None, whose: str) -> tuple[Cell, ...]:
    """`among` are those of the pledges that it can be said of."""
    near = Cell(NONE)
    if among is not None:
        wanted = {row["id"] for row in among}
        near = part_of([row for row in rows if row["id"] in wanted], wanted)
    return (Cell(label), amount(len(rows)), near, Cell(whose), part_of(rows, held.pledges))


def _rows(held: Held) -> list[tuple[str, Rows, Rows | None, str]]:
    reported = [row for row in held.pledges if row["reported_on"]]
    never = [row for row in held.pledges if not row["reported_on"]]
    to_do, with_report = _("still to be fulfilled"), _("with a report")
    return [
        (_("Still to be fulfilled"), held.active, None, NONE),
        (_("With a report, of this cycle or before"), reported, held.active, to_do),
        (_("Never reported on"), never, held.active, to_do),
        (_("Silent for a year or for ever"), held.silent, held.active, to_do),
        (str(facts.CLAIMS[ReportedStage.FULFILLED]), held.claimed, reported, with_report),
        (_("Assessed by others"), held.assessed, held.claimed, _("claimed as fulfilled")),
        (_("Assessed: complete"), held.complete(held.assessed), held.assessed, _("assessed by others")),
    ]


def _reports(held: Held) -> str:
    """How many reports carry the cycle, and how many of them say that nothing has changed."""
    every, same = len(held.of_cycle), sum(bool(row["is_unchanged"]) for row in held.of_cycle)
    told = ngettext(
        "%(number)s report carries this cycle; %(unchanged)s of it says that nothing has changed.",
        "%(number)s reports carry this cycle; %(unchanged)s of them say that nothing has changed.",
        every,
    )
    return told % {"number": number(every), "unchanged": number(same)}
