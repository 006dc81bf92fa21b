"""Atom feeds, and answers that may be kept for some minutes; every public list calls it.

The ETag of each is the hash of its bytes (`ConditionalGetMiddleware`): the same content is not sent twice.
"""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

NEWEST = 50
SECONDS = 300
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
ATOM = "application/atom+xml; charset=utf-8"


class Feed(Atom1Feed):
    """Entries say in which language they are; a feed without any is the same each time it is asked."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def content(self) -> bytes:
        return self.writeString("utf-8").encode("utf-8", "replace")


def feed_answer(content: bytes) -> HttpResponse:
    return kept_answer(content, ATOM)


def kept_answer(content: bytes, content_type: str) -> HttpResponse:
    """May be kept by anybody for `SECONDS`."""
    headers = {"Cache-Control": f"public, max-age={SECONDS}"}
    return HttpResponse(content, content_type=content_type, headers=headers)
