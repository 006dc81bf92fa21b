"""Where a part stands: what may hold what, the order of the document, the numbers made from it.

The verbs of `drafting` call it inside their transactions.
"""

from collections.abc import Iterator, Mapping, Sequence

from portal.conclusions.enums import PartKind
from portal.conclusions.models import Conclusions, Part

K = PartKind
TOP = frozenset(
    {K.COVER, K.INTRODUCTION, K.INAUGURATION, K.PARTICIPANTS, K.PANEL, K.SECTION, K.SEGMENT, K.PARAGRAPH}
)
LEAVES = frozenset({K.RECOMMENDATION, K.GOOD_PRACTICE, K.PARAGRAPH})
HOLDS: Mapping[str, frozenset[PartKind]] = {
    K.SEGMENT: LEAVES | {K.PRIORITY_AREA},
    K.PRIORITY_AREA: LEAVES,
    **{kind: frozenset({K.PARAGRAPH, K.GOOD_PRACTICE}) for kind in TOP - {K.SEGMENT, K.PARAGRAPH}},
}
# Numbered within what they stand in, together; a segment keeps the number of the consultation's segment.
NUMBERED = frozenset({K.PRIORITY_AREA, K.RECOMMENDATION, K.GOOD_PRACTICE})


def may_hold(above: Part | None, kind: PartKind) -> bool:
    """Whether a part of this kind may stand there; None is the document itself."""
    return kind in (TOP if above is None else HOLDS.get(above.kind, frozenset()))


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Each part before those that stand in it, neighbours by their position."""
    below: dict[int | None, list[Part]] = {}
    for part in sorted(parts, key=lambda part: (part.position, part.pk or 0)):
        below.setdefault(part.parent_id, []).append(part)

    def downwards(above: int | None) -> Iterator[Part]:
        for part in below.get(above, ()):
            yield part
            yield from downwards(part.pk)

    return list(downwards(None))


def put_in_order(conclusions: Conclusions, numbers_below: Sequence[Part | None] = ()) -> None:
    """Positions count through the whole document; what stands in these parts is numbered anew."""
    parts = in_order(list(Part.with_removed.filter(conclusions=conclusions)))
    before = {part.pk: (part.position, part.number) for part in parts}
    for position, part in enumerate(parts, start=1):
        part.position = position
    above = {part.pk: part for part in parts}
    for holder in numbers_below:
        if holder is not None:
            _number([part for part in parts if not part.is_removed], above[holder.pk])
    moved = [part for part in parts if before[part.pk] != (part.position, part.number)]
    Part.with_removed.bulk_update(moved, ["position", "number"])


def _number(parts: Sequence[Part], holder: Part) -> None:
    counted = (part for part in parts if part.parent_id == holder.pk and part.kind in NUMBERED)
    for place, part in enumerate(counted, start=1):
        part.number = f"{holder.number}.{place}"
        _number(parts, part)


def with_all_below(part: Part) -> list[Part]:
    """The part and what stands in it, from above. One query."""
    rows = list(part.conclusions.parts.all())
    inside, keys = [part], {part.pk}
    for row in in_order(rows):
        if row.parent_id in keys:
            keys.add(row.pk)
            inside.append(row)
    return inside


def free_number(parts: Sequence[Part]) -> str:
    """The first number that no segment has."""
    taken = {part.number for part in parts if part.kind == PartKind.SEGMENT}
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)
