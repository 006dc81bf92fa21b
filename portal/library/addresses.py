"""Addresses of passages that keep their meaning when the file of a document is replaced.

An address names the passage by its place and by a key of its words, so that it is found where it stands now.
"""

import hashlib
from urllib.parse import urlencode

from portal.library.models import LibraryDocument

_SIGNS = 8


def words_key(text: str) -> str:
    """Eight signs that stand for the words of a passage, however they are spaced."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:_SIGNS]


def passage_address(document_path: str, position: int, words: str = "", **kept: str) -> str:
    """Such as `/en/library/D-00007/p/12/?words=1a2b3c4d`. `kept` are the searched words."""
    query = {name: value for name, value in {**kept, "words": words}.items() if value}
    return f"{document_path}p/{position}/" + (f"?{urlencode(query)}" if query else "")


def place_of(document: LibraryDocument, position: int, words: str) -> int | None:
    """Where a passage stands now; None where its words are in no passage of the file as it is.

    Without words the place alone counts. The nearest one where the same words stand twice. One query.
    """
    if not words:
        return position if 1 <= position <= document.passages_count else None
    rows = document.passages.order_by("position").values_list("position", "text")
    places = [place for place, text in rows if words_key(text) == words]
    return min(places, key=lambda place: abs(place - position), default=None)
