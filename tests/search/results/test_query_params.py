"""What an address asks: dates in three lengths, order, and one address for each question."""

import random
from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from search.engines.base import Sort
from search.results.query_params import address_of, question_of, sort_of, span_of
from search.results.service import FACETS, Question


def asked(**query: object) -> Question:
    return question_of(QueryDict(urlencode(query, doseq=True)), "en")


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-2", date(2023, 2, 1), date(2023, 2, 28)),
        (" 2024-05-17 ", date(2024, 5, 17), date(2024, 5, 17)),
        ("", None, None),
        ("   ", None, None),
    ],
)
def test_a_day_a_month_or_a_year_is_read(typed: str, since: date | None, until: date | None) -> None:
    question = asked(**{"from": typed, "to": typed})
    assert (question.since, question.until) == (since, until)
    assert span_of({"from": typed, "to": typed}).faults == {}


ODD_DAYS = [
    *("abc", "24", "2024-13", "2024-02-30", "2024-00", "0000", "2024/05", "17.05.2024", "٢٠٢٤", "20244"),
    *("-2024", "2024-", "2024-05-17-01", "\x00", "9" * 400),
]


@pytest.mark.parametrize("typed", ODD_DAYS)
def test_what_is_no_day_is_said_and_left_out(typed: str) -> None:
    span = span_of({"from": typed, "to": "2024"})
    assert (span.since, span.until, list(span.faults)) == (None, date(2024, 12, 31), ["from"])
    assert asked(**{"from": typed}).since is None


def test_an_end_before_the_beginning_is_said_and_left_out() -> None:
    span = span_of({"from": "2024", "to": "2023"})
    assert (span.since, span.until, list(span.faults)) == (date(2024, 1, 1), None, ["to"])


@pytest.mark.parametrize(
    ("text", "sort"),
    [("newest", Sort.NEWEST), ("oldest", Sort.OLDEST), ("", Sort.RELEVANCE), ("Newest;", Sort.RELEVANCE)],
)
def test_an_unknown_order_is_relevance(text: str, sort: Sort) -> None:
    assert sort_of(text) == sort


def test_an_address_says_no_more_than_was_chosen() -> None:
    assert address_of(Question("", "en")) == ""
    question = asked(q="niño", lang="es,pt", kind="pledge", **{"from": "2024", "to": "2024-02"})
    assert address_of(question) == "q=ni%C3%B1o&kind=pledge&language=es&language=pt&from=2024&to=2024-02"
    assert address_of(asked(q="a", page="3", sort="oldest", expand="0")) == "q=a&sort=oldest&expand=0&page=3"


def test_every_question_comes_back_from_its_address() -> None:
    chance = random.Random(4)
    letters = "añ 漢字🙂\u202e\"'-*&=%#+;,/?\\{}<>\x01"
    for _ in range(500):
        days = sorted(date.fromordinal(chance.randint(700_000, 740_000)) for _ in range(2))
        chosen = {
            name: tuple(dict.fromkeys(str(chance.randint(1, 5)) for _ in range(chance.randint(1, 3))))
            for name in chance.sample(FACETS, chance.randint(0, 4))
        }
        question = Question(
            text="".join(chance.choices(letters, k=chance.randint(0, 12))),
            ui="en",
            chosen=chosen,
            page=chance.randint(1, 1000),
            expand=chance.random() < 0.5,
            sort=chance.choice(list(Sort)),
            since=chance.choice([None, days[0]]),
            until=chance.choice([None, days[1], date(2024, 12, 31)]) if days[0] < date(2024, 1, 1) else None,
        )
        assert question_of(QueryDict(address_of(question)), "en") == question
