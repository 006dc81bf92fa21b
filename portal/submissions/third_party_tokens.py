"""The words, numbers and points of a text with their places, and what is pointed out in it; pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:[-'’][^\W\d_]+)*|\d[\d.,/-]*[^\W\d_]?|[.:;!?#\n]|[nN][º°]")
_ARTICLE = re.compile(r"^(?:[cdjlmnst]|qu)['’]")


class Kind(StrEnum):
    """What is pointed out; of two that overlap the first of these stands."""

    EMAIL = "email"
    PAPER = "paper"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text: `text[start:end]`."""

    start: int
    end: int
    kind: Kind


class Token:
    """A word, number or point; `low` is in small letters and without an article before an apostrophe."""

    __slots__ = ("end", "low", "start", "text")

    def __init__(self, match: re.Match[str]) -> None:
        self.text = match.group()
        self.start, self.end = match.span()
        self.low = _low(self.text)

    @property
    def is_name(self) -> bool:
        """Begins with a capital and goes on small, or is all capitals, as in a list of names."""
        return self.text[0].isupper() and (len(self.text) > 1 or self.text.isalpha())


def _low(text: str) -> str:
    low = text.lower()
    return _ARTICLE.sub("", low) if "'" in low or "’" in low else low


class Tokens:
    """Made when they are asked for, and once: of most words only the small letters are needed."""

    def __init__(self, text: str) -> None:
        self._matches = list(_TOKEN.finditer(text))
        self._made: list[Token | None] = [None] * len(self._matches)

    def __len__(self) -> int:
        return len(self._matches)

    def __getitem__(self, at: int) -> Token:
        token = self._made[at]
        if token is None:
            token = self._made[at] = Token(self._matches[at])
        return token

    def between(self, start: int, end: int) -> Iterator[Token]:
        return (self[at] for at in range(max(start, 0), min(end, len(self._matches))))

    def places_of(self, words: Collection[str]) -> Iterator[int]:
        return (at for at, match in enumerate(self._matches) if _low(match.group()) in words)
