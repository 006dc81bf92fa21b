"""The Atom feeds of what is no record in the follow-up, what changed last first; the public views call it."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.common.xml_text import fit
from portal.followup.addresses import path_of_body, path_of_cycle
from portal.followup.cycle_rows import days_of
from portal.followup.models import ReviewCycle
from portal.followup.queries import public_bodies
from portal.records.feeds import NEWEST, RecordFeed


def bodies_feed(language: str) -> bytes:
    """One query."""
    made = _feed(_("Bodies of the follow-up"), "bodies/", language)
    for body in public_bodies().order_by("-updated_at", "pk")[:NEWEST]:
        title, spoken = body.titled(language)
        made.add_item(
            title=fit(title, " "),
            link=f"{settings.SITE_URL}{path_of_body(body, language)}",
            description=fit(body.mandate(language)[0], " "),
            unique_id=f"{settings.SITE_URL}/follow-up/bodies/{body.slug}/",
            updateddate=body.updated_at,
            language=spoken,
        )
    return made.writeString("utf-8").encode("utf-8", "replace")


def cycles_feed(language: str) -> bytes:
    """One query."""
    made = _feed(_("Review cycles"), "cycles/", language)
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


def _feed(title: str, path: str, language: str) -> RecordFeed:
    address = f"{settings.SITE_URL}/{language}/follow-up/{path}"
    return RecordFeed(
        title=title, link=address, description=title, language=language, feed_url=f"{address}feed/"
    )
