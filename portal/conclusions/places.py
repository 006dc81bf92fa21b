"""Where a passage stands in a text, also after the text was edited or its lines broken anew. Pure."""

import hashlib
import re
from dataclasses import dataclass
from itertools import takewhile


@dataclass(frozen=True, slots=True)
class Place:
    """Characters `start` to `end` of a text."""

    start: int
    end: int

    def words_in(self, text: str) -> str:
        return text[self.start : self.end]


def same_words(one: str, other: str) -> bool:
    """Alike but for spaces and line breaks."""
    return one.split() == other.split()


def digest_of_words(words: str) -> str:
    """The same for the same words, whatever spaces and line breaks are between them."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()


def places_of(words: str, text: str) -> list[Place]:
    """Every place where the words stand, whatever spaces and line breaks are between them."""
    sought = " ".join(words.split())
    if not sought or len(sought) > len(text):
        return []
    runs = list(re.finditer(r"\s+|\S+", text))
    spaced = "".join(" " if run[0].isspace() else run[0] for run in runs)
    starts = [at for run in runs for at in ((run.start(),) if run[0].isspace() else range(*run.span()))]
    places, at = [], spaced.find(sought)
    while at >= 0:
        places.append(Place(starts[at], starts[at + len(sought) - 1] + 1))
        at = spaced.find(sought, at + 1)
    return places


def nearest(words: str, start: int, text: str) -> Place | None:
    """The place of the words that is nearest to where they stood; None when they are gone."""
    return min(places_of(words, text), key=lambda place: abs(place.start - start), default=None)


def moved(place: Place, old: str, new: str) -> Place | None:
    """Where the passage of `old` stands in `new`; None when its words are gone.

    Of several places the one whose surroundings are the same: an edit on one side of the passage never
    misleads, one on both sides leaves the place with the most of the old text around it.
    """
    candidates = places_of(place.words_in(old), new)
    before, after = _spaced(old[: place.start]), _spaced(old[place.end :])
    if not candidates:
        return None
    return max(candidates, key=lambda each: _likeness(each, new, before, after, place.start))


def _likeness(each: Place, new: str, before: str, after: str, start: int) -> tuple[bool, int, int]:
    ahead, behind = _spaced(new[: each.start]), _spaced(new[each.end :])
    is_whole_side = ahead == before or behind == after
    around = _alike(ahead[::-1], before[::-1]) + _alike(behind, after)
    return is_whole_side, around, -abs(each.start - start)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
