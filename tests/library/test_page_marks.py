"""A passage found on the picture of its page: by runs of its words, however the file tells them."""

from portal.library.page_marks import SHORTEST_RUN, spans_of_passage

PAGE = "Annual report\r\nEvery town keeps its book\r\nof births open, said the\r\nmayor. The road is open. 7"


def marked(page: str, passage: str) -> str:
    return " ".join(page[start:end] for start, end in spans_of_passage(page, passage))


def test_a_passage_is_found_over_the_ends_of_lines() -> None:
    assert marked(PAGE, "Every town keeps its book of births open,\nsaid the mayor.") == (
        "Every town keeps its book of births open said the mayor"
    )


def test_words_that_are_parted_on_the_page_leave_the_others_marked() -> None:
    page = "Every town keeps its regis-\r\nter of births open all year"
    assert marked(page, "Every town keeps its register of births open all year") == (
        "Every town keeps its of births open all year"
    )


def test_a_passage_that_goes_on_overleaf_is_marked_as_far_as_it_stands_here() -> None:
    assert marked(PAGE, "The road is open. It was built in a year without rain.") == "The road is open"


def test_words_that_stand_there_by_chance_are_not_marked() -> None:
    assert marked(PAGE, "A road said the bird, of its own, town by town.") == ""
    assert marked(PAGE, "births") == "births"
    assert SHORTEST_RUN == 3


def test_nothing_is_found_in_nothing() -> None:
    assert (spans_of_passage("", "Every town"), spans_of_passage(PAGE, "")) == ([], [])
