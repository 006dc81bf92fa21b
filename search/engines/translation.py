"""From the query tree to an engine's queries: the meaning stands here once, an engine brings the bricks."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from search.engines.base import CONTEXT_WEIGHT
from search.engines.query_tree import All, AnyOf, Exact, Node, Phrase, Prefix, Query, Word
from search.text.analysis import LONGEST_TERM

Q = TypeVar("Q")


class Bricks(Protocol[Q]):
    """An engine's own queries. Scores add up in `both`, the best one counts in `best`."""

    def term(self, field: str, term: str) -> Q: ...

    def phrase(self, field: str, terms: Sequence[str]) -> Q: ...

    def beginning(self, field: str, beginning: str) -> Q:
        """Passages with a term that begins so, whatever their score: it is always made silent."""

    def both(self, must: Sequence[Q] = (), should: Sequence[Q] = (), without: Sequence[Q] = ()) -> Q: ...

    def best(self, queries: Sequence[Q]) -> Q: ...

    def scaled(self, query: Q, weight: float) -> Q: ...

    def silent(self, query: Q) -> Q:
        """The same matches with a score of nothing."""

    def everything(self) -> Q: ...


def text_query(query: Query, bricks: Bricks[Q]) -> Q:
    """Passages that answer the query, scored.

    A wanted word may stand in the passage or in its title and heading, but at least one stands in the
    passage itself: else every passage of a book on asylum would be found by the word in its title.
    """
    without = [_anywhere(node, bricks) for node in query.excluded]
    if not query.required:
        return bricks.both(must=[bricks.everything()], without=without)
    wanted = [_anywhere(node, bricks) for node in query.required]
    in_body = [
        query for node in query.required for leaf in _leaves(node) for query in _in_passage(leaf, bricks)
    ]
    if len(query.required) == 1 and isinstance(query.required[0], Word | Phrase | Exact | Prefix):
        body = in_body if len(in_body) == 1 else [bricks.both(should=in_body)]
        return bricks.both(must=body, should=_context(query.required[0], bricks), without=without)
    touched = bricks.silent(bricks.both(should=in_body))
    if query.relaxed:
        return bricks.both(must=[touched], should=wanted, without=without)
    return bricks.both(must=[touched, *wanted], without=without)


def _anywhere(node: Node, bricks: Bricks[Q]) -> Q:
    match node:
        case All(nodes):
            return bricks.both(must=[_anywhere(part, bricks) for part in nodes])
        case AnyOf(nodes):
            return bricks.best([_anywhere(part, bricks) for part in nodes])
        case Exact() | Prefix():
            return _in_passage(node, bricks)[0]
        case Word() | Phrase():
            return bricks.both(should=[*_in_passage(node, bricks), *_context(node, bricks)])


def _in_passage(leaf: Node, bricks: Bricks[Q]) -> list[Q]:
    """The leaf in the passage itself. The beginning of a word adds nothing to the score."""
    match leaf:
        case Prefix(beginning):
            return [bricks.silent(bricks.beginning("exact", beginning[:LONGEST_TERM]))]
        case Exact(words):
            return [_sequence("exact", words, bricks)]
    return [_sequence("body", terms, bricks) for terms in _sequences(leaf)]


def _context(leaf: Node, bricks: Bricks[Q]) -> list[Q]:
    if not isinstance(leaf, Word | Phrase):
        return []
    return [bricks.scaled(_sequence("context", terms, bricks), CONTEXT_WEIGHT) for terms in _sequences(leaf)]


def has_score(query: Query) -> bool:
    """Whether the passages that answer can differ in score."""
    leaves = [leaf for node in query.required for leaf in _leaves(node)]
    return any(not isinstance(leaf, Prefix) for leaf in leaves)


def _leaves(node: Node) -> Iterator[Word | Phrase | Exact | Prefix]:
    if isinstance(node, All | AnyOf):
        for part in node.nodes:
            yield from _leaves(part)
    else:
        yield node


def _sequences(leaf: Node) -> list[tuple[str, ...]]:
    match leaf:
        case Word(terms):
            return [(term,) for term in terms]
        case Phrase(terms):
            return [terms]
    return []


def _sequence(field: str, terms: Sequence[str], bricks: Bricks[Q]) -> Q:
    return bricks.term(field, terms[0]) if len(terms) == 1 else bricks.phrase(field, terms)
