"""Tells titles and labels from sentences: pure, used by the rooms of the parser only."""

import re
from dataclasses import dataclass, replace

from portal.conclusions.document.vocabulary import (
    AREA_LABEL,
    AREAS_LABEL,
    LONGEST_LABEL,
    PRACTICES_LABEL,
    RECOMMENDATIONS_LABEL,
)
from portal.consultations.concept_note.sentences import without_enumerator
from portal.consultations.concept_note.vocabulary import has_verb
from portal.library.extraction import Block

_LONGEST_RUN_IN, _LONGEST_TITLE = 24, 30
_COLON = re.compile(r":\s*(?=\S)")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*\s+[\"“«(¿¡]*[A-ZÀ-Ý]")
_STARTS = re.compile(r"^[\"“«(¿¡\s]*(?:[-–—•●]\s*)?[\"“«(¿¡]*[A-ZÀ-Ý0-9]")
_ENDS = re.compile(r"[.!?;][\"'”’»)]*\s+(?=[\"“«(¿¡]*[A-ZÀ-Ý])")
_END = " .:;–—-"


@dataclass(frozen=True, slots=True)
class Title:
    """A title with what was cut before it and the text that follows in the same block."""

    text: str
    label: str = ""
    rest: str = ""


def is_label(block: Block) -> bool:
    """A line that only names what follows: "Recommendations:", "Good practices", "Priority areas"."""
    text = block.text
    if len(text.split()) > LONGEST_LABEL or not (block.heading or block.lead == text or text.endswith(":")):
        return bool(len(text.split()) <= 3 and not block.item and _names_something(text))
    return _names_something(text)


def _names_something(text: str) -> bool:
    return any(pattern.match(text) for pattern in (RECOMMENDATIONS_LABEL, PRACTICES_LABEL, AREAS_LABEL))


def without_label_behind(block: Block) -> list[Block]:
    """A label that a PDF sets right behind a paragraph becomes a block of its own."""
    ends = list(_ENDS.finditer(block.text))
    label = block.text[ends[-1].end() :] if ends else ""
    if block.heading or not label.endswith(":") or not is_label(Block(label)):
        return [block]
    text = block.text[: ends[-1].end()].strip()
    return [replace(block, text=text, tail=""), Block(label, block.page)]


def whole_title(block: Block) -> Title | None:
    """The title of a block that is a heading, a line in bold, or labelled as in "Priority area 2"."""
    text = block.text
    labelled = AREA_LABEL.match(text)
    if labelled and (rest := text[labelled.end() :]):
        begun = run_in(rest, "", "") if len(rest.split()) > _LONGEST_RUN_IN else None
        title = begun or (Title(rest) if len(rest.split()) <= _LONGEST_TITLE else None)
        if title:
            return Title(title.text.strip(_END), labelled.group().strip(), title.rest)
    if block.item or not (block.heading or block.lead == text) or len(text.split()) > _LONGEST_TITLE:
        return None
    return _cut(text)


def run_in(text: str, lead: str, language: str) -> Title | None:
    """A title at the beginning of a block, in bold or before a colon."""
    if lead and lead != text and text.startswith(lead):
        rest = text[len(lead) :].lstrip()
        if len(lead.split()) <= _LONGEST_RUN_IN and (lead[-1] in ".:–—-" or rest[:1] in tuple(".:–—-")):
            return _cut(lead, rest.lstrip(_END) if rest[:1] in tuple(".:") else rest)
    for colon in _COLON.finditer(text):
        title, rest = text[: colon.start()], text[colon.end() :]
        if _is_title(title, language) and _STARTS.match(rest):
            return _cut(title, rest)
        break
    return None


def short_title(text: str, language: str) -> Title | None:
    """A whole block that is a title: it ends with a colon, or is short and ends no sentence."""
    if not _is_title(text.rstrip(" :"), language):
        return None
    if text.endswith(":") or (text[-1] not in ".;,!?" and len(text.split()) <= 14):
        return _cut(text)
    return None


def _is_title(text: str, language: str) -> bool:
    bare = without_enumerator(text)
    return (
        0 < len(bare.split()) <= _LONGEST_RUN_IN
        and bool(_STARTS.match(bare))
        and not _SENTENCE.search(bare)
        and not has_verb(bare, language)
        and not _names_something(bare)
    )


def _cut(text: str, rest: str = "") -> Title:
    bare = without_enumerator(text)
    return Title(bare.strip(_END), text[: len(text) - len(bare)].strip(), rest.strip())
