"""Addresses that lead from a saved search into the portal; mails, feeds and pages use them."""

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from portal.common.languages import DEFAULT
from portal.observatory.saved.models import Match, SavedSearch
from search.results.highlighting import AS_TYPED
from search.results.html_highlighting import FIRST_MARK
from search.results.query_params import question_of
from search.results.service import LONGEST_MARKED

_SALT = "saved.unsubscribe"


def search_path(search: SavedSearch) -> str:
    """The search page that asks what was kept, in the language it was kept in."""
    with override(search.language):
        path = reverse("search:results")
    return f"{path}?{search.address}" if search.address else path


def passage_url(search: SavedSearch, match: Match) -> str:
    """Opens the found document at its passage with the search's words marked, as the search page does."""
    query = dict(_marking(search.address))
    place = match.anchor or (FIRST_MARK if query else "")
    if match.anchor:
        query["passage"] = str(match.position)
    path = match.document.path.replace("{ui}", search.language)
    return f"{path}{'?' if query else ''}{urlencode(query)}{f'#{place}' if place else ''}"


def unsubscribe_token(person_id: int) -> str:
    """Signed and without an end: a mail can be old when somebody has had enough."""
    return Signer(salt=_SALT).sign(str(person_id))


def person_of(token: str) -> int | None:
    try:
        return int(Signer(salt=_SALT).unsign(token))
    except (BadSignature, ValueError):
        return None


@lru_cache(maxsize=1024)
def _marking(address: str) -> tuple[tuple[str, str], ...]:
    """What has the page of a found document mark the words of the question."""
    question = question_of(QueryDict(address), DEFAULT)
    if not question.text:
        return ()
    words = ("q", question.text[:LONGEST_MARKED])
    return (words,) if question.expand else (words, ("expand", AS_TYPED))


def feed_address(search: SavedSearch) -> str:
    return settings.SITE_URL + reverse("feeds:search", args=[search.token])
