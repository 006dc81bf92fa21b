"""The Atom feed of dates to come, what was changed last first; the views call it."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from portal.calendar.entries import Entry
from portal.calendar.words import when
from portal.common.xml_text import fit
from portal.records.feeds import NEWEST, RecordFeed


def feed_of(rows: Iterable[Entry], language: str) -> bytes:
    address, title = f"{settings.SITE_URL}/{language}/calendar/", _("Dates of the Cartagena+40 process")
    made = RecordFeed(
        title=title, link=address, description=title, language=language, feed_url=f"{address}feed/"
    )
    for row in sorted(rows, key=lambda row: row.changed, reverse=True)[:NEWEST]:
        made.add_item(
            title=fit(row.title, " "),
            link=f"{settings.SITE_URL}{row.url}",
            description=fit(". ".join(filter(None, (when(row), row.text))), " "),
            unique_id=f"urn:uuid:{row.uid}",
            updateddate=row.changed,
            language=language,
        )
    return made.writeString("utf-8").encode("utf-8", "replace")
