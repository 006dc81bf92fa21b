"""A passage's place stays exact while the text around it is edited and its lines are broken anew."""

import random
import re
import time

import pytest

from portal.conclusions.places import Place, moved, nearest, places_of, same_words

GAPS = (" ", " ", "\n", ", ")
WORDS = ["casa", "niño", "Estado", "nació", "sin", "papeles", "oficina", "abre", "sábado", "testigo"]


def text_of(dice: random.Random, number: int) -> str:
    return "".join(f"{dice.choice(WORDS)}{dice.choice(GAPS)}" for _ in range(number))


def test_place_follows_edits_on_one_side() -> None:
    dice = random.Random(10)
    for _ in range(400):
        before, passage, after = (text_of(dice, dice.randint(1, 30)) for _ in range(3))
        passage = passage.strip(" ,\n")
        added, cut = text_of(dice, dice.randint(0, 8)), dice.randint(0, len(before))
        old, place = before + passage + after, Place(len(before), len(before) + len(passage))
        earlier, later = added + before[cut:], after[dice.randint(0, len(after)) :] + added
        for ahead, behind in ((earlier, after), (before, later)):
            current = moved(place, old, ahead + passage + behind)
            # Words that run on into the passage's surroundings begin at the same place all the same.
            assert current == Place(len(ahead), len(ahead) + len(passage))


def test_place_follows_new_line_breaks() -> None:
    dice = random.Random(11)
    for _ in range(400):
        before, after = text_of(dice, dice.randint(0, 20)), text_of(dice, dice.randint(0, 20))
        passage = text_of(dice, dice.randint(1, 12)).strip(" ,\n")
        old = before + passage + after
        new = re.sub(r"\s+", lambda _match: dice.choice(["\n", " ", "\n\n", "   "]), old)
        current = moved(Place(len(before), len(before) + len(passage)), old, new)
        assert current is not None
        assert same_words(current.words_in(new), passage)
        assert same_words(new[: current.start], before)


def test_place_among_edits_on_both_sides_is_the_one_with_the_same_surroundings() -> None:
    old = "One office opens. Nobody pays. One office opens on Saturday. Nobody pays. The end."
    new = "Once: one office opens. Nobody pays. One office opens on Saturday. Nobody pays. An end."
    start = old.rindex("Nobody pays.")
    current = moved(Place(start, start + 12), old, new)
    assert current == Place(new.rindex("Nobody pays."), new.rindex("Nobody pays.") + 12)


@pytest.mark.parametrize("new", ["", "Nobody had to pay.", "Nobody pay s."])
def test_words_that_are_gone_have_no_place(new: str) -> None:
    assert moved(Place(0, 12), "Nobody pays. Ever.", new) is None


def test_nearest_place_of_words() -> None:
    text = "a b c a b c a b"
    assert places_of("a b", text) == [Place(0, 3), Place(6, 9), Place(12, 15)]
    assert nearest("a  b", 7, text) == Place(6, 9)
    assert nearest("d", 7, text) is None
    assert places_of("  ", text) == []
    assert places_of("b\n c", "a b  \t c, b c") == [Place(2, 8), Place(10, 13)]
    assert places_of("a a", "a a a") == [Place(0, 3), Place(2, 5)]


def test_words_that_are_many_cost_no_more_than_a_text() -> None:
    text, begun = "a b " * 1_000 + "c", time.monotonic()
    assert places_of("a " * 300_000, text) == []
    assert places_of("a b " * 800 + "d", text) == []
    assert len(places_of("a b " * 800, text)) == 201
    assert time.monotonic() - begun < 5
