"""The official texts of the process that a library should hold: a list of ours, without the texts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language

from portal.common.languages import DEFAULT

SOURCE = Path(__file__).with_name("official_texts.toml")


@dataclass(frozen=True, slots=True)
class OfficialText:
    """`title` is ours, in the reader's language; `url` leads to where it is published, if that is known."""

    key: str
    kind: str
    year: int
    title: str | Promise
    url: str = ""


@cache
def official_texts() -> tuple[OfficialText, ...]:
    """In the order of their years."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["texts"]
    made = (
        OfficialText(row["key"], row["kind"], row["year"], _named(row["title"]), row.get("url", ""))
        for row in rows
    )
    return tuple(sorted(made, key=lambda text: (text.year, text.key)))


def _spoken(titles: Mapping[str, str]) -> str:
    return titles.get((get_language() or DEFAULT).split("-")[0]) or titles[DEFAULT]


def _named(titles: Mapping[str, str]) -> Promise:
    named: Any = lazy(lambda: _spoken(titles), str)()
    return named  # type: ignore[no-any-return]
