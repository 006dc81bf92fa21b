"""The Atom feed of a saved search: known by its address alone, the same for whoever asks, no cookie.

It says what was asked and what was found, never whose search it is.
"""

import hashlib
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.common.xml_text import fit
from portal.observatory.saved.links import passage_url, search_path
from portal.observatory.saved.models import Match, SavedSearch
from portal.observatory.saved.queries import NEWEST, newest_matches
from search.results.facets import KINDS
from search.results.query_params import question_of

SECONDS = 300


class MarkedFeed(Atom1Feed):
    """Entries say in which language they are; without any the feed is as old as the search."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def latest_post_date(self) -> datetime:
        """Without entries the day the search was kept: the same each time it is asked."""
        return super().latest_post_date() if self.items else self.feed["kept_at"]


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Two queries. The same content has the same ETag."""
    search = SavedSearch.objects.defer("found").filter(token=token, owner__is_active=True).first()
    if search is None:
        raise Http404("no such feed")
    content = _content(search)
    etag = quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _content(search: SavedSearch) -> bytes:
    words = " ".join(question_of(QueryDict(search.address), search.language).text.split())
    with override(search.language):
        made = MarkedFeed(
            title=fit(_("Search: %(words)s") % {"words": words or _("Everything")}, " "),
            link=settings.SITE_URL + search_path(search),
            description="",
            language=search.language,
            feed_url=settings.SITE_URL + reverse("feeds:search", args=[search.token]),
            feed_guid=search.key.urn,
            kept_at=search.created_at,
        )
        for match in newest_matches(search)[:NEWEST]:
            _add(made, search, match)
    return made.writeString("utf-8").encode()


def _add(made: MarkedFeed, search: SavedSearch, match: Match) -> None:
    document = match.document
    made.add_item(
        title=fit(document.title, " "),
        link=settings.SITE_URL + passage_url(search, match),
        description=str(KINDS.get(document.kind, "")),
        unique_id=uuid5(search.key, match.thing).urn,
        pubdate=match.found_at,
        updateddate=match.found_at,
        language=document.language,
    )
