"""How alike two texts of one language are by their longer words. Pure; it suggests and never decides.

The search service stands above this app; these texts are a few hundred, so they are compared here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.conclusions.desk.sentences import sentences
from portal.conclusions.places import Place
from portal.consultations.note_matching import likeness, long_words

Key = TypeVar("Key")
# Below it two texts share the words of their subject only.
LEAST = 0.3
MOST = 10


@dataclass(frozen=True, slots=True)
class Alike(Generic[Key]):
    """Something alike, from 0 to 1."""

    key: Key
    score: float

    @property
    def percent(self) -> int:
        return round(100 * self.score)


def likest(text: str, others: Mapping[Key, str], *, most: int = MOST) -> list[Alike[Key]]:
    """Those of the other texts that are alike, the likest first."""
    words = long_words(text)
    scored = (Alike(key, likeness(words, long_words(other))) for key, other in others.items())
    rows = [row for row in scored if row.score >= LEAST]
    return sorted(rows, key=lambda row: -row.score)[:most]


def likest_sentence(text: str, within: str) -> tuple[Place, float] | None:
    """The sentence of a longer text that is most like the text; None where there is none."""
    words = long_words(text)
    scored = ((place, likeness(words, long_words(place.words_in(within)))) for place in sentences(within))
    return max(scored, key=lambda pair: pair[1], default=None)


def best(rows: Iterable[Alike[Key]]) -> list[Alike[Key]]:
    """The likest of rows that were compared one by one."""
    return sorted((row for row in rows if row.score >= LEAST), key=lambda row: -row.score)[:MOST]
