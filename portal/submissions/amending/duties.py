"""Amendments that wait for an organization's word, for the desk's first page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.submissions.amending.queries import for_organizations, those_that_fit
from portal.submissions.models import Amendment
from portal.submissions.types import submission_type

MOST, SHOWN, WITHIN = 100, 3, 10


def cards(asker: Asker) -> Iterable[DeskCard]:
    """One query for members, three more where something waits."""
    if not asker.is_member:
        return
    if rows := those_that_fit(for_organizations(asker.actor)[:MOST]):
        text = ngettext(
            "The secretariat proposes %(number)s amendment of your texts.",
            "The secretariat proposes %(number)s amendments of your texts.",
            len(rows),
        ) % {"number": len(rows)}
        duties = tuple(_duty(row, asker.language) for row in rows[:SHOWN])
        yield DeskCard(_("Amendments of your texts"), duties[0].url, text, len(rows), duties)


def _duty(row: Amendment, language: str) -> Duty:
    return Duty(
        row.title,
        submission_type(row.kind).address("amendment", row.submission_key, row.key),
        _("Read what would change, then accept or refuse"),
        (row.organization.name,),
        lang=row.language if row.language != language else "",
        since=row.submitted_at.date(),
        within=WITHIN,
    )
