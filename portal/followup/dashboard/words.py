"""Words that several figures of the dashboard share."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.charts.plots import Name
from portal.common.formatting import number, percent


def pledges(count: int) -> str:
    """`74 pledges`."""
    return ngettext("%(number)s pledge", "%(number)s pledges", count) % {"number": number(count)}


def part(count: int, whole: int) -> str:
    """`22 of 51 (43%)`; a dash where there is nothing to be part of."""
    if not whole:
        return "–"
    told = {"number": number(count), "whole": number(whole), "share": percent(count / whole)}
    return _("%(number)s of %(whole)s (%(share)s)") % told


def pledge_number() -> Name:
    return Name("pledges", pgettext("column", "Pledges"))


def pledge_total() -> Name:
    return Name("of", _("Of pledges"))
