"""What every builder gives, and the parts that builders share."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from wagtail.models import Page

from portal.cms.queries import hidden_paths, is_hidden
from portal.cms.routing import Roots, public_path, root_paths
from portal.common.languages import CODES
from portal.common.passages import split_passages
from search.engines.documents import IndexDocument, Passage
from search.index.builders.listings import is_listing


@dataclass(frozen=True, slots=True)
class Built:
    """`absent` are ids the thing could have in the index and must not have."""

    documents: tuple[IndexDocument, ...] = ()
    absent: tuple[str, ...] = ()


class Surroundings:
    """What many things share while a batch is read: addresses, hidden branches, places in the tree.

    Made after the clock has ticked and used for that batch alone.
    """

    def __init__(self) -> None:
        self.places: dict[str, dict[str, tuple[str, ...]]] = {}

    @cached_property
    def roots(self) -> Roots:
        return root_paths()

    @cached_property
    def hidden(self) -> frozenset[str]:
        return hidden_paths()

    def is_public(self, page: Page) -> bool:
        return not is_hidden(page.path, self.hidden) and bool(public_path(page.url_path, self.roots))


class Builder(Protocol):
    def key_of(self, identity: str) -> str | None:
        """The key of the thing an index id stands for; None when this source knows no such thing."""

    def keys(self) -> Iterator[str]:
        """The key of everything this source may have in the index."""

    def build(self, key: str, version: int, around: Surroundings) -> Built: ...


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text for `split_passages`."""

    text: str
    heading: bool = False
    page: int | None = None


def version_id(identity: str, language: str) -> str:
    """The id of a thing's version in one language; the part before the stroke is the thing's own."""
    return f"{identity}/{language}"


def identity_of(document_id: str) -> str:
    return document_id.partition("/")[0]


def built(identity: str, documents: Iterable[IndexDocument]) -> Built:
    """The documents, and the languages the thing does not have."""
    made = tuple(documents)
    ids = {document.id for document in made}
    every = (version_id(identity, language) for language in CODES)
    return Built(made, tuple(each for each in every if each not in ids))


def shown_in(language: str, original: str, languages: Collection[str]) -> tuple[str, ...]:
    """The readers who are shown this version: its own, and from the original those without theirs."""
    missing = tuple(code for code in CODES if code not in languages) if language == original else ()
    return (language, *missing)


def passages_of(blocks: Iterable[Block]) -> tuple[Passage, ...]:
    """Passages of a text that has no place to open it at."""
    return tuple(
        Passage(
            passage.text,
            passage.position,
            passage.page,
            passage.heading,
            is_listing=is_listing(passage.text, passage.heading),
        )
        for passage in split_passages(blocks)
    )


def paragraphs(text: str) -> list[Block]:
    return [Block(part.strip()) for part in text.split("\n") if part.strip()]
