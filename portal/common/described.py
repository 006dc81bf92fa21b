"""What is told of a public page outside of it: to search engines, messengers and whoever keeps its address.

A view puts a `Described` into its context as `described`; a page that has none is described by its title.
Only what the page itself shows belongs into it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator

LONGEST = 180
VOCABULARY = "https://schema.org"
SITE = "Cartagena+40"


@dataclass(frozen=True, slots=True)
class Described:
    """`schema` is a type of schema.org, `facts` what it says beside name, description, address, language."""

    description: str = ""
    schema: str = "WebPage"
    facts: Mapping[str, Any] = field(default_factory=dict)


def plain(text: str) -> str:
    """One line without tags, no longer than search engines and messengers show."""
    return Truncator(" ".join(strip_tags(text.replace("<", " <")).split())).chars(LONGEST)


def graph(
    described: Described, *, title: str, description: str, url: str, language: str, crumbs: Iterable[Any]
) -> dict[str, Any]:
    """The page as JSON-LD, with the way down to it where it has one."""
    page = {
        "@type": described.schema,
        "name": title,
        "description": description,
        "url": url,
        "inLanguage": language,
        **described.facts,
    }
    way = _way(crumbs, url)
    return {"@context": VOCABULARY, "@graph": [page, *([way] if way else [])]}


def _way(crumbs: Iterable[Any], url: str) -> dict[str, Any] | None:
    """Crumbs are mappings or objects with `title` and `url`; the last one is the page itself."""
    steps = [(str(_of(each, "title")), str(_of(each, "url") or "")) for each in crumbs]
    if not steps:
        return None
    return {"@type": "BreadcrumbList", "itemListElement": _items(steps, url)}


def _items(steps: Sequence[tuple[str, str]], url: str) -> list[dict[str, Any]]:
    root = "/".join(url.split("/")[:3])
    return [
        {"@type": "ListItem", "position": place, "name": title, "item": f"{root}{path}" if path else url}
        for place, (title, path) in enumerate(steps, 1)
    ]


def _of(crumb: Any, name: str) -> Any:
    return crumb.get(name, "") if isinstance(crumb, Mapping) else getattr(crumb, name, "")
