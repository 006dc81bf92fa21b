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

ROOT = Path(__file__).parent.parent
TOP = {"urls", "wsgi", "api", "health", "settings", "templates"}
DOTTED = re.compile(r"((?:portal\.\w+)|search)(?:\.\w+)+")
URL_NAME = re.compile(r"(\w+):[\w-]+")
TEMPLATE = re.compile(r"(\w+)/[\w/.-]+\.(?:html|txt)")
QUOTED = re.compile(r"[\"']([^\"'\n]+)[\"']")


@cache
def app_order() -> dict[str, int]:
    """Rank by app, the lowest 0; `search` stands on top of all."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    rows = contracts["importlinter:contract:apps"]["layers"].split("\n")
    names = [name.strip() for row in rows for name in row.split("|") if name.strip()]
    apps = [f"portal.{name}" for name in reversed(names) if name not in TOP]
    return {name: rank for rank, name in enumerate([*apps, "search"])}


def app_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return "search" if parts[0] == "search" else f"portal.{parts[1]}"


@cache
def sources() -> list[Path]:
    files = [
        path
        for top in ("portal", "search")
        for kind in ("*.py", "*.html")
        for path in (ROOT / top).rglob(kind)
    ]
    return [path for path in files if "migrations" not in path.parts and app_of(path) in app_order()]


@cache
def namespaces() -> dict[str, str]:
    """The app that owns each URL namespace."""
    return {
        name: app_of(path)
        for path in sources()
        if path.suffix == ".py"
        for name in re.findall(r'^app_name = "(\w+)"', path.read_text(), re.MULTILINE)
    }


def strings_of(path: Path, text: str) -> Iterator[tuple[int, str]]:
    if path.suffix == ".html":
        yield from ((text[: found.start()].count("\n") + 1, found[1]) for found in QUOTED.finditer(text))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def named_app(text: str, owners: dict[str, str], order: dict[str, int]) -> str:
    """The app that a string names: by a dotted path, a URL name or a template; empty for any other string."""
    if found := DOTTED.fullmatch(text):
        return found[1]
    if (found := URL_NAME.fullmatch(text)) and found[1] in owners:
        return owners[found[1]]
    if (found := TEMPLATE.fullmatch(text)) and f"portal.{found[1]}" in order:
        is_shared = (ROOT / "portal" / "templates" / text).exists()
        return "" if is_shared else f"portal.{found[1]}"
    return ""


def upward_strings(path: Path, text: str) -> list[str]:
    order, owners = app_order(), namespaces()
    own = order[app_of(path)]
    return [
        f"{path.relative_to(ROOT)}:{line} {value!r}"
        for line, value in strings_of(path, text)
        if order.get(named_app(value, owners, order), -1) > own
    ]


@pytest.mark.parametrize("app", sorted(app_order()))
def test_no_string_names_a_higher_app(app: str) -> None:
    found = [
        row for path in sources() if app_of(path) == app for row in upward_strings(path, path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'NAME = "portal.pledges.domain.publish"',
        'reverse("moderation:queue")',
        'render(request, "moderation/queue.html")',
    ],
)
def test_a_string_that_names_a_higher_app_is_found(planted: str) -> None:
    assert upward_strings(ROOT / "portal" / "common" / "ids.py", planted) != []
