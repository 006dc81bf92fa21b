"""The Atom feed of the things of a gap, what changed last first; the public views call it."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from portal.common.xml_text import fit
from portal.followup.gaps.asked import Asked
from portal.followup.gaps.kinds import Gap, Item
from portal.followup.gaps.queries import path_of
from portal.followup.gaps.rows import told
from portal.records.feeds import NEWEST, RecordFeed


def feed_path(gap: Gap, asked: Asked, language: str) -> str:
    query = asked.only(gap.filters).query
    return f"/{language}/follow-up/gaps/{gap.slug}/feed/{f'?{urlencode(query)}' if query else ''}"


def content_of(gap: Gap, items: Sequence[Item], asked: Asked, language: str) -> bytes:
    """Four queries at most."""
    made = RecordFeed(
        title=str(gap.title),
        link=f"{settings.SITE_URL}{path_of(gap, asked, language)}",
        description=str(gap.lead),
        language=language,
        feed_url=f"{settings.SITE_URL}{feed_path(gap, asked, language)}",
    )
    newest = sorted(items, key=lambda item: item.changed, reverse=True)[:NEWEST]
    for row in told(gap.subject, newest, language):
        made.add_item(
            title=fit(row.title, " "),
            link=f"{settings.SITE_URL}{row.url}",
            description=fit(". ".join(filter(None, (row.id, row.organization, row.part_of))), " "),
            unique_id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{gap.slug} {row.id}')}",
            updateddate=row.changed,
            language=row.language,
        )
    return made.writeString("utf-8").encode("utf-8", "replace")
