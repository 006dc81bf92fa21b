"""Where the chain from an action to a checked result breaks off, as the snapshot tells it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.followup.pack.given import View
from portal.followup.pack.held import Held, Row
from portal.followup.pack.words import amount, part_of
from portal.pdf.parts import Cell, Section, Table, Text


def section(view: View) -> Section:
    gaps = list(_gaps(view.held))
    return Section(
        "gaps",
        _("Gaps"),
        (
            Text(_("What was public and had no next step on the day of counting.")),
            Table(
                _("Gaps, and what they are part of"),
                (_("Gap"), _("Number"), _("Of")),
                tuple((Cell(title), amount(len(rows)), part_of(rows, whole)) for title, rows, whole in gaps),
                (60, 15, 25),
                frozenset({1, 2}),
            ),
            *(_list(view, title, rows) for title, rows, _whole in gaps if rows),
        ),
    )


def _gaps(held: Held) -> Iterable[tuple[str, list[Row], list[Row]]]:
    """A gap that the file cannot tell is left out."""
    pledges = held.pledges
    yield _("Pledges without an action of the plan"), [row for row in pledges if not row["actions"]], pledges
    if any("goals_stated" in row for row in pledges):
        without = [row for row in pledges if not row.get("goals_stated")]
        yield _("Pledges without a goal"), without, pledges
    unseen = [row for row in held.claimed if not row["assessment"]]
    yield _("Claimed as fulfilled and assessed by nobody"), unseen, held.claimed


def _list(view: View, title: str, rows: list[Row]) -> Table:
    names = view.names
    return Table(
        title,
        (_("Number"), _("Pledge"), _("Organization")),
        tuple(
            (names.pledge_number(row["id"]), names.pledge(row["id"]), names.organization(row["organization"]))
            for row in rows
        ),
        (11, 55, 34),
    )
