"""What the box offers while somebody types: titles shown to the reader, and terms of the glossary."""

import logging
from collections.abc import Iterable, Iterator

from search.engines import fallback
from search.engines.base import EngineUnavailable
from search.engines.documents import PUBLIC
from search.index import outbox
from search.results.glossary_cache import glossary
from search.results.query_parser import clean
from search.results.visibility import public_ids
from search.text import analysis

MOST = 8
MOST_TERMS = 3
LONGEST = 100
logger = logging.getLogger(__name__)


def suggestions(text: str, ui: str, *, visibility: tuple[str, ...] = (PUBLIC,)) -> list[str]:
    """At most eight searches that begin like this one, each once however it is spelled."""
    typed = clean(text[:LONGEST])
    words = analysis.folded(typed)
    if not words:
        return []
    offered = [*_terms(words, ui), *_titles(typed, ui, visibility)]
    return list({" ".join(analysis.folded(each)): each for each in reversed(offered)}.values())[::-1][:MOST]


def _terms(words: list[str], ui: str) -> list[str]:
    """Terms of the glossary whose words begin with these, in the reader's language."""
    wanted = " ".join(words)
    texts = (text for text in _known(ui) if " ".join(analysis.folded(text)).startswith(wanted))
    return sorted(texts, key=len)[:MOST_TERMS]


def _known(ui: str) -> Iterator[str]:
    for concept in glossary().concepts:
        yield from concept.terms.get(ui, ())


def _titles(typed: str, ui: str, visibility: tuple[str, ...]) -> Iterable[str]:
    is_behind = outbox.is_behind()
    try:
        titles = fallback.suggest(typed, visibility=visibility, shown_in=ui, limit=MOST)
    except EngineUnavailable as error:
        logger.warning("event=suggest_unavailable reason=%s", error)
        return []
    # What is withdrawn and not yet taken out of the index is offered to nobody.
    public = public_ids({each.id for each in titles}) if is_behind else {each.id for each in titles}
    return [each.title for each in titles if each.id in public]
