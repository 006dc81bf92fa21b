"""The Atom feed of a public list of networks, what changed last first; the public views call it."""

from datetime import date

from django.conf import settings

from portal.common.xml_text import fit
from portal.networks.addresses import PublicList, path_of
from portal.networks.queries import public_networks
from portal.networks.words import number_of_members
from portal.records.feeds import NEWEST, RecordFeed


def content_of(listed: PublicList, language: str, today: date) -> bytes:
    """Three queries."""
    made = RecordFeed(
        title=str(listed.title),
        link=f"{settings.SITE_URL}{listed.url()}",
        description=str(listed.lead),
        language=language,
        feed_url=f"{settings.SITE_URL}{listed.url('feed')}",
    )
    rows = sorted(public_networks(today, listed.kinds), key=lambda row: row.network.updated_at, reverse=True)
    for row in rows[:NEWEST]:
        made.add_item(
            title=fit(row.network.name(language), " "),
            link=f"{settings.SITE_URL}{path_of(row.network)}",
            description=number_of_members(row.number),
            unique_id=f"urn:uuid:{row.network.key}",
            pubdate=row.network.created_at,
            updateddate=row.network.updated_at,
            language=language,
        )
    return made.writeString("utf-8").encode("utf-8", "replace")
