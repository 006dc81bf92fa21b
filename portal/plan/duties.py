"""What the room of the plan asks of an editor; the desk's first page shows it."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.desk_duties import Asker, DeskCard, Duty
from portal.plan.queries import waiting_links
from portal.plan.rules import may_link


def cards(asker: Asker) -> Iterable[DeskCard]:
    """One query, none for anybody else. Nobody confirms what they have linked themselves."""
    if not may_link(asker.actor):
        return ()
    others = waiting_links().order_by("asserted_at")
    since = list(
        others.exclude(Q(asserted_by__isnull=False, asserted_by_id=asker.actor.user_id)).values_list(
            "asserted_at", flat=True
        )
    )
    url, number = reverse("plan_desk:room"), len(since)
    told = ngettext(
        "%(number)s link waits for a second person.", "%(number)s links wait for a second person.", number
    ) % {"number": number}
    duties = (Duty(told, url, _("Confirm links"), since=since[0].date()),) if since else ()
    return (DeskCard(_("Recommendations and the plan"), url, told, number, duties),)
