"""The actions that the cycle gives priority, and how far the pledges on them are."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.followup.pack.given import View
from portal.followup.pack.held import Row
from portal.followup.pack.words import amount, part_of
from portal.pdf.parts import Cell, Section, Table, Text


def section(view: View) -> Section:
    keys = view.held.priorities
    if not keys:
        return Section("priorities", _("Priorities"), (Text(_("This cycle gives no action priority.")),))
    headers = (
        *(pgettext("part of a plan", "Action"), _("Pledges"), _("Reported in this cycle")),
        *(_("Claimed as fulfilled"), _("Assessed: complete")),
    )
    rows = tuple(_row(view, key) for key in keys)
    told = _(
        "Actions of the plan that go first in this cycle. A pledge that carries out two of them is counted "
        "at both."
    )
    table = Table(_("Pledges on each priority"), headers, rows, (44, 11, 16, 16, 16), frozenset({1, 2, 3, 4}))
    return Section("priorities", _("Priorities"), (Text(told), table))


def _row(view: View, key: str) -> tuple[Cell, ...]:
    held = view.held
    rows: list[Row] = [row for row in held.pledges if key in row["actions"]]
    heard = [row for row in rows if row["id"] in held.heard]
    claimed = [row for row in held.claimed if key in row["actions"]]
    return (
        view.names.action(key),
        amount(len(rows)),
        part_of(heard, rows),
        part_of(claimed, rows),
        part_of(held.complete(rows), rows),
    )
