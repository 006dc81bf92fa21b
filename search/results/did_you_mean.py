"""A better spelling when words are not found: only words that this reader can see are offered."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.engines import fallback
from search.engines.base import EngineUnavailable
from search.results.query_parser import Piece, clean, parse
from search.results.service import Answer, Hit, Notice, Question, preview
from search.text import analysis

# Every word and every candidate costs a search: so many of each are tried.
MOST_WORDS = 8
MOST_CANDIDATES = 5
SHORTEST = 3
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Correction:
    """The search that was perhaps meant, and how many documents it finds."""

    text: str
    documents: int


def correction(answer: Answer) -> Correction | None:
    """A search with the unknown words spelled like known ones; None when all are known or nothing helps."""
    relaxed = Notice.RELAXED in answer.notices
    if (answer.documents and not relaxed) or Notice.DOWN in answer.notices:
        return None
    question = answer.question
    try:
        spelled = dict(_spellings(question))
    except EngineUnavailable as error:
        logger.warning("event=similar_unavailable reason=%s", error)
        return None
    if not spelled:
        return None
    text = _respelled(question.text, spelled)
    corrected = preview(replace(question, text=text, page=1))
    if not corrected.documents or (answer.documents and Notice.RELAXED in corrected.notices):
        return None
    return Correction(text, corrected.documents)


def _spellings(question: Question) -> Iterator[tuple[str, str]]:
    """Each unknown word with the known one it is taken for."""
    words = dict.fromkeys(piece.text for piece in parse(question.text).pieces if _is_spelled(piece))
    for word in [word for word in list(words)[:MOST_WORDS] if not _hits(question, word)]:
        for candidate in fallback.similar(word, limit=MOST_CANDIDATES):
            if hits := _hits(question, f'"{candidate}"'):
                yield word, _as_written(candidate, hits[0])
                break


def _is_spelled(piece: Piece) -> bool:
    return piece.is_plain and len(piece.text) >= SHORTEST


def _hits(question: Question, text: str) -> tuple[Hit, ...]:
    """What a text alone finds for this reader, whatever else is chosen."""
    return preview(Question(text, question.ui, expand=False, visibility=question.visibility)).hits


def _as_written(candidate: str, hit: Hit) -> str:
    """The word with its accents, as the text that has it writes it."""
    texts = [(hit.title, hit.title_marks), *((each.text, each.marks) for each in hit.passages)]
    for text, marks in texts:
        for start, end in marks:
            if analysis.folded(text[start:end]) == [candidate]:
                return text[start:end].lower()
    return candidate


def _respelled(text: str, spelled: dict[str, str]) -> str:
    """The text with its words replaced; quotation marks, minus signs and all other words stay."""
    parts, end = [], 0
    for word in analysis.words(text):
        start = text.index(word, end)
        parts += [text[end:start], spelled.get(word, word)]
        end = start + len(word)
    return clean("".join([*parts, text[end:]]))
