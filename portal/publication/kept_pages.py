"""Middleware: public pages as visitors get them, kept as long as nothing was written that they read.

A page is kept under its address with the state of the tables that public pages read (`watching`), the day
and the first moment at which the clock changes it (`lasting`). A visitor gets it where all three still hold:
one query, in every process, without a message between them. Kept is only what was made from watched tables.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.autoreload import file_changed
from django.utils.cache import patch_vary_headers, set_response_etag

from portal.common import lasting
from portal.common.languages import language_of
from portal.publication.watching import Execute, shown_state, tables_in, watched_tables

GetResponse = Callable[[HttpRequest], HttpResponse]
# As `GZipMiddleware` takes it.
_ACCEPTS_GZIP = re.compile(r"\bgzip\b")
PUBLIC = "public, no-cache"
# Compressed: with as many pages as the cache holds, a process keeps 64 MB at the very most.
LARGEST = 64 * 1024
# Rooms of those who are signed in, and pages that tell what is in no table: the index of the search.
ROOMS, NOT_OF_TABLES = frozenset({"desk"}), frozenset({"search"})


class Standing(NamedTuple):
    """What a page was made under. Days both by the clock of readers and by that of the server."""

    state: tuple[object, ...]
    days: tuple[date, date]

    @classmethod
    def at(cls, now: datetime) -> "Standing":
        """One query."""
        return cls(shown_state(), (now.date(), timezone.localdate(now)))


class KeptPage(NamedTuple):
    """As a tuple, which the cache reads back in half the time."""

    standing: Standing
    until: datetime | None
    headers: dict[str, str]
    compressed: bytes

    def holds(self, standing: Standing, now: datetime) -> bool:
        return self.standing == standing and (self.until is None or now < self.until)

    def response(self, request: HttpRequest) -> HttpResponse:
        """The mark of a compressed page is a weak one, as `GZipMiddleware` makes it."""
        body, headers = self.compressed, dict(self.headers)
        if _ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            headers |= {"Content-Encoding": "gzip", "ETag": f"W/{headers['ETag']}"}
        else:
            body = gzip.decompress(body)
        return HttpResponse(body, headers=headers | {"Content-Length": str(len(body))})


class KeptPages:
    """Public pages may be kept by browsers and proxies too, which ask each time whether they still stand."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.is_keeping = settings.KEEP_PAGES
        file_changed.connect(clear, dispatch_uid="a template or text of the kept pages")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (self.is_keeping and _is_a_visitor(request)):
            return self._made(request)
        now, pages, address = timezone.now(), caches["pages"], _address(request)
        try:
            standing = Standing.at(now)
        except DatabaseError:
            # The page itself says what readers are told then.
            return self._made(request)
        kept = pages.get(address)
        if kept is not None and kept.holds(standing, now):
            return kept.response(request)
        with tables_read() as tables, lasting.told_of() as clock:
            response = self._made(request)
        if _can_be_kept(response) and tables <= watched_tables():
            page = _page_of(response, standing, clock.until)
            if len(page.compressed) <= LARGEST:
                pages.set(address, page)
                return page.response(request)
        return response

    def _made(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_public(request) and response.status_code == 200 and not response.cookies:
            response.headers.setdefault("Cache-Control", PUBLIC)
        return response


def clear(**_told: object) -> None:
    """For who writes templates; what a server reads of files does not change while it runs."""
    caches["pages"].clear()


def _is_public(request: HttpRequest) -> bool:
    """By its address: everything below a language but the rooms."""
    return language_of(request.path_info) is not None and _room(request) not in ROOMS


def _room(request: HttpRequest) -> str:
    return (request.path_info.split("/")[2:3] or [""])[0]


def _is_a_visitor(request: HttpRequest) -> bool:
    """Who asks as everybody does. Searched words are marked by the words of an index (`MarkFoundWords`)."""
    meta = request.META
    is_known = meta.get("HTTP_COOKIE") or meta.get("HTTP_AUTHORIZATION")
    if request.method != "GET" or is_known or not _is_public(request):
        return False
    return _room(request) not in NOT_OF_TABLES and "q" not in request.GET


def _address(request: HttpRequest) -> str:
    """With the host as it was asked for, which stands in the page; it was allowed when the page was made."""
    meta = request.META
    names = ("SCRIPT_NAME", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "QUERY_STRING")
    told = [request.scheme or "", request.path_info, *(meta.get(name, "") for name in names)]
    return blake2b("\n".join(told).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _can_be_kept(response: HttpResponse) -> bool:
    """Left alone are files, which say when they were made, what a view keeps by a rule of its own and what it
    makes by what the reader's browser says.
    """
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and response.get("Cache-Control") == PUBLIC
        and {name.strip().lower() for name in response.get("Vary", "").split(",")} <= {"", "cookie"}
    )


def _page_of(response: HttpResponse, standing: Standing, until: datetime | None) -> KeptPage:
    set_response_etag(response)
    patch_vary_headers(response, ("Accept-Encoding",))
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return KeptPage(standing, until, headers, gzip.compress(response.content, mtime=0))


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """The tables that are named in what is asked of the database within it."""
    tables: set[str] = set()

    def note(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        tables.update(tables_in(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
