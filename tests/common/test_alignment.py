"""Lists of a document and its translation, paired in their order."""

import random

from portal.common.alignment import GAP, aligned, length_cost

SHORT, MIDDLE, LONG = "a" * 30, "a" * 150, "a" * 600


def test_lists_of_one_length_pair_in_their_order() -> None:
    rng = random.Random(1)
    for _ in range(50):
        left = ["a" * rng.randint(1, 900) for _ in range(rng.randint(0, 9))]
        right = ["a" * rng.randint(1, 900) for _ in left]
        assert aligned(left, right, length_cost) == list(zip(left, right, strict=True))


def test_what_is_left_out_is_the_one_that_fits_least() -> None:
    assert aligned([SHORT, LONG, MIDDLE], [SHORT, MIDDLE], length_cost) == [(SHORT, SHORT), (MIDDLE, MIDDLE)]
    assert aligned([LONG], [SHORT, LONG], length_cost) == [(LONG, LONG)]
    assert aligned([], [SHORT], length_cost) == []


def test_what_may_not_pair_does_not() -> None:
    assert aligned([SHORT], [SHORT], lambda _one, _other: 3 * GAP) == []
