"""Found documents as readers meet them: with marks, and with addresses that open them at each passage."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from search.engines.base import FoundDocument, FoundPassage
from search.results.highlighting import Matcher, Span
from search.results.html_highlighting import FIRST_MARK


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with the places of the found words, and the path that opens it with them marked."""

    text: str
    position: int
    page: int | None
    heading: str
    marks: tuple[Span, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """`id` is the thing's own, the same in every language."""

    id: str
    kind: str
    language: str
    title: str
    title_marks: tuple[Span, ...]
    url: str
    year: int | None
    facets: Mapping[str, tuple[str, ...]]
    details: Mapping[str, str]
    matched: int
    passages: tuple[ShownPassage, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """How found things are opened: the reader's language, and what has the same words marked there."""

    ui: str
    query: Mapping[str, str]
    matcher: Matcher


def hit_of(document: FoundDocument, opening: Opening) -> Hit:
    passages = tuple(_shown(document, passage, opening) for passage in document.passages)
    return Hit(
        id=document.id.partition("/")[0],
        kind=document.kind,
        language=document.language,
        title=document.title,
        title_marks=tuple(opening.matcher.spans(document.title, document.language)),
        url=passages[0].url if passages else document.path.replace("{ui}", opening.ui),
        year=document.year,
        facets=document.facets,
        details=document.details,
        matched=document.matched,
        passages=passages,
    )


def _shown(document: FoundDocument, hit: FoundPassage, opening: Opening) -> ShownPassage:
    passage = hit.passage
    return ShownPassage(
        text=passage.text,
        position=passage.position,
        page=passage.page,
        heading=passage.heading,
        marks=tuple(opening.matcher.spans(passage.text, document.language)),
        url=_url(document.path.replace("{ui}", opening.ui), opening, passage.anchor, passage.position),
    )


def _url(path: str, opening: Opening, anchor: str, position: int) -> str:
    """Opens the document at the passage with the same words marked."""
    query = {**opening.query, **({"passage": str(position)} if anchor else {})}
    place = anchor or (FIRST_MARK if opening.query else "")
    return f"{path}{'?' if query else ''}{urlencode(query)}{f'#{place}' if place else ''}"
