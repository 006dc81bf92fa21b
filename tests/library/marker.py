"""A marker of the kind `settings.LIBRARY_MARKER` names: finds the words of the query as they are."""

import re


def marks(text: str, query: str, ui_language: str, document_language: str, how: str) -> list[tuple[int, int]]:
    words = "|".join(map(re.escape, query.split()))
    return [found.span() for found in re.finditer(words, text, re.IGNORECASE)] if words else []
