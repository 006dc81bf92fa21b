"""Sentences that know their place, and what was ticked or typed beside them: pure parts of the desk."""

import random
from itertools import pairwise

import pytest

from portal.common.errors import Problem
from portal.conclusions.desk.alike import likest, likest_sentence
from portal.conclusions.desk.marking import boxes, seen_mark, ticked, written
from portal.conclusions.desk.sentences import joined, sentences
from portal.conclusions.places import Place

TEXT = "Nobody pays. The office (no. 3) opens early!\nIt is near; is it? Yes…  Done"
PIECES = ("One apple", "No. 3 opens", "Dr. Plum said: “Stop.”", "(a) Is it so?", "end…", "3.5 per cent", "x")


def words(places: list[Place], text: str = TEXT) -> list[str]:
    return [place.words_in(text) for place in places]


def test_a_text_is_cut_into_its_sentences() -> None:
    assert words(sentences(TEXT)) == [
        "Nobody pays.",
        "The office (no. 3) opens early!",
        "It is near; is it?",
        "Yes…",
        "Done",
    ]


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "²"])
def test_a_number_that_no_text_has_chooses_nothing(number: str) -> None:
    assert ticked([f"body:{number}-{number}"], {"body": TEXT}) == []
    assert isinstance(written("it", {"body": "it is it"}, f"body:{number}"), Problem)


@pytest.mark.parametrize("text", ["", "  \n ", "\n\n"])
def test_nothing_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_sentences_hold_every_word_in_order() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        text = "".join(
            rng.choice(PIECES) + rng.choice((". ", "!\n", "? ", "\n\n", " ", ".", "…  "))
            for _ in range(rng.randint(0, 12))
        )
        places = sentences(text)
        assert " ".join(words(places, text)).split() == text.split()
        assert all(one.end <= two.start for one, two in pairwise(places))
        assert joined(places, text) == ([Place(places[0].start, places[-1].end)] if places else [])


def test_neighbouring_sentences_are_one_passage() -> None:
    values = [box.value for box in boxes({"body": TEXT})["body"]]
    marked = ticked([values[3], values[0], values[1]], {"body": TEXT})
    assert [(field, place.words_in(TEXT)) for field, place in marked] == [
        ("body", "Nobody pays. The office (no. 3) opens early!"),
        ("body", "Yes…"),
    ]


def test_what_names_no_text_is_nothing() -> None:
    assert ticked(["other:0-5", "body:x-5", "body", ""], {"body": TEXT}) == []


def test_words_are_found_whatever_line_breaks_are_between_them() -> None:
    marked = written("opens early! It is", {"recommendations.0": "Other.", "body": TEXT})
    assert isinstance(marked, tuple)
    assert (marked[0], marked[1].words_in(TEXT)) == ("body", "opens early!\nIt is")


def test_words_that_are_not_there_are_a_problem() -> None:
    marked = written("opens late", {"body": TEXT})
    assert isinstance(marked, Problem)
    assert marked.field == "words"


def test_words_that_stand_twice_need_more_words_or_a_place() -> None:
    texts = {"body": "Open it. Close it. Open it.", "recommendations.0": "Open it."}
    assert isinstance(written("Open it.", texts), Problem)
    assert written("Open it.", texts, "body:17") == ("body", Place(19, 27))
    assert isinstance(written("Open it.", texts, "nowhere:17"), Problem)


def test_another_text_has_another_mark() -> None:
    assert seen_mark({"body": TEXT}) != seen_mark({"body": TEXT + "."})


def test_the_likest_texts_come_first() -> None:
    others = {
        "same": "Municipalities should open registry offices at weekends",
        "near": "Open the registry offices of municipalities on Sundays",
        "far": "Teachers want smaller classes",
    }
    rows = likest("Municipalities should open registry offices on Saturdays", others)
    assert [row.key for row in rows] == ["same", "near"]
    assert rows[0].score > rows[1].score


def test_the_likest_sentence_of_a_text_is_found_with_its_place() -> None:
    text = "Teachers want smaller classes. Registry offices should open on Saturdays. Nobody pays."
    marked = likest_sentence("Open registry offices on Saturdays", text)
    assert marked is not None
    assert marked[0].words_in(text) == "Registry offices should open on Saturdays."
    assert likest_sentence("Anything", "") is None
