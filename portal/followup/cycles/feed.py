"""The Atom feed of review cycles, what changed last first; the public views call it."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.common.xml_text import fit
from portal.followup.addresses import path_of_cycle
from portal.followup.cycles.rows import days_of
from portal.followup.feeds import feed_below
from portal.followup.models import ReviewCycle
from portal.records.feeds import NEWEST


def cycles_feed(language: str) -> bytes:
    """One query."""
    made = feed_below(_("Review cycles"), "cycles/", language)
    for cycle in ReviewCycle.objects.order_by("-updated_at", "pk")[:NEWEST]:
        title, spoken = cycle.titled(language)
        made.add_item(
            title=fit(title, " "),
            link=f"{settings.SITE_URL}{path_of_cycle(cycle, language)}",
            description=f"{cycle.get_state_display()}. {days_of(cycle)}",
            unique_id=f"{settings.SITE_URL}/follow-up/cycles/{cycle.slug}/",
            updateddate=cycle.updated_at,
            language=spoken,
        )
    return made.writeString("utf-8").encode("utf-8", "replace")
