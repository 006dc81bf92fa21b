"""Who opened a form, and on which page: a signed mark in each form of the desk. Tags and middleware call it.

The mark is the proof that a text sent while signed out belongs to that account: only pages drawn for the
account hold it, so nobody can put a text into somebody else's desk. A mark that leaks opens little: it is
good for the forms of its own page, for two weeks, and until the password changes.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.common.languages import DEFAULT, in_language
from portal.common.typed.reading import Typed, is_desk

SALT = "portal.common.typed.writer"
LASTS = timedelta(days=14)
LONGEST_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Writer:
    """The account, the address of the page that holds the form, and a trace of the account's password."""

    user_id: int
    page: str
    trace: str


def writer_of(mark: str) -> Writer | None:
    """None for a mark that is missing, not ours or too old."""
    try:
        user_id, page, trace = signing.loads(mark, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Writer(user_id, page, trace)


def still_opens(writer: Writer, action: str) -> bool:
    """Whether a form of the writer's page is sent there, and the account is what it was then."""
    page, action = (in_language(path_of(each), DEFAULT) for each in (writer.page, action))
    # All of the desk lies below its home, which has no form of its own.
    is_below = action.startswith(page) and page != f"/{DEFAULT}/desk/"
    if action != page and not is_below:
        return False
    user = get_user_model().objects.filter(pk=writer.user_id, is_active=True).first()
    return user is not None and constant_time_compare(_trace(user), writer.trace)


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


def path_of(address: str) -> str:
    return address.partition("?")[0]


def _trace(user: Any) -> str:
    """Changes with the password, and tells nothing about it."""
    return salted_hmac(SALT, user.get_session_auth_hash(), algorithm="sha256").hexdigest()[:24]


def _mark(request: HttpRequest) -> str:
    if not is_desk(request.path):
        return ""
    typed: Typed | None = getattr(request, "typed", None)
    before = writer_of(typed.writer) if typed else None
    user_id = signed_in(request)
    if typed and before and user_id in {None, before.user_id}:
        return typed.writer
    if user_id is None:
        return ""
    return signing.dumps([user_id, page_of(request), _trace(request.user)], salt=SALT, compress=True)
