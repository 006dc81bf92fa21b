"""Saved searches with something new, on the desk's first page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.observatory.saved.models import SavedSearch
from portal.observatory.saved.queries import listed

SHOWN = 3


def cards(asker: Asker) -> Iterable[DeskCard]:
    """One query."""
    rows = list(listed(asker.actor))
    fresh = [row for row in rows if _number(row)]
    told = _("%(number)s of your %(whole)s searches have something new.") % {
        "number": len(fresh),
        "whole": len(rows),
    }
    if not rows:
        told = _("No search kept yet. Search, then keep what you asked.")
    duties = tuple(map(_duty, fresh[:SHOWN]))
    return (DeskCard(_("Saved searches"), reverse("saved:list"), told, len(fresh), duties),)


def _duty(row: SavedSearch) -> Duty:
    number = _number(row)
    told = ngettext("%(number)s new result", "%(number)s new results", number) % {"number": number}
    url = reverse("saved:detail", args=[row.key])
    return Duty(row.name, url, _("Look at what is new"), (told,), since=row.opened_at.date())


def _number(row: SavedSearch) -> int:
    number: int = getattr(row, "new", 0)
    return number
