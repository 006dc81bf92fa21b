"""Where a passage stands on its page, for the marks on the picture of it; pure.

A page tells its words in the order of the file, a passage those that were read from it: parted words are one
again, columns stand in their order. So runs of the same words are sought, not the text as a whole.
"""

import re
from difflib import SequenceMatcher

Span = tuple[int, int]
# Shorter runs stand by chance elsewhere on the page.
SHORTEST_RUN = 3
MOST_WORDS = 5_000
_WORD = re.compile(r"\w+")


def spans_of_passage(page: str, passage: str) -> list[Span]:
    """Where in the text of a page the words of the passage stand; empty where the page has none of them."""
    places = [word.span() for word in _WORD.finditer(page)][:MOST_WORDS]
    on_page = [page[start:end].casefold() for start, end in places]
    sought = [word.casefold() for word in _WORD.findall(passage)][:MOST_WORDS]
    least = min(SHORTEST_RUN, len(sought))
    runs = SequenceMatcher(None, on_page, sought, autojunk=False).get_matching_blocks()
    return [place for run in runs if run.size >= least for place in places[run.a : run.a + run.size]]
