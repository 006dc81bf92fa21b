"""What every engine must put first: by weight of title, heading and text, by date; and spans of days."""

from dataclasses import replace
from datetime import date

import pytest

from search.engines.base import Engine, Sort
from search.engines.documents import IndexDocument, Passage
from tests.search.engines.asking import fill, ids, request, request_with_beginnings, titled


def dated_documents() -> list[IndexDocument]:
    days = [date(2020, 5, 1), None, date(2024, 1, 31), date(2019, 12, 31), date(2024, 1, 31), None]
    return [titled(number, "asilo", dated=day) for number, day in enumerate(days)]


@pytest.mark.parametrize("text", ["asilo", "", "-mar", "asi*"])
def test_search_sorts_by_date(engine: Engine, text: str) -> None:
    documents = dated_documents()
    fill(engine, documents)
    newest = [each.id for each in sorted(documents, key=lambda each: -each.recency)]
    assert (set(newest[:2]), newest[2:4]) == ({"document:2", "document:4"}, ["document:0", "document:3"])
    oldest = [*reversed(newest[:4]), *reversed(newest[4:])]
    asked = request_with_beginnings(text)
    assert ids(engine.search(replace(asked, sort=Sort.NEWEST))) == newest
    assert ids(engine.search(replace(asked, sort=Sort.OLDEST))) == oldest
    assert ids(engine.search(replace(asked, sort=Sort.OLDEST, size=4, page=2))) == oldest[4:]


def test_search_without_a_question_is_by_date_whatever_is_asked(engine: Engine) -> None:
    fill(engine, dated_documents())
    expected = ids(engine.search(request("", sort=Sort.NEWEST)))
    assert ids(engine.search(request("", sort=Sort.RELEVANCE))) == expected


def test_search_by_date_shows_the_best_passages_all_the_same(engine: Engine) -> None:
    fill(engine, [titled(1, "otra otra otra asilo", "asilo", "asilo asilo asilo")])
    document = engine.search(request("asilo", sort=Sort.OLDEST)).hits[0]
    assert [each.passage.position for each in document.passages] == [3, 2, 1]


@pytest.mark.few(7)
@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, {0, 1, 2, 3, 4, 5}),
        (date(2020, 5, 1), None, {0, 2, 4}),
        (date(2020, 5, 2), None, {2, 4}),
        (None, date(2020, 5, 1), {0, 3}),
        (date(2019, 12, 31), date(2020, 4, 30), {3}),
        (date(1, 1, 1), date(9999, 12, 31), {0, 2, 3, 4}),
        (date(2024, 1, 31), date(2020, 5, 1), set()),
    ],
)
@pytest.mark.parametrize("text", ["asilo", ""])
def test_search_keeps_to_a_span_of_days(
    engine: Engine, text: str, since: date | None, until: date | None, expected: set[int]
) -> None:
    fill(engine, dated_documents())
    results = engine.search(request(text, since=since, until=until))
    assert set(ids(results)) == {f"document:{number}" for number in expected}
    assert (results.documents, results.total) == (len(expected), len(expected))
    assert dict(results.facets.get("kind", ())) == ({"document": len(expected)} if expected else {})


def filling(number: int) -> str:
    """Text of other words."""
    return " ".join(f"palabra{number * 7 + place}" for place in range(80))


def test_a_document_of_that_name_comes_first(engine: Engine) -> None:
    fill(
        engine,
        [
            titled(1, *map(filling, range(30)), title="Consulta de Quito"),
            titled(2, filling(40), "La consulta de Quito, la consulta de Quito", title="Acta"),
            titled(3, "consulta de Quito", title="Nota"),
            *(
                titled(number, filling(number) + " consulta", filling(0) + " Quito")
                for number in range(4, 30)
            ),
        ],
    )
    assert ids(engine.search(request("consulta de Quito")))[0] == "document:1"
    assert ids(engine.search(request("consulta Quito")))[0] == "document:1"


def test_a_title_weighs_more_than_a_heading_and_that_more_than_text(engine: Engine) -> None:
    headed = Passage(filling(2), 1, heading="Reunificación")
    fill(
        engine,
        [
            titled(1, filling(1), title="Reunificación"),
            titled(2, passages=(headed,), title="Acta"),
            titled(3, f"Reunificación {filling(3)}", title="Acta"),
            *(titled(number, filling(number)) for number in range(4, 9)),
        ],
    )
    assert ids(engine.search(request("reunificación"))) == ["document:1", "document:2", "document:3"]


def test_a_listing_weighs_less_than_text(engine: Engine) -> None:
    listing = "Índice: asilo en tierra 3 asilo en el mar 7 " + " ".join(filling(9).split()[:40])
    passages = (Passage("uno", 1), Passage(listing, 2, is_listing=True), Passage(f"{filling(1)} asilo", 3))
    fill(engine, [titled(1, passages=passages), titled(2, *map(filling, range(9)))])
    for asked, expected in {
        "asilo": [3, 2],
        '"asilo"': [3, 2],
        "asilo tierra": [2],
        "asilo -mar": [3],
    }.items():
        document = engine.search(request(asked)).hits[0]
        assert [each.passage.position for each in document.passages] == expected
    plain = tuple(replace(each, is_listing=False) for each in passages)
    fill(engine, [titled(1, passages=plain, version=2)])
    document = engine.search(request("asilo")).hits[0]
    assert [each.passage.position for each in document.passages] == [2, 3]


def test_a_listing_is_known_as_one(engine: Engine) -> None:
    fill(engine, [titled(1, passages=(Passage("asilo", 1, is_listing=True), Passage("asilo", 2)))])
    passages = engine.search(request("asilo")).hits[0].passages
    assert {each.passage.position: each.passage.is_listing for each in passages} == {1: True, 2: False}
