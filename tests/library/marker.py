"""An answer to `words_sought`: finds the words of the query as they are."""

import re


def marks(text: str, query: str, **kwargs: object) -> list[tuple[int, int]]:
    words = "|".join(map(re.escape, query.split()))
    return [match.span() for match in re.finditer(words, text, re.IGNORECASE)] if words else []
