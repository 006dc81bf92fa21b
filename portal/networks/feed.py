"""The Atom feed of public networks, what changed last first; the public views call it."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.common.xml_text import fit
from portal.networks.queries import public_networks
from portal.networks.words import number_of_members
from portal.records.feeds import NEWEST, RecordFeed


def content_of(language: str, today: date) -> bytes:
    """Three queries."""
    here, feed = reverse("public_networks:list"), reverse("public_networks:feed")
    made = RecordFeed(
        title=_("Networks"),
        link=f"{settings.SITE_URL}{here}",
        description=_("Organizations that work together under one name, and who belongs to each today."),
        language=language,
        feed_url=f"{settings.SITE_URL}{feed}",
    )
    rows = sorted(public_networks(today), key=lambda row: row.network.updated_at, reverse=True)
    for row in rows[:NEWEST]:
        path = reverse("public_networks:network", args=[row.network.slug])
        made.add_item(
            title=fit(row.network.name(language), " "),
            link=f"{settings.SITE_URL}{path}",
            description=number_of_members(row.number),
            unique_id=f"urn:uuid:{row.network.key}",
            pubdate=row.network.created_at,
            updateddate=row.network.updated_at,
            language=language,
        )
    return made.writeString("utf-8").encode("utf-8", "replace")
