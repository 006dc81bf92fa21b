"""From the home page to a receipt by links and forms alone, as a browser without JavaScript goes."""

import gzip
import html.parser
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from portal.accounts.models import User
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from tests.accounts.test_signin import PASSWORD
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY

LIMIT = 100_000
ASKED = {"text", "email", "password", "search", "radio", "checkbox", "textarea", "select"}
TYPED = {"title": "A counter for papers", "body": BODY, "password": PASSWORD}


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)


class Reader(html.parser.HTMLParser):
    """The links of a page, and its forms that are sent by POST with what stands in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(told.get("href", ""))
        elif tag == "form":
            self.open = Form(told.get("action", "")) if told.get("method") == "post" else None
            self.forms += [self.open] if self.open else []
        elif self.open and (name := told.get("name") or self.select):
            self._field(self.open, tag, name, told)

    def _field(self, form: Form, tag: str, name: str, told: dict[str, str]) -> None:
        kind = told.get("type", "text") if tag == "input" else tag
        if tag == "option":
            form.fields |= {name: told["value"]} if "selected" in told else {}
            return
        self.select = name if tag == "select" else self.select
        form.asked |= {name} if kind in ASKED else set()
        is_chosen = kind not in {"radio", "checkbox"} or "checked" in told
        form.fields |= {name: told.get("value", "")} if tag == "input" and is_chosen else {}

    def handle_endtag(self, tag: str) -> None:
        self.open = None if tag == "form" else self.open
        self.select = "" if tag == "select" else self.select


@dataclass
class Way:
    """What somebody has met so far: pages, fields on them, bytes with each file of ours once."""

    client: Client
    pages: list[str] = field(default_factory=list)
    asked: set[tuple[str, str]] = field(default_factory=set)
    files: dict[str, int] = field(default_factory=dict)
    size: int = 0

    def open(self, path: str) -> Reader:
        return self._met(self.client.get(path, follow=True), path)

    def send(self, form: Form, **typed: str) -> Reader:
        path = form.action or self.pages[-1]
        return self._met(self.client.post(path, form.fields | typed, follow=True), path)

    def _met(self, response: Any, path: str) -> Reader:
        assert response.status_code == 200
        told = getattr(response, "redirect_chain", [])
        self.pages.append(told[-1][0] if told else path)
        self.size += len(gzip.compress(response.content, 6))
        for name in re.findall(r'(?:href|src)="/static/([^"]+)"', response.text):
            self.files[name] = len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 6))
        page = Reader(response.text)
        self.asked |= {(urlsplit(self.pages[-1]).path, name) for form in page.forms for name in form.asked}
        return page


def link(page: Reader, wanted: str) -> str:
    return next(href for href in page.links if re.fullmatch(wanted, unquote(href)))


@pytest.mark.long
def test_the_way_from_home_to_a_receipt_is_short(
    client: Client, focal_point: User, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    way = Way(client)
    home = way.open("/en/")
    consultation = way.open(link(home, r"/en/consultations/[a-z0-9-]+/"))
    question = way.open(link(consultation, r".*/question-1/"))
    door = way.open(link(question, r".*/desk/interventions/new/\?question=.*"))
    start = way.send(max(door.forms, key=lambda form: len(form.asked)), login=focal_point.email, **TYPED)
    step = way.send(_main(start))
    check = way.send(_main(step), **TYPED)
    receipt = way.send(_main(check))
    row = Intervention.objects.get()
    assert (row.state, row.language, row.country) == ("submitted", "en", organization.country)
    assert way.pages[-1].endswith("/receipt/")
    assert len(receipt.forms) <= len(check.forms)
    assert (len(way.pages), len(way.asked)) == (8, 7)
    assert way.size + sum(way.files.values()) <= LIMIT


def _main(page: Reader) -> Form:
    """The form that goes on; the page's own, not one of its frame."""
    return next(form for form in page.forms if not form.action)
