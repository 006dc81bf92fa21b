"""Finds for each part of a file the part of the draft that it is. Used by `run` only.

In the file's own language: unchanged words first, then the same number, then the likest words. In another
language: the place in the structure; where counts differ, texts of like length.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from heapq import nlargest
from math import ceil

from portal.common.alignment import GAP, aligned, length_cost
from portal.common.digests import digest_of
from portal.conclusions.document import Node
from portal.conclusions.enums import PartKind
from portal.conclusions.trees import Branch
from portal.consultations.note_matching import likeness, long_words

Matches = dict[int, Branch]
ALIKE, ALIKE_IN_PLACE = 0.5, 0.3
# Pairs of one text that are weighed against those of the others.
_CANDIDATES = 40
_LEAVES = frozenset(
    {PartKind.RECOMMENDATION, PartKind.GOOD_PRACTICE, PartKind.PARAGRAPH, PartKind.PARTICIPANTS}
)
_FRAME = frozenset({PartKind.SEGMENT, PartKind.PRIORITY_AREA})
_OTHER_KIND = 0.4


def text_values(node: Node) -> dict[str, object]:
    return {"label": node.label[:80], "heading": node.heading, "body": node.body}


def match_words(
    nodes: Sequence[Node], branches: Sequence[Branch], language: str, kept: Collection[int] = ()
) -> Matches:
    """By `id` of the node. Every part that an import wrote and the file still has is matched.

    `kept` are parts that no file may push aside: at their number nothing else can stand.
    """
    matches = _unchanged(nodes, branches, language)
    roots = [branch for branch in branches if branch.part.parent_id is None]
    _match_level(nodes, roots, language, matches, kept)
    return matches


def match_structure(nodes: Sequence[Node], branches: Sequence[Branch], language: str) -> Matches:
    """Pairs the file with the tree of another language."""
    matches = _unchanged(nodes, branches, language)
    _pair_level(nodes, [branch for branch in branches if branch.part.parent_id is None], matches)
    return matches


def _unchanged(nodes: Sequence[Node], branches: Sequence[Branch], language: str) -> Matches:
    """Those that an import wrote word for word, wherever an editor has moved them since."""
    imported: dict[str, list[Branch]] = defaultdict(list)
    for branch in branches:
        text = branch.texts.get(language)
        if text is not None and text.import_digest:
            imported[text.import_digest].append(branch)
    matches: Matches = {}
    for node in (below for top in nodes for below in top.nodes()):
        same = imported.get(digest_of(text_values(node)))
        if same:
            matches[id(node)] = same.pop(0)
    return matches


def _match_level(
    nodes: Sequence[Node],
    branches: Sequence[Branch],
    language: str,
    matches: Matches,
    kept: Collection[int],
) -> None:
    taken = {id(branch) for branch in matches.values()}
    rest = {id(one): one for one in branches if id(one) not in taken and one.texts.get(language)}
    _match_places(nodes, rest, matches, lambda branch: branch.part.kind in _FRAME)
    pairs = sorted(_likely(nodes, list(rest.values()), language, matches), key=lambda pair: -pair[0])
    for _score, node, branch in pairs:
        if id(node) not in matches and id(branch) in rest:
            matches[id(node)] = rest.pop(id(branch))
    _match_places(nodes, rest, matches, lambda branch: branch.part.pk in kept)
    for node in nodes:
        children = matches[id(node)].children if id(node) in matches else []
        _match_level(node.children, children, language, matches, kept)


def _match_places(
    nodes: Sequence[Node], rest: dict[int, Branch], matches: Matches, may: Callable[[Branch], bool]
) -> None:
    """By kind and number alone."""
    places: dict[tuple[str, str], list[Branch]] = defaultdict(list)
    for branch in rest.values():
        if branch.part.number and may(branch):
            places[branch.part.kind, branch.part.number].append(branch)
    for node in nodes:
        same = places.get((node.kind, node.number))
        if id(node) not in matches and same:
            matches[id(node)] = rest.pop(id(same.pop(0)))


def _likely(
    nodes: Sequence[Node], rest: Sequence[Branch], language: str, matches: Matches
) -> Iterator[tuple[float, Node, Branch]]:
    """Pairs of like words with their score: for each node those in its place, and the likest elsewhere."""
    words = [long_words(f"{text.heading} {text.body}") for text in (one.texts[language] for one in rest)]
    index: dict[str, list[int]] = defaultdict(list)
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, branch in enumerate(rest):
        places[branch.part.kind, branch.part.number].append(at)
        for word in words[at]:
            index[word].append(at)
    for node in nodes:
        if id(node) in matches:
            continue
        said = long_words(f"{node.heading} {node.body}")
        in_place = set(places[node.kind, node.number])
        if not node.number:
            in_place &= _sharing(said, index, ALIKE_IN_PLACE)
        scored = []
        for at in in_place | _sharing(said, index, ALIKE):
            score = likeness(said, words[at])
            if score >= (ALIKE_IN_PLACE if at in in_place else ALIKE) and _may_pair(node, rest[at]):
                scored.append((score + (at in in_place), -at))
        for score, at in nlargest(_CANDIDATES, scored):
            yield score, node, rest[-at]


def _sharing(said: frozenset[str], index: Mapping[str, Sequence[int]], alike: float) -> set[int]:
    """Texts that may be so much alike: they share one of the rarer words.

    Of two texts that are alike by half, each has a third of its words in common with the other, so one
    at least of all but the most frequent third.
    """
    rarest = sorted(said, key=lambda word: (len(index.get(word, ())), word))
    common = ceil(len(said) * alike / (2 - alike))
    return {at for word in rarest[: len(said) - common + 1] for at in index.get(word, ())}


def _pair_level(nodes: Sequence[Node], branches: Sequence[Branch], matches: Matches) -> None:
    taken = {id(branch) for branch in matches.values()}
    left = [node for node in nodes if id(node) not in matches]
    rest = [branch for branch in branches if id(branch) not in taken]
    for node, branch in aligned(left, rest, _cost):
        matches[id(node)] = branch
    for node in nodes:
        _pair_level(node.children, matches[id(node)].children if id(node) in matches else [], matches)


def _cost(node: Node, branch: Branch) -> float:
    if not _may_pair(node, branch):
        return 3 * GAP
    text = branch.text()
    stored = f"{text.heading}{text.body}" if text else ""
    return length_cost(node.heading + node.body, stored) + _OTHER_KIND * (node.kind != branch.part.kind)


def _may_pair(node: Node, branch: Branch) -> bool:
    """A segment goes with the segment of its number only, and what holds parts with what holds parts."""
    if PartKind.SEGMENT in (node.kind, branch.part.kind):
        return node.kind == branch.part.kind and node.number == branch.part.number
    if PartKind.PRIORITY_AREA in (node.kind, branch.part.kind):
        return node.kind == branch.part.kind
    return (node.kind in _LEAVES) == (branch.part.kind in _LEAVES)
