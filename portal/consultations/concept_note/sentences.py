"""Cuts text into sentences and guiding questions. Pure; used by the concept note's parser only."""

import re
from dataclasses import dataclass

from portal.consultations.concept_note.tree import Question
from portal.consultations.concept_note.vocabulary import ENUMERATOR, INTERROGATIVE

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
    addresses = [match.span() for match in _URL.finditer(text)]
    ends: list[int] = []
    for match in _QUESTION_END.finditer(text):
        inside = any(start <= match.start() < end - 1 for start, end in addresses)
        before = text[: match.start()]
        start = ends[-1] if ends else 0
        open_bracket = before[start:].count("(") - before[start:].count(")")
        closes = match.group().endswith((")", "]"))
        if not inside and (open_bracket <= 0 or (closes and not text[match.end() :].strip())):
            ends.append(match.end())
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
    cuts = {*question_ends(text), *(match.end() for match in _SENTENCE_END.finditer(text))}
    for match in _COLON.finditer(text):
        following = text[match.end() :]
        if INTERROGATIVE.match(following) or following.lstrip("\"'“«(¿¡")[:1].isupper():
            cuts.add(match.end())
    starts = [0, *sorted(cuts)]
    pieces = (text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True))
    return [piece for piece in pieces if piece]


def questions_of(text: str) -> Asked:
    """Every question with the sentences that lead to it; what follows the last one is its note."""
    questions: list[Question] = []
    start = 0
    for end in question_ends(text):
        piece = without_enumerator(text[start:end].strip())
        if any(map(str.isalpha, piece)):
            questions.append(Question(piece))
            start = end
    rest = text[start:].strip()
    if questions and rest:
        questions[-1] = Question(questions[-1].text, rest)
        rest = ""
    return Asked(tuple(questions), rest)


def without_enumerator(text: str) -> str:
    return ENUMERATOR.sub("", text, count=1)
