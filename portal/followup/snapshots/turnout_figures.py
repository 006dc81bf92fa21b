"""Who has reported, as a figure: the page of a cycle and the room of the follow-up draw it."""

from django.utils.translation import gettext as _

from portal.charts.figures import Figure
from portal.charts.plots import Bar, Bars, Name
from portal.common.formatting import percent
from portal.followup.snapshots.turnout import Part, Turnout
from portal.taxonomy.queries import organization_type_names

SLUG = "turnout"


def figure_of(turnout: Turnout, language: str, *, title: str, address: str) -> Figure:
    """Bars by type of organization. One query for the names of the types."""
    names = organization_type_names(language)
    bars = (
        Bar(Name(code, names.get(code, code or _("without a type"))), part.reported, part.asked)
        for code, part in turnout.parts
    )
    head, number, whole = (
        Name("organization_type", _("Type of organization")),
        Name("reported", _("reported on")),
        Name("asked", _("asked")),
    )
    return Figure(
        slug=SLUG,
        title=title,
        said=_said(turnout.total),
        plot=Bars(head, tuple(bars), number, whole),
        address=address,
    )


def _said(total: Part) -> str:
    """Both denominators, each with its share."""
    told = _(
        "Of the pledges that are asked, because their parties do not call them fulfilled or say so in a "
        "report of this cycle: %(number)s of %(asked)s (%(share)s). Of all that are published: %(number)s of "
        "%(published)s (%(of_all)s)."
    )
    return told % {
        "number": total.reported,
        "asked": total.asked,
        "published": total.published,
        "share": _share(total.reported, total.asked),
        "of_all": _share(total.reported, total.published),
    }


def _share(number: int, whole: int) -> str:
    return percent(number / whole) if whole else "–"
