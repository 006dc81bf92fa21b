"""The page `/xx/data/api/`: how to ask the read API, by its own OpenAPI document; `portal.urls` wires it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.api import api
from portal.common.described import Described
from portal.common.languages import DEFAULT
from portal.publication.enums import RecordKind
from portal.publication.queries import published

ROOT = "/api/v1"
# Told once for all: who reads, and lists in parts.
SHARED = ("ui", "lang", "cursor", "size")
MOST_CODES = 12
MEANING = {
    304: gettext_lazy("Nothing has changed: what you have still stands."),
    400: gettext_lazy("The question cannot be read, or a cursor of the search was changed."),
    404: gettext_lazy("There is nothing at this address."),
    405: gettext_lazy("The API is for reading only: GET, HEAD and OPTIONS."),
    410: gettext_lazy("It was withdrawn. Its number and the day stay, its text does not."),
    422: gettext_lazy("A parameter or a value that does not exist. The reply names it and says why."),
    500: gettext_lazy("A failure on our side."),
    503: gettext_lazy("Search cannot answer at the moment. Please try again in a few minutes."),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """`allowed`: what may be given, in the signs of the API."""

    name: str
    text: str
    allowed: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API, in the words of its own document, which are English."""

    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    statuses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A call that can be copied into a terminal as it stands, and what it is answered."""

    text: Any
    command: str
    status: int


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """One query, for a record that the examples can name."""
    language = get_language() or DEFAULT
    context = {
        "described": Described(
            _("How to read everything that is public here with a program."), "TechArticle"
        ),
        "crumbs": [{"title": _("Open data"), "url": f"/{language}/data/"}, {"title": "API"}],
        "examples": examples(settings.SITE_URL, language),
        "groups": groups(),
        "shared": _shared(),
        "responses": [(str(status), MEANING[status]) for status in MEANING],
        "document": f"{ROOT}/openapi.json",
    }
    return render(request, "api/page.html", context)


def examples(site: str, language: str) -> list[Example]:
    """The one of a record only where there is one to name."""
    root = f"{site}{ROOT}"
    newest = published().filter(kind=RecordKind.PLEDGE).order_by("-pk").first()
    number = newest.public_id if newest else ""
    rows = [
        (_("Pledges of a country, ten at once"), f'"{root}/pledges?country=MX&size=10"', 200),
        (_("A search in all that is public"), f'"{root}/search?q=asylum&ui={language}&kind=document"', 200),
        *(
            [
                (_("One pledge"), f'"{root}/pledges/{number}?ui={language}"', 200),
                (
                    _("What it comes from and what became of it"),
                    f'"{root}/trace/{number}?ui={language}"',
                    200,
                ),
            ]
            if number
            else []
        ),
        (_("Only the headers, among them the ETag"), f'-I "{root}/organizations"', 200),
        (_("A code that does not exist is refused"), f'"{root}/pledges?country=mx"', 422),
    ]
    return [Example(text, f"curl {call}", status) for text, call, status in rows]


@cache
def groups() -> tuple[tuple[str, tuple[Address, ...]], ...]:
    """Every address by its tag, in the order of the document."""
    document = api.get_openapi_schema(path_prefix=f"{ROOT}/")
    by_tag: dict[str, list[Address]] = {}
    for path, methods in document["paths"].items():
        told = methods["get"]
        by_tag.setdefault(told["tags"][0], []).append(_address(path, told))
    return tuple((name, tuple(rows)) for name, rows in by_tag.items())


def _address(path: str, told: Mapping[str, Any]) -> Address:
    parameters = (_parameter(each) for each in told["parameters"] if each["name"] not in SHARED)
    text = re.sub(r"\s*\n\s*", " ", told.get("description", "")).replace("`", "")
    return Address(path, told["summary"], text, tuple(parameters), tuple(sorted(told["responses"])))


def _parameter(told: Mapping[str, Any]) -> Parameter:
    allowed = ", ".join(_allowed(told["schema"]))
    return Parameter(told["name"], told.get("description", ""), allowed, bool(told.get("required")))


def _allowed(schema: Mapping[str, Any]) -> Iterator[str]:
    codes = [str(code) for code in schema.get("enum", ()) if code != ""]
    yield from codes[:MOST_CODES]
    if len(codes) > MOST_CODES:
        yield "…"
    if "maximum" in schema:
        yield f"{schema.get('minimum', 0)}-{schema['maximum']}"


def _shared() -> list[tuple[str, str]]:
    return [
        ("ui, lang", _("The language of titles and addresses: es, en, pt or fr.")),
        ("size", _("How many rows at once, 1 to 200; 50 if you do not say.")),
        (
            "cursor",
            _("Leads to the next part. Do not make it yourself: follow “next” until it is null."),
        ),
    ]
