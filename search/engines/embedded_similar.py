"""Words of the embedded index that are nearly the same as another; for `search.engines.embedded` only.

The index tells which passages hold such a word, not which word it is: it is read in the passage, left out
of the question, and the question asked again. That takes some milliseconds however large the index is;
a rare word that stands only beside others found before can be missed.
"""

from collections.abc import Iterator

import tantivy

from search.engines.embedded_query import BRICKS
from search.engines.embedded_schema import SCHEMA, passage_of, title_of
from search.text import analysis

FURTHEST, SHORTEST = 2, 3
_ROUNDS, _ROWS = 12, 10


def similar(searcher: tantivy.Searcher, word: str, limit: int) -> tuple[str, ...]:
    """See `search.engines.base.Engine.similar`."""
    folded = analysis.folded(word)
    if len(folded) != 1 or len(folded[0]) < SHORTEST:
        return ()
    nearest: list[str] = []
    for distance in range(1, FURTHEST + 1):
        if len(nearest) < limit:
            similar_words = set(_within(searcher, folded[0], distance, known=[folded[0], *nearest]))
            frequency = {each: searcher.doc_freq("exact", each) for each in similar_words}
            nearest += sorted(similar_words, key=lambda each: (-frequency[each], each))
    return tuple(nearest[:limit])


def _within(searcher: tantivy.Searcher, word: str, distance: int, known: list[str]) -> Iterator[str]:
    """Words of the index at that distance from the word that are not known yet."""
    near = tantivy.Query.fuzzy_term_query(SCHEMA, "exact", word, distance)
    for number in range(_ROUNDS):
        # The first time, passages with known words are read too: others may stand beside them.
        without = [BRICKS.term("exact", each) for each in known] if number else []
        query = BRICKS.both(must=[near], without=without)
        hits = searcher.search(query, limit=_ROWS, count=False).hits
        words = {each for _, row in hits for each in _words(searcher, row)}
        fresh = sorted(each for each in words if each not in known and is_near(word, each, distance))
        if not hits or (number and not fresh):
            return
        yield from fresh
        known = [*known, *fresh]


def _words(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Iterator[str]:
    row = searcher.doc(address)
    passage = passage_of(row, 0.0).passage
    for text in (passage.text, passage.heading, title_of(row)):
        yield from analysis.folded(text)


def is_near(word: str, other: str, distance: int) -> bool:
    """Whether one word becomes the other by so many letters changed, added, left out or swapped."""
    if abs(len(word) - len(other)) > distance:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, start=1):
        before, last, row = row, before, [number]
        for place, match in enumerate(other, start=1):
            steps = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != match))
            if last and place > 1 and letter == other[place - 2] and word[number - 2] == match:
                steps = min(steps, last[place - 2] + 1)
            row.append(steps)
        if min(row) > distance:
            return False
    return row[-1] <= distance
