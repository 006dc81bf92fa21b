"""Puts the parts of a draft in the order of its file, with what an editor added. Used by `run` only."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from portal.conclusions.models import Part

Siblings = dict[int | None, list[int]]


def put_in_order(stored: Sequence[Part], wanted: Sequence[Part], *, keep: bool) -> list[Part | None]:
    """`stored` are the parts in the order before, `wanted` those of the file in its order.

    The others stay behind the neighbour they stood behind. With `keep` (a file that was read before) the
    order before stands, and new parts come behind their neighbours in the file. Gives the parts whose
    children stand in another order now; None is the document itself.
    """
    parts = {part.pk: part for part in (*stored, *wanted) if part.pk is not None}
    before, file = _siblings(stored), _siblings(wanted)
    after = {
        parent: _merged(before[parent], file[parent]) if keep else _merged(file[parent], before[parent])
        for parent in {*before, *file}
    }
    order = [parts[pk] for pk in _flat(after, None)]
    moved = [part for position, part in enumerate(order, start=1) if part.position != position]
    for position, part in enumerate(order, start=1):
        part.position = position
    Part.with_removed.bulk_update(moved, ["position"])
    changed = (parent for parent, pks in before.items() if _common(after[parent], pks) != pks)
    return [parts[parent] if parent is not None else None for parent in changed]


def _siblings(parts: Sequence[Part]) -> Siblings:
    """In their order below each parent."""
    rows: Siblings = defaultdict(list)
    for part in parts:
        if part.pk is not None:
            rows[part.parent_id].append(part.pk)
    return rows


def _merged(base: Sequence[int], other: Sequence[int]) -> list[int]:
    """`base`, and what `other` has more behind the one that it stands behind there."""
    merged, known = list(base), set(base)
    before: int | None = None
    for pk in other:
        if pk not in known:
            merged.insert(merged.index(before) + 1 if before is not None else 0, pk)
        before = pk
    return merged


def _flat(siblings: Siblings, parent: int | None) -> Iterator[int]:
    for pk in siblings.get(parent, ()):
        yield pk
        yield from _flat(siblings, pk)


def _common(pks: Sequence[int], others: Sequence[int]) -> list[int]:
    known = set(others)
    return [pk for pk in pks if pk in known]
