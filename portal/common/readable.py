"""The first middleware that reads a request: what no view or database can read is refused, or replaced.

A charset is one of four; an address with a NUL is nowhere. In values of address and form
NULs and halves of pairs, which PostgreSQL cannot store, become spaces; cookies with one are dropped. The API
refuses those of an address by itself.
"""

import codecs
import re
from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import parse_header_parameters

from portal.common import failures

GetResponse = Callable[[HttpRequest], HttpResponse]
READ = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NUL = "\x00"
# Left out, an address of mail would become another one; alone in a field it must count as nothing.
_INSTEAD = " "


class TextRequest(WSGIRequest):
    """Reads its address by no charset but those of text: Django does so before any middleware."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            self.content_type, self.content_params = "", {"charset": ""}
        if _is_read(self.content_params.get("charset")):
            super()._set_content_type_params(meta)  # type: ignore[misc]


class ReadableRequest:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_api = request.path_info.startswith("/api/")
        if not _is_read((request.content_params or {}).get("charset")):
            return failures.bad_request(request)
        if _NUL in request.path_info and not is_api:
            return _nowhere(request)
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if not _UNSTORABLE.search(f"{name}{value}")
        }
        if not is_api and request.META.get("QUERY_STRING"):
            request.GET = storable(request.GET)  # type: ignore[assignment]
        _clean_form_once_read(request)
        return self.get_response(request)


def _nowhere(request: HttpRequest) -> HttpResponse:
    response = failures.bad_request(request)
    response.status_code = 404
    return response


def storable(values: QueryDict) -> QueryDict:
    """The same, where nothing is to leave out."""
    if not any(_UNSTORABLE.search(f"{name}{value}") for name, rows in values.lists() for value in rows):
        return values
    told = QueryDict(mutable=True, encoding=values.encoding)
    for name, rows in values.lists():
        told.setlist(_UNSTORABLE.sub(_INSTEAD, name), [_UNSTORABLE.sub(_INSTEAD, value) for value in rows])
    told._mutable = False
    return told


def _is_read(charset: str | None) -> bool:
    try:
        return charset is None or codecs.lookup(charset).name in READ
    except (LookupError, ValueError):
        return False


def _clean_form_once_read(request: HttpRequest) -> None:
    """Django reads a form when it is first asked for, which a view may forbid or prepare."""
    read = request._load_post_and_files  # type: ignore[attr-defined]

    def read_and_clean() -> None:
        read()
        request._post = storable(request._post)  # type: ignore[attr-defined]

    request._load_post_and_files = read_and_clean  # type: ignore[attr-defined,method-assign]
