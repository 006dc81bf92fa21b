"""Who opened a form, and on which page: a signed mark in each form of the desk. Tags and middleware call it.

The mark is the proof that a text sent while signed out belongs to that account: only pages drawn for the
account hold it, so nobody can put a text into somebody else's desk.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest

from portal.common.typed.reading import Typed, is_desk

SALT = "portal.common.typed.writer"
LASTS = timedelta(days=30)
LONGEST_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Writer:
    """The account, and the address of the page that holds the form."""

    user_id: int
    page: str


def writer_of(mark: str) -> Writer | None:
    """None for a mark that is missing, not ours or too old."""
    try:
        user_id, page = signing.loads(mark, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Writer(user_id, page)


def mark_for(request: HttpRequest) -> str:
    """The mark for this answer's forms; empty outside the desk. A form that comes back keeps its page."""
    cached: str | None = getattr(request, "_writer_mark", None)
    if cached is None:
        cached = request._writer_mark = _mark(request)  # type: ignore[attr-defined]
    return cached


def signed_in(request: HttpRequest) -> int | None:
    """The account of a request; None also where the database cannot say."""
    try:
        return request.user.pk if request.user.is_authenticated else None
    except (DatabaseError, AttributeError):
        return None


def page_of(request: HttpRequest) -> str:
    """The address of a page as one signs and stores it."""
    full = request.get_full_path()
    return full if len(full) <= LONGEST_PAGE else request.path[:LONGEST_PAGE]


def _mark(request: HttpRequest) -> str:
    if not is_desk(request.path):
        return ""
    typed: Typed | None = getattr(request, "typed", None)
    before = writer_of(typed.writer) if typed else None
    user_id = signed_in(request)
    if typed and before and user_id in {None, before.user_id}:
        return typed.writer
    return signing.dumps([user_id, page_of(request)], salt=SALT, compress=True) if user_id else ""
