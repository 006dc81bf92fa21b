"""Where a document is cited by what is public; whoever cites it stands above the library.

An app names in `document_citations` functions `(document, language) -> list[Cited]`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from portal.common.declarations import declared
from portal.library.models import LibraryDocument


@dataclass(frozen=True, slots=True)
class Cited:
    """A public thing that cites it. `position` is that of the passage, None where its words are gone.

    `lang` is the language of the title where it is not that of the reader.
    """

    number: str
    title: str
    url: str
    lang: str = ""
    position: int | None = None


Citing = Callable[[LibraryDocument, str], list[Cited]]


def cited_in(document: LibraryDocument, language: str) -> list[Cited]:
    """In the order of the passages; what cites the document without a place last."""
    citing: tuple[Citing, ...] = declared("document_citations")
    cited = {each for ask in citing for each in ask(document, language)}
    return sorted(cited, key=lambda each: (each.position is None, each.position or 0, each.number))
