"""Reads who took part from the paragraph that says so: categories, how many of them, and their names.

Pure, used by the parser only.
"""

import re
from collections.abc import Sequence

from portal.conclusions.document.footnotes import MARK
from portal.conclusions.document.numbers import numbers_in, value_of
from portal.conclusions.document.participant_words import (
    CATEGORY,
    FIGURE_BEFORE,
    PERSONS,
    STATE,
    TOTAL,
)
from portal.conclusions.document.tree import Category, Node, Note
from portal.conclusions.enums import PartKind, Unit

_BRACKET = re.compile(r"^[^.;()]{0,120}?\((?P<text>[^()]{2,600})\)")
_LIST_END = re.compile(r"[.;]|\s(?:participated|participaron|participaram|ont participé)\b")
_SEPARATOR = re.compile(r",\s*(?:and|y|e|et)\s+|\s+(?:and|y|et)\s+|,\s*", re.IGNORECASE)
_FEWEST = 3


def mark_participants(parts: Sequence[Node]) -> Node | None:
    """The part that tells who took part: a section of that name, else the paragraph that lists most."""
    section = next((part for part in parts if part.kind == PartKind.PARTICIPANTS), None)
    if section is not None:
        return section
    front = [
        part
        for part in parts
        if part.kind in (PartKind.INTRODUCTION, PartKind.INAUGURATION, PartKind.SECTION)
    ]
    paragraphs = [child for part in front for child in part.children if len(_codes(child.body)) >= _FEWEST]
    best = max(paragraphs, key=lambda node: _weight(node.body), default=None)
    if best is None or not numbers_in(best.body):
        return None
    best.kind = PartKind.PARTICIPANTS
    return best


def read_categories(node: Node) -> list[Category]:
    """The categories in the order of the text, each once: where it is given with a figure, if anywhere."""
    notes = {note.number: note for below in node.nodes() for note in below.notes}
    categories: dict[str, Category] = {}
    for text in (below.body for below in node.nodes() if below.body):
        for category in _of_paragraph(text, notes):
            known = categories.get(category.code)
            if known is None or (known.count is None and category.count is not None):
                categories[category.code] = category
    return list(categories.values())


def _codes(text: str) -> set[str]:
    return {match.lastgroup or "" for match in CATEGORY.finditer(text)}


def _weight(text: str) -> tuple[int, int]:
    return len(MARK.findall(text)) + len(numbers_in(text)), len(_codes(text))


def _of_paragraph(text: str, notes: dict[str, Note]) -> list[Category]:
    matches = list(CATEGORY.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [_category(text, match, end, notes) for match, end in zip(matches, ends, strict=True)]


def _category(text: str, match: re.Match[str], end: int, notes: dict[str, Note]) -> Category:
    code = match.lastgroup or ""
    behind = text[match.end() : end]
    before = FIGURE_BEFORE.search(text[: match.start()])
    bracket = _BRACKET.match(behind)
    mark = MARK.search(behind)
    names = notes[mark["number"]].text if mark and mark["number"] in notes else ""
    within = numbers_in(match[0])
    count = value_of(before["number"]) if before else within[0][0] if within else None
    unit = Unit.PERSONS if code == TOTAL else Unit.BODIES
    listed = [] if code != STATE or count is not None else _names(behind)
    if count is None and bracket and (figures := numbers_in(bracket["text"])):
        count = figures[0][0]
        unit = Unit.PERSONS if PERSONS.search(bracket["text"]) else unit
    if len(listed) > 1:
        count, names = len(listed), ", ".join(listed)
    said = text[before.start() if before else match.start() : match.end()]
    note = f"{said} ({bracket['text']})" if bracket else said
    return Category(code, count, unit, MARK.sub("", note).strip(), names)


def _names(text: str) -> list[str]:
    """The countries of a list that runs to the end of its sentence."""
    end = _LIST_END.search(text)
    names = [name.strip() for name in _SEPARATOR.split(text[: end.start()] if end else text)]
    return [name for name in names if name[:1].isupper() and len(name.split()) <= 5]
