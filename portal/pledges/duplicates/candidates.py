"""Which pledges are worth comparing: they share a number, a party, place and year, or rare words. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Set

from portal.pledges.duplicates.comparing import LEAST, Corpus, Pair, corpus_of
from portal.pledges.duplicates.sides import Side

# What more share than this says nothing by itself.
MOST_SHARING = 400
MOST_WITH_WORD = 25


class Candidates:
    """All public pledges, to find those that one of them could be the same as."""

    def __init__(self, sides: Iterable[Side]) -> None:
        self.sides = {side.key: side for side in sides}
        self.corpus: Corpus = corpus_of(self.sides.values())
        self._blocks: dict[Hashable, list[Hashable]] = defaultdict(list)
        for side in self.sides.values():
            for block in _blocks(side, self.corpus):
                self._blocks[block].append(side.key)

    def near(self, key: Hashable) -> set[Hashable]:
        """Keys of what shares something with it."""
        shared = (self._blocks[block] for block in _blocks(self.sides[key], self.corpus))
        return {other for keys in shared if len(keys) <= MOST_SHARING for other in keys} - {key}

    def pairs(self, keys: Iterable[Hashable]) -> Iterator[Pair]:
        """Each pair once that one of these is in."""
        seen: set[frozenset[Hashable]] = set()
        for key in keys:
            for other in self.near(key):
                if (both := frozenset((key, other))) not in seen:
                    seen.add(both)
                    yield Pair(self.sides[key], self.sides[other], self.corpus)

    def likely(self, keys: Iterable[Hashable]) -> list[Pair]:
        """The likely ones of these pairs, the likeliest first."""
        rows = [pair for pair in self.pairs(keys) if pair.score >= LEAST]
        return sorted(rows, key=lambda pair: -pair.score)


def _blocks(side: Side, corpus: Corpus) -> Set[Hashable]:
    rare = (word for word in side.all_stems if 1 < corpus.uses[word] <= MOST_WITH_WORD)
    return {
        *(("number", number.rpartition("-")[2]) for number in side.numbers),
        *(("organization", key) for key in side.organizations),
        *(("place", place, side.year) for place in side.places),
        *(("word", word) for word in rare),
    }
