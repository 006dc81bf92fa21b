"""Tables of words and endings, as the rules of each language use them; pure, for the stemmers only."""

SHORTEST = 3


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def table(text: str) -> dict[str, str]:
    return dict(entry.split(":") for entry in text.split())


def ending(word: str, endings: tuple[str, ...], before: int = SHORTEST) -> str | None:
    """The first of the endings that the word has after at least so many letters."""
    if not word.endswith(endings):
        return None
    return next((end for end in endings if word.endswith(end) and len(word) - len(end) >= before), None)


class Swaps:
    """Endings with what stands in their place, for words that keep at least so many letters before."""

    def __init__(self, text: str, before: int = SHORTEST) -> None:
        self._swaps = table(text)
        self._endings = tuple(sorted(self._swaps, key=lambda end: (-len(end), end)))
        self._before = before

    def of(self, word: str) -> str | None:
        """The word with its longest such ending swapped; None when it has none."""
        end = ending(word, self._endings, self._before)
        return None if end is None else word[: -len(end)] + self._swaps[end]
