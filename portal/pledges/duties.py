"""What pledges ask of an editor: pairs that look alike; the desk's first page shows it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard
from portal.pledges.duplicates.queries import proposed
from portal.pledges.rules import may_judge_pairs


def cards(asker: Asker) -> Iterable[DeskCard]:
    """One query, none for anybody else."""
    if not may_judge_pairs(asker.actor):
        return ()
    number = proposed().count()
    told = ngettext(
        "%(number)s pair of pledges looks alike.", "%(number)s pairs of pledges look alike.", number
    ) % {"number": number}
    return (DeskCard(_("Pledges that look alike"), reverse("pledge_duplicates:list"), told, number),)
