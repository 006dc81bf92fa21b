"""Cuts text into sentences and guiding questions. Pure; used by the concept note's parser only."""

import re
from dataclasses import dataclass

from portal.consultations.concept_note.tree import Question
from portal.consultations.concept_note.words import ENUMERATOR, INTERROGATIVE

_QUESTION_END = re.compile(r"[?!]*\?[?!]*[\"'”’»]*(?=\s|$|[A-ZÀ-Ý¿(\[\"“«])|[?!]*\?[?!]*[)\]](?=\s|$)")
_SENTENCE_END = re.compile(r"[.!…][\"'”’»)\]]*(?=\s+[\"'“«(¿¡]*[A-ZÀ-Ý0-9])")
_COLON = re.compile(r":\s*(?=\S)")
_CLOSED = re.compile(r"[.?!:;…][\"'”’»)\]]*$")
_URL = re.compile(r"\S+://\S+")


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a piece of text, and what it says without asking when it asks nothing."""

    questions: tuple[Question, ...]
    rest: str


def question_ends(text: str) -> list[int]:
    """Where each question of the text ends. A mark within brackets or an address ends none."""
    addresses = [found.span() for found in _URL.finditer(text)]
    ends: list[int] = []
    for found in _QUESTION_END.finditer(text):
        inside = any(start <= found.start() < end - 1 for start, end in addresses)
        before = text[: found.start()]
        start = ends[-1] if ends else 0
        open_bracket = before[start:].count("(") - before[start:].count(")")
        closes = found.group().endswith((")", "]"))
        if not inside and (open_bracket <= 0 or (closes and not text[found.end() :].strip())):
            ends.append(found.end())
    return ends


def asks(text: str) -> bool:
    return bool(question_ends(text))


def closed(text: str) -> bool:
    return bool(_CLOSED.search(text.strip()))


def open_tail(text: str) -> str:
    """What stands after the last question and is no whole sentence."""
    ends = question_ends(text)
    tail = text[ends[-1] :].strip() if ends else text.strip()
    return "" if closed(tail) else tail


def sentences(text: str) -> list[str]:
    """Sentences and titles: a colon ends one where a question or a capital follows."""
    cuts = {*question_ends(text), *(found.end() for found in _SENTENCE_END.finditer(text))}
    for found in _COLON.finditer(text):
        following = text[found.end() :]
        if INTERROGATIVE.match(following) or following.lstrip("\"'“«(¿¡")[:1].isupper():
            cuts.add(found.end())
    starts = [0, *sorted(cuts)]
    pieces = (text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
    return [piece for piece in pieces if piece]


def questions_of(text: str) -> Asked:
    """Every question with the sentences that lead to it; what follows the last one is its note."""
    found: list[Question] = []
    start = 0
    for end in question_ends(text):
        piece = without_enumerator(text[start:end].strip())
        if any(map(str.isalpha, piece)):
            found.append(Question(piece))
            start = end
    rest = text[start:].strip()
    if found and rest:
        found[-1] = Question(found[-1].text, rest)
        rest = ""
    return Asked(tuple(found), rest)


def without_enumerator(text: str) -> str:
    return ENUMERATOR.sub("", text, count=1)
