"""An Atom feed of every list of records: what its filters show, the last published first; views call it."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag

from portal.common.xml_text import fit
from portal.publication.models import Record, RecordVersion
from portal.publication.queries import Reading, in_language, published, reading
from portal.records.listing import caveat_badge, draft_badge, excerpt, labelled, permanent_url
from portal.records.lists import Listing

NEWEST = 50
SECONDS = 300
LAST_FIRST = ("-said_at", "-pk")
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)


class RecordFeed(Atom1Feed):
    """Entries say in which language they are; a feed without any is the same each time it is asked."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def feed_of(listing: Listing, request: HttpRequest) -> HttpResponse:
    """Three queries."""
    return feed_answer(_content(listing), request)


def feed_answer(content: bytes, request: HttpRequest) -> HttpResponse:
    """Also for feeds of what is no record."""
    return conditional(content, "application/atom+xml; charset=utf-8", request)


def conditional(content: bytes, content_type: str, request: HttpRequest) -> HttpResponse:
    """The same content has the same ETag."""
    etag = quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())
    response = HttpResponse(content, content_type=content_type)
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return answer


def _content(listing: Listing) -> bytes:
    language = listing.reader.language
    address = f"{settings.SITE_URL}{listing.address}"
    made = RecordFeed(
        title=str(listing.type.plural),
        link=f"{address}{listing.query_of_filters}",
        description=str(listing.type.lead),
        language=language,
        feed_url=f"{address}feed/{listing.query_of_filters}",
    )
    newest = _with_moment(listing.filters.qs).order_by(*LAST_FIRST).values("pk")[:NEWEST]
    rows = _with_moment(published().filter(pk__in=newest)).order_by(*LAST_FIRST)
    for record in in_language(rows, language):
        _add(made, record, language)
    return made.writeString("utf-8").encode("utf-8", "replace")


def _with_moment(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Since when its words stand: a translation or what came of it makes no text newer."""
    versions = RecordVersion.objects.filter(record=OuterRef("pk"), number=OuterRef("version"))
    return rows.annotate(said_at=Coalesce(Subquery(versions.values("published_at")), F("updated_at")))


def _description(record: Record, shown: Reading) -> str:
    """What readers must know of it comes first."""
    told = [f"{badge.text}." for badge in (*caveat_badge(record), *draft_badge(shown))]
    return " ".join([*told, excerpt(record, shown)]).strip()


def _add(made: RecordFeed, record: Any, language: str) -> None:
    shown, author = reading(record, language), record.author_in(language)
    made.add_item(
        title=fit(labelled(shown.title, shown), " "),
        link=f"{settings.SITE_URL}{record.path(language)}",
        description=fit(_description(record, shown), " "),
        author_name=fit(author, " ") if author else None,
        unique_id=permanent_url(record),
        pubdate=record.published_at,
        updateddate=record.said_at,
        language=shown.language,
    )
