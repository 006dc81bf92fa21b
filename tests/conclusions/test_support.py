"""Force of support: each case of the rule, and 500 random data sets against a plain recount."""

import random

import pytest

from portal.conclusions.support import Force, Support, force_of, read, supports, written

CATEGORIES = ("refugee_led", "civil_society", "state", "academia")


@pytest.mark.parametrize(
    ("backed", "spoke", "force"),
    [
        (0, 0, "none"),
        (0, 5, "none"),
        (1, 1, "one"),
        (1, 9, "one"),
        (2, 2, "many"),
        (3, 3, "consensus"),
        (4, 5, "many"),
        (3, 6, "many"),
        (3, 7, "some"),
        (2, 5, "some"),
    ],
)
def test_force_of_support_by_the_rule(backed: int, spoke: int, force: str) -> None:
    assert force_of(backed, spoke) == force


def plainly(backed: int, spoke: int) -> str:
    """The rule read aloud, one sentence at a time."""
    if not backed:
        return "none"
    words = []
    if backed == 1:
        words.append("one")
    if spoke >= 3 and backed == spoke:
        words.append("consensus")
    if backed >= spoke / 2:
        words.append("many")
    return (*words, "some")[0]


def test_support_equals_a_plain_recount_of_random_data() -> None:
    dice = random.Random(40)
    for _ in range(500):
        category_of = {number: dice.choice(CATEGORIES) for number in range(dice.randint(0, 30))}
        spoke_on_it = [number for number in category_of if dice.random() < 0.7]
        backed = [dice.choice(list(category_of)) for _ in range(dice.randint(0, 40)) if category_of]
        spoke: dict[str, list[int]] = {}
        for number in spoke_on_it:
            spoke.setdefault(category_of[number], []).append(number)
        told = {row.category: row for row in supports(spoke, backed, CATEGORIES)}
        for code in ("", *CATEGORIES):
            there = [number for number in spoke_on_it if code in ("", category_of[number])]
            count = len([number for number in there if number in backed])
            force = Force(plainly(count, len(there)))
            assert told[code] == Support(code, count, len(there), force)


def test_an_editor_sets_a_force_and_the_numbers_stay() -> None:
    rows = supports({"state": [1, 2]}, [1], ["state"], {"state": Force.MANY})
    assert rows == (Support("", 1, 2, Force.ONE), Support("state", 1, 2, Force.MANY, is_set=True))


def test_written_support_reads_the_same() -> None:
    rows = supports({"state": [1, 2, 3]}, [1, 2, 3], CATEGORIES, {"academia": Force.SOME})
    assert written(rows[:1]) == "all=3/3:consensus"
    assert read(written(rows)) == tuple(row for row in rows if row.category in ("", "state", "academia"))
