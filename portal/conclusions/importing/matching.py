"""Finds for each part of a file the part of the draft that it is. Used by `run` only.

In the file's own language: unchanged words first, then the same number, then the likest words. In another
language: the place in the structure; where counts differ, texts of like length.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from portal.common.alignment import GAP, aligned, length_cost
from portal.common.digests import digest_of
from portal.conclusions.document import Node
from portal.conclusions.enums import PartKind
from portal.conclusions.trees import Branch
from portal.consultations.note_matching import likeness, long_words

Matches = dict[int, Branch]
_ALIKE, _ALIKE_IN_PLACE = 0.5, 0.3
_LEAVES = frozenset(
    {PartKind.RECOMMENDATION, PartKind.GOOD_PRACTICE, PartKind.PARAGRAPH, PartKind.PARTICIPANTS}
)
_FRAME = frozenset({PartKind.SEGMENT, PartKind.PRIORITY_AREA})
_OTHER_KIND = 0.4


def text_values(node: Node) -> dict[str, object]:
    return {"label": node.label[:80], "heading": node.heading, "body": node.body}


def match_words(nodes: Sequence[Node], branches: Sequence[Branch], language: str) -> Matches:
    """By `id` of the node. Every part that an import wrote and the file still has is matched."""
    matches = _unchanged(nodes, branches, language)
    _match_level(nodes, [branch for branch in branches if branch.part.parent_id is None], language, matches)
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


def _match_level(nodes: Sequence[Node], branches: Sequence[Branch], language: str, matches: Matches) -> None:
    taken = {id(branch) for branch in matches.values()}
    rest = [branch for branch in branches if id(branch) not in taken and branch.texts.get(language)]
    for node in nodes:
        if id(node) not in matches and node.kind in _FRAME:
            same = (one for one in rest if one.part.kind == node.kind and one.part.number == node.number)
            _take(node, next(same, None), rest, matches)
    for _score, node, branch in sorted(_likely(nodes, rest, language, matches), key=lambda pair: -pair[0]):
        if id(node) not in matches and any(branch is one for one in rest):
            _take(node, branch, rest, matches)
    for node in nodes:
        children = matches[id(node)].children if id(node) in matches else []
        _match_level(node.children, children, language, matches)


def _likely(
    nodes: Sequence[Node], rest: Sequence[Branch], language: str, matches: Matches
) -> Iterator[tuple[float, Node, Branch]]:
    for node in nodes:
        if id(node) in matches:
            continue
        words = long_words(f"{node.heading} {node.body}")
        for branch in rest:
            text = branch.texts[language]
            score = likeness(words, long_words(f"{text.heading} {text.body}"))
            in_place = branch.part.kind == node.kind and branch.part.number == node.number
            if _may_pair(node, branch) and score >= (_ALIKE_IN_PLACE if in_place else _ALIKE):
                yield score + in_place, node, branch


def _take(node: Node, branch: Branch | None, rest: list[Branch], matches: Matches) -> None:
    if branch is not None:
        matches[id(node)] = branch
        rest[:] = [one for one in rest if one is not branch]


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
