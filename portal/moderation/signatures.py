"""By which near-copies of a text are known: hashes of all runs of three words. Pure.

Two texts are copies of one another where at least `ALIKE` of their runs are the same. The `SKETCH` smallest
hashes of a text are a fair sample of it: copies share many of these, so few texts are compared as a whole.
"""

import re
from collections.abc import Collection
from hashlib import blake2b
from struct import pack, unpack

from portal.common.folding import folded

RUN = 3
SKETCH = 32
ALIKE = 0.5
BYTES = 4


def marks_of(text: str) -> frozenset[int]:
    """The hashes of its runs of words, without case, accents and punctuation; none where it has no words."""
    words = re.findall(r"\w+", folded(text))
    if not words:
        return frozenset()
    return frozenset(_hash(" ".join(words[at : at + RUN])) for at in range(max(1, len(words) - RUN + 1)))


def sketch_of(marks: Collection[int]) -> list[int]:
    return sorted(marks)[:SKETCH]


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """From 0, nothing in common, to 1, the same runs of words."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def packed(marks: Collection[int]) -> bytes:
    return pack(f"<{len(marks)}I", *sorted(marks))


def unpacked(stored: bytes | memoryview) -> frozenset[int]:
    return frozenset(unpack(f"<{len(stored) // BYTES}I", stored))


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=BYTES).digest())
