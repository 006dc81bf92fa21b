"""The pledges that nobody has heard of."""

from django.utils.translation import gettext as _

from portal.common.countries import country_name
from portal.followup.pack.given import View
from portal.followup.pack.held import Row
from portal.followup.pack.words import label_of, on, part_of
from portal.pdf.parts import Cell, Section, Table, Text
from portal.pledges.facts import Health


def section(view: View) -> Section:
    held = view.held
    told = _(
        "Still to be fulfilled and without a report of the last twelve months: %(part)s of the pledges that "
        "are still to be fulfilled, %(of_all)s of all."
    ) % {"part": part_of(held.silent, held.active).text, "of_all": part_of(held.silent, held.pledges).text}
    return Section("silent", _("Silent pledges"), (Text(told), *_tables(view)))


def _tables(view: View) -> list[Table]:
    if not view.held.silent:
        return []
    headers = (_("Number"), _("Pledge"), _("Organization"), _("Country"), _("Last report"))
    rows = tuple(_row(view, row) for row in view.held.silent)
    return [Table(_("The longest silent stand first"), headers, rows, (10, 38, 25, 14, 17))]


def _row(view: View, row: Row) -> tuple[Cell, ...]:
    names, last = view.names, on(row["reported_on"])
    return (
        names.pledge_number(row["id"]),
        names.pledge(row["id"]),
        names.organization(row["organization"]),
        Cell(country_name(row["country"]) if row["country"] else ""),
        last if row["reported_on"] else label_of(Health, row["health"]),
    )
