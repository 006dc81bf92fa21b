"""Cuts a text into sentences that know their exact place in it. Pure; the screens of the desk call it."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from portal.conclusions.places import Place

# A sentence ends at its mark, with quotes and brackets that close behind it, or at the end of the line.
_END = re.compile(r"[.?!…]+[\"'”’»)\]]*(?=\s)|\n+")
# What ends in a full stop and no sentence: one letter, figures of a list, a few short words.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:\w|\d{1,3}|arts?|párr?|par|pp?|no|núm|mr|mrs|ms|dr|dra|sr|sra|st|vol|cf|ej|ex|etc|vs)\.$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[Place]:
    """In their order, without the space around them; together they hold every word of the text."""
    ends = [0, *_ends(text), len(text)]
    pieces = (_bare(text, start, end) for start, end in pairwise(ends))
    return [piece for piece in pieces if piece.start < piece.end]


def joined(places: Iterable[Place], text: str) -> list[Place]:
    """Neighbours with nothing but space between them become one."""
    runs: list[Place] = []
    for place in sorted(places, key=lambda place: place.start):
        if runs and not text[runs[-1].end : place.start].strip():
            runs[-1] = Place(runs[-1].start, max(runs[-1].end, place.end))
        else:
            runs.append(place)
    return runs


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        is_line = match.group().startswith("\n")
        if is_line or not _ABBREVIATION.search(text[max(0, match.start() - 8) : match.end()]):
            yield match.end()


def _bare(text: str, start: int, end: int) -> Place:
    piece = text[start:end]
    ahead = len(piece) - len(piece.lstrip())
    return Place(start + ahead, start + max(ahead, len(piece.rstrip())))
