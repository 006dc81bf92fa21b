"""What an app hands to the ledger: plain data, already chosen for the public."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from portal.publication.enums import Relation
from portal.publication.kinds import ABOUT, MARKS


@dataclass(frozen=True, slots=True)
class Link:
    relation: str
    target: str


@dataclass(frozen=True, slots=True)
class Translated:
    """An official translation of a projection's title and texts."""

    language: str
    title: str
    texts: dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Projection:
    """The public face of one private object.

    `texts`, `facts` and `links` hold only what the kind declares; `organization_key` is the source key of
    a published organization; `summary` is plain text of at most 400 characters.
    """

    kind: str
    source_key: UUID
    language: str
    title: str
    summary: str
    year: int
    country: str = ""
    type_code: str = ""
    organization_key: UUID | None = None
    texts: dict[str, str | list[str]] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    translations: tuple[Translated, ...] = ()


def mark_facts(codes: Sequence[str]) -> dict[str, str]:
    """The fact of a kind that `is_marked`; nothing without marks."""
    return {MARKS: " ".join(codes)} if codes else {}


def mark_links(codes: Sequence[str]) -> list[Link]:
    return [Link(Relation.MARKED, code) for code in codes]


def about_facts(codes: Sequence[str]) -> dict[str, str]:
    """The fact of what is about something as a whole; nothing of anything else, so that its digest stays."""
    return {ABOUT: " ".join(codes)} if codes else {}


def about_links(codes: Sequence[str]) -> list[Link]:
    return [Link(Relation.ABOUT, code) for code in codes]


def summary_of(text: str, limit: int = 300) -> str:
    """The beginning of a text, cut at a word, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"
