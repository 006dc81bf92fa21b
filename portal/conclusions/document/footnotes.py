"""Takes the footnotes out of the blocks and marks their places as `[^number]`. Used by the parser only.

A note is marked by a superscript, by `[^1]`, or by a plain figure glued to the word before it: a figure is
one only where a paragraph begins with the same figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.conclusions.document.tree import Note
from portal.library.extraction import Block

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Not the square of "km²".
_SUPERSCRIPT = re.compile(r"(?<!\bm)(?<!\b[kc]m)[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_MARKED = re.compile(r"^\[\^(?P<number>[\w*]{1,6})\]:?+\s*(?P<text>\S.*)$", re.DOTALL)
# A note that says nothing.
_EMPTY = re.compile(r"^\[\^[\w*]{1,6}\]:\s*$")
_PLAIN = re.compile(r"^(?P<number>\d{1,2})\s?(?P<text>[\"“«(]?[^\W\d_].*)$", re.DOTALL)
_SECOND = re.compile(r"(?<=\S)\s+(?=\[\^[\w*]{1,6}\]:?\s*[\"“«(]?[A-ZÀ-Ý])")
MARK = re.compile(r"\[\^(?P<number>[\w*]{1,6})\]")


@dataclass(frozen=True, slots=True)
class Notes:
    """The blocks without the notes, and the notes in the order of the file; `empty` have no text."""

    blocks: list[Block]
    notes: list[Note]
    empty: list[Block]


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int
    number: str
    text: str


def take_notes(blocks: Sequence[Block]) -> Notes:
    marked = [part for block in map(_with_marks, blocks) for part in _parts(block)]
    text = "\n".join(block.text for block in marked)
    marked = [part for block in marked for part in _plain_parts(block, text)]
    sure = [_Candidate(at, *marks) for at, block in enumerate(marked) if (marks := _read(_MARKED, block))]
    taken = {candidate.at: candidate for candidate in sure}
    plain = [
        _Candidate(at, *marks)
        for at, block in enumerate(marked)
        if at not in taken and not block.item and (marks := _read(_PLAIN, block))
    ]
    for candidate in _in_sequence(plain, _place_plain(plain, marked)):
        taken[candidate.at] = candidate
    rest = [block for at, block in enumerate(marked) if at not in taken]
    empty = [block for block in rest if _EMPTY.match(block.text)]
    kept = [block for block in rest if not _EMPTY.match(block.text)]
    return Notes(kept, [Note(taken[at].number, taken[at].text) for at in sorted(taken)], empty)


def _with_marks(block: Block) -> Block:
    text, lead, tail = (
        _SUPERSCRIPT.sub(lambda match: f"[^{match[0].translate(_DIGITS)}]", words)
        for words in (block.text, block.lead, block.tail)
    )
    return replace(block, text=text, lead=lead, tail=tail)


def _parts(block: Block) -> list[Block]:
    """A block of several notes becomes one block for each."""
    if not _MARKED.match(block.text):
        return [block]
    return [replace(block, text=text, lead="", tail="") for text in _SECOND.split(block.text)]


def _plain_parts(block: Block, whole: str) -> list[Block]:
    """The same for plain figures, where the next figure too is glued to a word somewhere in the text."""
    begins = _PLAIN.match(block.text)
    if begins is None or block.item or not _is_marked(begins["number"], whole):
        return [block]
    texts, number = [block.text], int(begins["number"])
    while match := re.search(
        rf"(?<=[.!?;])\s+(?=(?:{number - 1}|{number + 1})\s?[\"“«(]?[A-ZÀ-Ý])", texts[-1]
    ):
        first, following = texts[-1][: match.start()], texts[-1][match.end() :]
        number = int(re.match(r"\d+", following)[0])  # type: ignore[index]
        if not _is_marked(str(number), whole):
            break
        texts[-1:] = [first, following]
    return [replace(block, text=text, lead="", tail="") for text in texts]


def _is_marked(number: str, whole: str) -> bool:
    return any(pattern.search(whole) for pattern in _places(number))


def _read(pattern: re.Pattern[str], block: Block) -> tuple[str, str] | None:
    match = pattern.match(block.text)
    return (match["number"], match["text"].strip()) if match else None


def _place_plain(candidates: Sequence[_Candidate], blocks: list[Block]) -> set[int]:
    """Marks the place of each note that is found, the nearest before it first; says which were found."""
    notes = {candidate.at for candidate in candidates}
    placed: set[int] = set()
    for candidate in candidates:
        before = [at for at in range(candidate.at - 1, -1, -1) if at not in notes]
        after = [at for at in range(candidate.at + 1, len(blocks)) if at not in notes]
        for pattern in _places(candidate.number):
            at = next((at for at in (*before, *after) if pattern.search(blocks[at].text)), None)
            if at is not None:
                text = pattern.sub(f"[^{candidate.number}]", blocks[at].text, count=1)
                lead = blocks[at].lead
                blocks[at] = replace(blocks[at], text=text, lead=lead if text.startswith(lead) else "")
                placed.add(candidate.at)
                break
    return placed


def _places(number: str) -> tuple[re.Pattern[str], ...]:
    """How a note's figure may stand in the text: glued to a word or bracket, behind a full stop, apart."""
    word, closing = r"(?<=[^\W\d_])", r"(?<=[)\]”\"’'»])"
    return (
        re.compile(rf"(?:{word}|{closing}){number}(?!\w|[.,]\d)"),
        re.compile(rf"(?:(?<=[^\W\d_][.,;])|(?<=[)\]”\"][.,;])){number}(?=\s|$)"),
        re.compile(rf"{closing}\s{number}(?=\s?[,.;:)]|\s|$)"),
    )


def _in_sequence(candidates: Sequence[_Candidate], placed: set[int]) -> list[_Candidate]:
    """Those that were placed, and one without a place whose number is missing between placed ones."""
    numbers = {int(candidate.number) for candidate in candidates if candidate.at in placed}
    return [
        candidate
        for candidate in candidates
        if candidate.at in placed
        or (
            len(numbers) > 1
            and int(candidate.number) not in numbers
            and min(numbers) - 1 <= int(candidate.number) <= max(numbers) + 1
            and any(abs(candidate.at - at) == 1 for at in placed)
        )
    ]
