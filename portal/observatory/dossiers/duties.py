"""Dossiers, and those that are offered to a person, on the desk's first page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.observatory.dossiers.enums import OWNER
from portal.observatory.dossiers.queries import listed


def cards(asker: Asker) -> Iterable[DeskCard]:
    """One query."""
    rows: list[Any] = list(listed(asker.actor))
    told = _("%(number)s dossiers, %(shared)s of them shared with you.") % {
        "number": len(rows),
        "shared": sum(row.role_found != OWNER for row in rows),
    }
    if not rows:
        told = _("No dossier yet. Collect passages from search results.")
    offered = tuple(_duty(row) for row in rows if row.offered)
    return (DeskCard(_("Dossiers"), reverse("dossiers:list"), told, len(offered), offered),)


def _duty(row: Any) -> Duty:
    url = reverse("dossiers:dossier", args=[row.key])
    return Duty(row.title, url, _("Take it over, or decline"), since=row.offered.date())
