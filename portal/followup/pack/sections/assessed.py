"""What others found, beside what the parties claimed; where bodies disagree both stand."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import number
from portal.followup.enums import Basis, Confidence
from portal.followup.pack.given import View
from portal.followup.pack.held import Row
from portal.followup.pack.words import NONE, amount, label_of
from portal.pdf.parts import Cell, Section, Table, Text
from portal.pledges.enums import Completion, ReportedStage


def section(view: View) -> Section:
    rows = view.held.assessments
    if not rows:
        return Section("assessed", _("Assessments"), (Text(_("Nobody has assessed anything yet.")),))
    return Section(
        "assessed",
        _("Assessments"),
        (
            Text(
                _(
                    "What bodies of the follow-up found of what they are no party to: pledges, goals of "
                    "pledges, actions of the plan. Assessments are counted here, not pledges: one that two "
                    "bodies assessed stands twice."
                )
            ),
            _matrix(rows),
            Text(_disputes(view)),
            *_disputed(view),
            _every(view, _("All assessments"), rows),
        ),
    )


def _matrix(rows: list[Row]) -> Table:
    counted = Counter((row["claimed"] or NONE, row["completion"]) for row in rows)
    claims = [(stage.value, str(stage.label)) for stage in ReportedStage]
    if any(not row["claimed"] for row in rows):
        claims.append((NONE, _("No claim")))
    return Table(
        _("Assessments by what the parties claimed and what was found"),
        (_("Claimed"), *(str(step.label) for step in Completion), _("Total")),
        tuple(_claim(counted, *claim) for claim in claims),
        (22, *(14 for _step in Completion), 10),
        frozenset(range(1, len(Completion) + 2)),
    )


def _claim(counted: Counter[tuple[str, str]], code: str, label: str) -> tuple[Cell, ...]:
    numbers = [counted[code, step.value] for step in Completion]
    return (Cell(label), *(amount(each) for each in numbers), amount(sum(numbers)))


def _disputes(view: View) -> str:
    disputed = len(view.held.disputed)
    told = ngettext(
        "The findings on %(number)s pledge differ. All of them stand; none is made of them.",
        "The findings on %(number)s pledges differ. All of them stand; none is made of them.",
        disputed,
    )
    return told % {"number": number(disputed)}


def _disputed(view: View) -> Iterable[Table]:
    rows = [row for rows in view.held.disputed for row in rows]
    if rows:
        yield _every(view, _("Where findings differ"), rows)


def _every(view: View, caption: str, rows: list[Row]) -> Table:
    return Table(
        caption,
        (
            *(_("Number"), _("Pledge"), _("Body"), _("Claimed"), _("Completion")),
            *(_("Confidence"), _("Evidence"), _("Replies")),
        ),
        tuple(_row(view, row) for row in rows),
        (10, 29, 15, 13, 13, 12, 17, 9),
        frozenset({7}),
    )


def _row(view: View, row: Row) -> tuple[Cell, ...]:
    what = _subject(view, row)
    if row["id"] not in view.names.assessments:
        return view.names.assessment_number(row["id"]), what, Cell(_("withdrawn")), *[Cell(NONE)] * 5
    return (
        view.names.assessment_number(row["id"]),
        what,
        Cell(view.bodies.get(row["body"]) or row["body"]),
        label_of(ReportedStage, row["claimed"] or ""),
        label_of(Completion, row["completion"]),
        label_of(Confidence, row["confidence"]),
        label_of(Basis, row["basis"]),
        amount(row.get("replies") or 0),
    )


def _subject(view: View, row: Row) -> Cell:
    """The pledge with its number, and whether it is one goal of it; or the action of a plan."""
    if not row["pledge"]:
        return view.names.action(row.get("action") or NONE)
    said = view.names.pledge(row["pledge"])
    title = _("%(title)s (one goal)") % {"title": said.text} if row.get("goal") else said.text
    url = view.names.pledge_number(row["pledge"]).url
    return Cell(f"{row['pledge']} {title}", url, "" if row.get("goal") else said.lang)
