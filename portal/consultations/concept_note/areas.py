"""Reads what stands under one segment: its introduction, thematic areas and guiding questions.

A block opens an area when it carries a title: a heading, a bold beginning, a label such as "Thematic
area 2:", a list item or line that names what the questions behind it are about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from portal.consultations.concept_note.sentences import (
    asks,
    questions_of,
    sentences,
    without_enumerator,
)
from portal.consultations.concept_note.tree import Area, Paragraph
from portal.consultations.concept_note.vocabulary import AREA_LABEL, INTERROGATIVE, LABEL, has_verb
from portal.library.extraction import Block

_LONGEST_TITLE = 40
_TITLE_END = " .:;–—-"


class Role(Enum):
    """What a block is within its segment."""

    TEXT = auto()
    LABEL = auto()
    QUESTIONS = auto()
    AREA = auto()


@dataclass(slots=True)
class Reading:
    """A block with its role; for an area its title and the text behind it."""

    block: Block
    role: Role = Role.TEXT
    title: str = ""
    rest: str = ""


@dataclass(slots=True)
class Body:
    """What a segment holds; `unplaced` are texts with their place among the segment's blocks."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    unplaced: list[tuple[int, str]] = field(default_factory=list)


def read_body(blocks: Sequence[Block], *, segment_title: str, segment_level: int, language: str) -> Body:
    readings = classify(blocks, language)
    body = Body()
    ended = False
    for at, reading in enumerate(readings):
        if ended or _ends_segment(reading, body, segment_level):
            ended = True
            body.unplaced.append((at, reading.block.text))
        elif reading.role is Role.LABEL:
            body.unplaced.append((at, reading.block.text))
        elif reading.role is Role.AREA:
            _open_area(body, reading)
        elif reading.role is Role.QUESTIONS:
            _ask(body, reading.block.text, segment_title)
        else:
            _say(body, at, readings)
    return body


def _ends_segment(reading: Reading, body: Body, segment_level: int) -> bool:
    """A heading as high as the segment's own that opens no area, such as "IV. Expected results"."""
    block = reading.block
    is_text = reading.role is Role.TEXT and block.heading
    return is_text and bool(body.areas) and bool(segment_level) and block.level <= segment_level


def _open_area(body: Body, reading: Reading) -> None:
    label = AREA_LABEL.match(reading.title)
    title = reading.title[label.end() :] if label else reading.title
    asked = questions_of(reading.rest)
    paragraphs = (Paragraph(asked.rest),) if asked.rest else ()
    title = without_enumerator(title).strip(_TITLE_END)
    body.areas.append(Area(title, label.group().strip() if label else "", paragraphs, asked.questions))


def _ask(body: Body, text: str, segment_title: str) -> None:
    asked = questions_of(text)
    if not body.areas:
        body.areas.append(Area(segment_title))
    area = body.areas[-1]
    body.areas[-1] = replace(area, questions=area.questions + asked.questions)


def _say(body: Body, at: int, readings: Sequence[Reading]) -> None:
    """A block that asks nothing: introduction of segment or area, lead-in of a question, or unplaced."""
    block = readings[at].block
    if not body.areas:
        body.paragraphs.append(Paragraph(block.text, block.item))
        return
    following = readings[at + 1] if at + 1 < len(readings) else None
    if block.text.endswith(":") and following and following.role is Role.QUESTIONS:
        following.block = replace(following.block, text=f"{block.text} {following.block.text}")
    elif not body.areas[-1].questions and not block.heading:
        area = body.areas[-1]
        body.areas[-1] = replace(area, paragraphs=(*area.paragraphs, Paragraph(block.text, block.item)))
    else:
        body.unplaced.append((at, block.text))


def classify(blocks: Sequence[Block], language: str) -> list[Reading]:
    """The role of every block, seen from the end: a title is one when questions follow it."""
    readings = [_first_look(block) for block in blocks]
    _take_inline_titles(readings, language)
    strong = _strong_titles(readings) >= max(1, _weak_titles(readings, language))
    for at in range(len(readings) - 1, -1, -1):
        reading = readings[at]
        if reading.role is not Role.TEXT:
            continue
        if _is_strong(reading):
            opens = _questions_follow(readings, at)
        else:
            weak = not strong or _like_an_area(reading, readings)
            opens = weak and _is_weak_title(reading.block, language) and _directly_asked(readings, at)
        if opens:
            reading.role, reading.title = Role.AREA, reading.block.text
    _pull_in_questions_before(readings)
    return readings


def _strong_titles(readings: Sequence[Reading]) -> int:
    return sum(
        _is_strong(reading) and (reading.role is Role.AREA or _questions_follow(readings, at))
        for at, reading in enumerate(readings)
    )


def _weak_titles(readings: Sequence[Reading], language: str) -> int:
    return sum(
        reading.role is Role.TEXT
        and not _is_strong(reading)
        and _is_weak_title(reading.block, language)
        and _directly_asked(readings, at)
        for at, reading in enumerate(readings)
    )


def _first_look(block: Block) -> Reading:
    text = block.text
    if LABEL.match(text):
        return Reading(block, Role.LABEL)
    if not asks(text):
        return Reading(block)
    lead = block.lead
    rest = text[len(lead) :].strip() if lead and text.startswith(lead) else ""
    if rest and not asks(lead) and not INTERROGATIVE.match(without_enumerator(lead)) and _parted(lead, rest):
        return Reading(block, Role.AREA, lead, rest.lstrip(_TITLE_END))
    label = AREA_LABEL.match(text)
    parts = sentences(text)
    if label and len(parts) > 1 and not INTERROGATIVE.match(text[label.end() :]):
        title = next((part for part in parts if text.index(part) + len(part) > label.end()), parts[0])
        end = text.index(title) + len(title)
        if not asks(title):
            return Reading(block, Role.AREA, text[:end], text[end:].strip())
    return Reading(block, Role.QUESTIONS)


def _parted(lead: str, rest: str) -> bool:
    """Whether a bold beginning stands apart from the text behind it, as a title does."""
    return lead[-1] in ".:;–—-" or rest[0] in ".:;–—-" or rest.lstrip('"“«(¿¡')[:1].isupper()


def _is_strong(reading: Reading) -> bool:
    """Marked as a title by its form, whatever it says."""
    block = reading.block
    if reading.role is Role.AREA:
        return bool(block.lead) or bool(AREA_LABEL.match(block.text))
    short = len(block.text.split()) <= _LONGEST_TITLE
    return (
        reading.role is Role.TEXT
        and short
        and (block.heading or block.lead == block.text or bool(AREA_LABEL.match(block.text)))
    )


def _questions_follow(readings: Sequence[Reading], at: int) -> bool:
    """Whether the next thing after a title, descriptions aside, is a question without a title of its own."""
    for reading in readings[at + 1 : at + 7]:
        if reading.role is Role.QUESTIONS:
            return True
        if reading.role is Role.AREA or _is_strong(reading):
            return False
    return False


def _directly_asked(readings: Sequence[Reading], at: int) -> bool:
    following = [reading for reading in readings[at + 1 : at + 3] if reading.role is not Role.LABEL]
    return bool(following) and following[0].role is Role.QUESTIONS


def _is_weak_title(block: Block, language: str) -> bool:
    """A line that only its wording shows to be a title."""
    text = block.text
    if len(text.split()) > _LONGEST_TITLE or INTERROGATIVE.match(text) or has_verb(text, language):
        return False
    if text.endswith((".", "…")):
        return block.item and len(sentences(text)) == 1
    return not text.endswith((";", ",", "!"))


def _like_an_area(reading: Reading, readings: Sequence[Reading]) -> bool:
    """A list item at the depth at which the marked titles of this segment stand."""
    depths = {other.block.level for other in readings if _is_strong(other) and other.block.item}
    return reading.block.item and reading.block.level in depths


def _take_inline_titles(readings: Sequence[Reading], language: str) -> None:
    """Items such as "Housing: what can be done?", where most items of that depth in the segment are so."""
    marked = [reading for reading in readings if reading.role is Role.AREA]
    candidates: dict[tuple[bool, int], list[tuple[Reading, str]]] = {}
    for reading in readings:
        if reading.role is Role.QUESTIONS:
            key = (reading.block.item, reading.block.level)
            candidates.setdefault(key, []).append((reading, _inline_title(reading.block, language)))
    shallowest = min((level for item, level in candidates if item), default=0)
    for (item, level), group in candidates.items():
        titled = [(reading, title) for reading, title in group if title]
        beside = any(reading.block.item == item and reading.block.level == level for reading in marked)
        nested = item and level > shallowest
        if nested or (marked and not beside) or len(titled) < (0.1 if beside else 0.6) * len(group):
            continue
        for reading, title in titled:
            rest = without_enumerator(reading.block.text)[len(title) :].strip()
            reading.role, reading.title, reading.rest = Role.AREA, title, rest


def _inline_title(block: Block, language: str) -> str:
    text = without_enumerator(block.text)
    parts = sentences(text)
    title = parts[0]
    if len(parts) < 2 or asks(title) or INTERROGATIVE.match(title):
        return ""
    if len(title.split()) > _LONGEST_TITLE or has_verb(title, language):
        return ""
    return title if title.endswith(":") or (block.item and title.endswith(".")) else ""


def _pull_in_questions_before(readings: Sequence[Reading]) -> None:
    """A plain paragraph that only also asks, before the first area, belongs to the introduction."""
    first = next((at for at, reading in enumerate(readings) if reading.role is Role.AREA), None)
    for reading in readings[:first] if first is not None else ():
        if reading.role is Role.QUESTIONS and not reading.block.item:
            parts = sentences(reading.block.text)
            if not all(asks(part) for part in parts):
                reading.role = Role.TEXT
