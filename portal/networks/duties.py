"""The room of networks on the desk's first page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.desk_duties import Asker, DeskCard
from portal.networks.rules import may_edit_networks


def cards(asker: Asker) -> Iterable[DeskCard]:
    """No query of its own."""
    if not may_edit_networks(asker.actor):
        return ()
    told = _("Networks and mechanisms, their members and projects.")
    return (DeskCard(_("Networks"), reverse("networks:list"), told),)
