"""Targets, baselines and days that were changed since the last cycle, each with its reason."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.formatting import number
from portal.followup.pack.given import View
from portal.followup.pack.held import Row
from portal.followup.pack.names import Change
from portal.followup.pack.words import NONE, on
from portal.pdf.parts import Cell, Section, Table, Text
from portal.pledges.page_parts import CHANGED


def section(view: View) -> Section:
    changes = view.held.changes
    told = ngettext(
        "%(number)s published change of a target, a baseline or a day since the last cycle.",
        "%(number)s published changes of targets, baselines and days since the last cycle.",
        len(changes),
    )
    text = Text(told % {"number": number(len(changes))})
    return Section("changes", _("Goals that were changed"), (text, *_tables(view)))


def _tables(view: View) -> list[Table]:
    if not view.held.changes:
        return []
    headers = (_("Number"), _("Day"), _("Goal"), _("What"), _("Before"), _("Afterwards"), _("Reason"))
    rows = tuple(_row(view, *each) for each in sorted(view.held.changes, key=_order))
    return [Table(_("Changes, the last one first"), headers, rows, (10, 13, 20, 12, 12, 12, 26))]


def _order(change: tuple[Row, int, Row]) -> tuple[int, str, int]:
    pledge, at, told = change
    return -int(told["on"].replace("-", "")), pledge["id"], at


def _row(view: View, pledge: Row, at: int, change: Row) -> tuple[Cell, ...]:
    said, what = view.names.change(pledge["id"], at), change["what"]
    words = _words(said, view.names.pledges[pledge["id"]].lang) if said else [Cell(NONE)] * 4
    goal, old, new, reason = words
    named = Cell(CHANGED[what]() if what in CHANGED else what)
    return view.names.pledge_number(pledge["id"]), on(change["on"]), goal, named, old, new, reason


def _words(said: Change, lang: str) -> list[Cell]:
    return [Cell(text or NONE, lang=lang if text else "") for text in said]
