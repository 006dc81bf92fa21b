"""An Atom feed of every list of records: what its filters show, the last published first; views call it."""

from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse

from portal.common.feeds import NEWEST, Feed, feed_answer
from portal.common.xml_text import fit
from portal.publication.models import Record, RecordVersion
from portal.publication.queries import Reading, in_language, published, reading
from portal.records.listing import caveat_badge, draft_badge, excerpt, labelled, permanent_url
from portal.records.lists import Listing

LAST_FIRST = ("-said_at", "-pk")


def feed_of(listing: Listing) -> HttpResponse:
    """Three queries."""
    return feed_answer(_content(listing))


def _content(listing: Listing) -> bytes:
    language = listing.reader.language
    address = f"{settings.SITE_URL}{listing.address}"
    made = Feed(
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
    return made.content()


def _with_moment(rows: QuerySet[Record]) -> QuerySet[Record]:
    """Since when its words stand: a translation or what came of it makes no text newer."""
    versions = RecordVersion.objects.filter(record=OuterRef("pk"), number=OuterRef("version"))
    return rows.annotate(said_at=Coalesce(Subquery(versions.values("published_at")), F("updated_at")))


def _description(record: Record, shown: Reading) -> str:
    """What readers must know of it comes first."""
    told = [f"{badge.text}." for badge in (*caveat_badge(record), *draft_badge(shown))]
    return " ".join([*told, excerpt(record, shown)]).strip()


def _add(made: Feed, record: Any, language: str) -> None:
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
