"""What no page can read and no database can store never reaches a view."""

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portal.common.readable import ReadableRequest
from portal.submissions.history import turn_of
from portal.wsgi import application

ODD = (
    "base64",
    "rot13",
    "idna",
    "punycode",
    "undefined",
    "zlib",
    "unicode_escape",
    "utf-16",
    "x" * 300,
    "\x01",
)


def passed(request: HttpRequest) -> tuple[int, dict[str, Any]]:
    """The status, and what a view reads."""
    told: dict[str, Any] = {}

    def view(request: HttpRequest) -> HttpResponse:
        told.update(get=dict(request.GET), post=dict(request.POST), cookies=request.COOKIES)
        return HttpResponse()

    return ReadableRequest(view)(request).status_code, told


def answer_of(method: str, address: str, kind: str) -> tuple[int, str]:
    """As a server asks: the test client makes requests of its own class."""
    environ = RequestFactory().generic(method, address, b"a=b" * (method == "POST")).environ
    started: list[str] = []
    chunks = application(environ | {"CONTENT_TYPE": kind}, lambda status, headers: started.append(status))
    return int(started[0].split()[0]), b"".join(chunks).decode()


@pytest.mark.parametrize("charset", ODD)
def test_a_charset_that_is_none_of_text_is_refused_in_words(db: None, charset: str) -> None:
    kind = f"text/plain; charset={charset}"
    pages = [answer_of("GET", page, kind) for page in ("/en/?q=a", "/en/search/?q=%5Cud800")]
    pages += [answer_of("POST", page, kind) for page in ("/en/desk/", "/en/")]
    assert [(status, "This address cannot be read" in page) for status, page in pages] == [(400, True)] * 4
    status, told = answer_of("GET", "/api/v1/pledges?q=a", kind)
    assert (status, "detail" in json.loads(told)) == (400, True)


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", "us-ascii", "iso-8859-1", "windows-1252"])
def test_a_charset_of_text_is_read(charset: str) -> None:
    request = RequestFactory().get("/en/", CONTENT_TYPE=f"text/plain; charset={charset}")
    assert passed(request)[0] == 200


def test_what_no_database_stores_becomes_a_space_in_addresses_and_forms() -> None:
    factory = RequestFactory()
    form = factory.post("/en/?a%00=1%00", {"name": "a\x00b", "kept": "typed", "two": ["1", "\x002"]})
    assert passed(form) == (
        200,
        {
            "get": {"a ": ["1 "]},
            "post": {"name": ["a b"], "kept": ["typed"], "two": ["1", " 2"]},
            "cookies": {},
        },
    )
    coded = factory.generic("POST", "/en/", b"name=a%00b", content_type="application/x-www-form-urlencoded")
    assert passed(coded)[1]["post"] == {"name": ["a b"]}
    cookie = factory.get("/en/", headers={"cookie": r'sessionid="\000aaaaaaaa"; kept=1'})
    assert passed(cookie)[1]["cookies"] == {"kept": "1"}


def test_an_address_with_a_nul_is_nowhere(db: None, client: Client) -> None:
    page = client.get("/en/desk/interventions/%00/receipt/%00/")
    assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(("told", "page"), [("8f3a:4", "8f3a:4"), ("\x00ab:4", ""), ("x" * 30, "")])
def test_a_page_that_does_not_name_itself_as_pages_do_has_no_name(told: str, page: str) -> None:
    assert str(turn_of(told)) == page
