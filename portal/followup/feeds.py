"""The Atom feeds of what is no record in the follow-up; those of bodies and cycles call it."""

from django.conf import settings

from portal.records.feeds import RecordFeed


def feed_below(title: str, path: str, language: str) -> RecordFeed:
    """Of the page at a path below that of the follow-up, without entries."""
    address = f"{settings.SITE_URL}/{language}/follow-up/{path}"
    return RecordFeed(
        title=title, link=address, description=title, language=language, feed_url=f"{address}feed/"
    )
