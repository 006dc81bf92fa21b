"""What import-linter cannot see: strings that name a higher app (dotted paths, URL names, templates).

The order of the apps is that of `.importlinter`; the wiring (`portal.urls`, settings) may name everybody.
"""

import ast
import configparser
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
TOP = {"urls", "wsgi", "api", "health", "settings", "templates"}
DOTTED = re.compile(r"((?:portal\.\w+)|search)(?:\.\w+)+")
URL_NAME = re.compile(r"(\w+):[\w-]+")
NAMING = re.compile(r"[\"'](?:portal|search)\.\w|[\"']\w+:[\w-]+[\"']|\.(?:html|txt)[\"']")
TAG = re.compile(r"\{%.*?%\}")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


@cache
def app_order() -> dict[str, int]:
    """Rank by app, the lowest 0; `search` stands between the apps that it reads and those that read it."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    layers = [contracts[f"importlinter:contract:{name}"]["layers"] for name in ("apps", "search_on_top")]
    of_apps, with_search = (re.findall(r"[\w.]+", each) for each in layers)
    apps = [f"portal.{name}" for name in reversed(of_apps) if name not in TOP]
    above = [name for name in apps if with_search.index(name) < with_search.index("search")]
    order = [*(name for name in apps if name not in above), "search", *above]
    return {name: rank for rank, name in enumerate(order)}


def app_of(path: Path) -> str:
    """The shared templates belong to the lowest app: every other extends them."""
    parts = path.relative_to(ROOT).parts
    if parts[:2] == ("portal", "templates"):
        return "portal.common"
    return "search" if parts[0] == "search" else f"portal.{parts[1]}"


@cache
def sources() -> list[Path]:
    files = [
        path
        for top in ("portal", "search")
        for kind in ("*.py", "templates/**/*.html", "templates/**/*.txt")
        for path in (ROOT / top).rglob(kind)
    ]
    return [path for path in files if "migrations" not in path.parts and app_of(path) in app_order()]


@cache
def namespaces() -> dict[str, str]:
    """The app that owns each URL namespace: written in its `urls.py`, or made for what it declares."""
    written = {
        name: app_of(path)
        for path in sources()
        if path.suffix == ".py"
        for name in re.findall(r'^app_name = "(\w+)"', path.read_text(), re.MULTILINE)
    }
    made = {
        f"{of.path}_desk": config.name
        for config in apps.get_app_configs()
        for of in getattr(config, "submission_types", tuple)()
    }
    return written | made


@cache
def templates() -> dict[str, str]:
    """The lowest app that holds a template of each name."""
    apps: dict[str, str] = {}
    for path in sorted(sources(), key=lambda path: app_order()[app_of(path)]):
        if "templates" in path.parts:
            start = path.parts.index("templates") + 1
            apps.setdefault("/".join(path.parts[start:]), app_of(path))
    return apps


def strings_of(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Of a template those inside its tags: there a quote never belongs to an attribute of the page."""
    if path.suffix == ".py":
        if not NAMING.search(text):  # few modules can name one, and the others need not be parsed
            return
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value
        return
    for tag in TAG.finditer(text):
        line = text[: tag.start()].count("\n") + 1
        yield from ((line, match[1] or match[2] or "") for match in QUOTED.finditer(tag[0]))


def named_app(text: str) -> str:
    """The app that a string names: by a dotted path, a URL name or a template; empty for any other string."""
    if match := DOTTED.fullmatch(text):
        return match[1]
    if match := URL_NAME.fullmatch(text):
        return namespaces().get(match[1], "")
    return templates().get(text, "")


def upward_strings(path: Path, text: str) -> list[str]:
    order = app_order()
    own = order[app_of(path)]
    return [
        f"{path.relative_to(ROOT)}:{line} {value!r}"
        for line, value in strings_of(path, text)
        if order.get(named_app(value), -1) > own
    ]


@pytest.mark.parametrize("app", sorted(app_order()))
def test_no_string_names_a_higher_app(app: str) -> None:
    upward = [
        row for path in sources() if app_of(path) == app for row in upward_strings(path, path.read_text())
    ]
    assert upward == []


@pytest.mark.parametrize(
    ("file", "planted"),
    [
        ("ids.py", 'NAME = "portal.pledges.domain.publish"'),
        ("ids.py", 'reverse("moderation:queue")'),
        ("ids.py", 'reverse("pledges_desk:new")'),
        ("ids.py", 'render(request, "moderation/queue.html")'),
        ("page.html", '<a class="x" href="{% url "saved:list" %}">Searches</a>'),
        ("page.html", "<a href='{% url 'interventions_desk:detail' key %}'>One</a>"),
        ("page.html", '{% extends "records/list.html" %}'),
        ("page.html", '{% include "moderation/text.html" with dossier=dossier only %}'),
        ("page.html", '{% include "search/results.html" %}'),
        ("mail.txt", '{% url "dossiers:list" as address %}'),
    ],
)
def test_a_string_that_names_a_higher_app_is_found(file: str, planted: str) -> None:
    for folder in ("common", "templates"):
        assert len(upward_strings(ROOT / "portal" / folder / file, planted)) == 1


def test_a_string_that_names_the_same_or_a_lower_app_is_allowed() -> None:
    page = '<a href="{% url "moderation:queue" %}" title="saved:list">{% include "desk/confirm.html" %}</a>'
    assert upward_strings(ROOT / "portal" / "desk" / "templates" / "desk" / "page.html", page) == []
