"""The Atom feed of the things of a gap, what changed last first; the public views call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from portal.common.xml_text import fit
from portal.followup.gaps.asked import Asked
from portal.followup.gaps.kinds import Gap, Item, Subject
from portal.followup.gaps.paths import path_of_feed, path_of_gap
from portal.followup.gaps.rows import told
from portal.records.feeds import NEWEST, RecordFeed


@dataclass(frozen=True, slots=True)
class Head:
    """Of a feed: what it is called, where its page is and where itself; `name` keeps its entries apart."""

    title: str
    lead: str
    page: str
    path: str
    name: str


def content_of(gap: Gap, items: Sequence[Item], asked: Asked, language: str) -> bytes:
    """Four queries at most."""
    page, path = path_of_gap(gap, asked, language), path_of_feed(gap, asked, language)
    head = Head(str(gap.title), str(gap.lead), page, path, gap.slug)
    return feed_of(head, gap.subject, items, language)


def feed_of(head: Head, subject: Subject, items: Sequence[Item], language: str) -> bytes:
    made = RecordFeed(
        title=head.title,
        link=f"{settings.SITE_URL}{head.page}",
        description=head.lead,
        language=language,
        feed_url=f"{settings.SITE_URL}{head.path}",
    )
    newest = sorted(items, key=lambda item: item.changed, reverse=True)[:NEWEST]
    for row in told(subject, newest, language):
        made.add_item(
            title=fit(row.title, " "),
            link=f"{settings.SITE_URL}{row.url}",
            description=fit(". ".join(filter(None, (row.id, row.organization, row.part_of, row.note))), " "),
            unique_id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{head.name} {row.id}')}",
            updateddate=row.changed,
            language=row.language,
        )
    return made.writeString("utf-8").encode("utf-8", "replace")
