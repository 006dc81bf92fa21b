"""The Atom feed of bodies, what changed last first; the public views call it."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.common.xml_text import fit
from portal.followup.addresses import path_of_body
from portal.followup.feeds import feed_below
from portal.followup.queries import public_bodies
from portal.records.feeds import NEWEST


def bodies_feed(language: str) -> bytes:
    """One query."""
    made = feed_below(_("Bodies of the follow-up"), "bodies/", language)
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
