"""What every engine must do for scrolls: every document once, on one snapshot."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from search.engines.base import Cursor, Deletion, Engine, SearchRequest, SnapshotGone, Sort
from search.engines.documents import token
from tests.search.engines.asking import comparable, document, fill, ids, request, titled
from tests.thinning import in_turn


def scroll(engine: Engine, asked: SearchRequest) -> Iterator[list[str]]:
    """The pages of a scroll."""
    results = engine.search(replace(asked, scroll=True))
    yield ids(results)
    while results.cursor:
        results = engine.search(replace(asked, cursor=results.cursor))
        yield ids(results)


@pytest.mark.few(1)
@pytest.mark.parametrize(("text", "sort"), in_turn(["asilo", "asilo -mar", ""], list(Sort)))
def test_a_scroll_sees_each_document_once_whatever_is_written(engine: Engine, text: str, sort: Sort) -> None:
    texts = ["asilo", "asilo y otra cosa", "asilo asilo", "mar"]
    days = [date(2020, 1, 1 + number) if number % 5 else None for number in range(9)]
    fill(engine, [titled(each, texts[each % 4], "asilo", dated=days[each % 9]) for each in range(57)])
    asked = request(text, sort=sort, size=10)
    expected = ids(engine.search(replace(asked, size=100)))
    seen: list[str] = []
    for number, page in enumerate(scroll(engine, asked)):
        seen += page
        fill(engine, [titled(number, "asilo " * 9, version=2), titled(100 + number, "asilo asilo asilo")])
        with engine.writer() as writer:
            writer.delete([Deletion(f"document:{20 + 3 * number}", 3)])
            writer.refresh()
    assert (len(set(seen)), seen) == (57, expected)
    assert engine.search(asked).documents == 57 + 6 - 6


def test_a_scroll_counts_like_a_search(engine: Engine) -> None:
    fill(engine, [document(number, kind=("pledge", "question")[number % 2]) for number in range(9)])
    asked = replace(request("niños", size=2), filters={"kind": (token("kind", "pledge"),)})
    first = engine.search(replace(asked, scroll=True))
    second = engine.search(replace(asked, cursor=first.cursor))
    assert comparable(first) == comparable(engine.search(asked))
    assert comparable(second) == comparable(engine.search(replace(asked, page=2)))


def test_a_scroll_ends_without_a_cursor(engine: Engine) -> None:
    fill(engine, [document(number) for number in range(4)])
    assert [len(page) for page in scroll(engine, request("niños", size=2))] == [2, 2]
    assert [len(page) for page in scroll(engine, request("niños", size=3))] == [3, 1]
    assert list(scroll(engine, request("nada"))) == [[]]
    assert engine.search(request("niños", size=2)).cursor is None


def test_a_scroll_obeys_visibility(engine: Engine) -> None:
    fill(engine, [document(number, visibility=("public", "desk")[number % 2]) for number in range(6)])
    seen = [each for page in scroll(engine, request("niños", size=2)) for each in page]
    assert sorted(seen) == ["document:0", "document:2", "document:4"]


@pytest.mark.parametrize("snapshot", ["gone", "../../etc", "2-1.1-1", "\x00", "🙂", "x" * 9_000])
def test_a_scroll_on_an_unknown_snapshot_is_told(engine: Engine, snapshot: str) -> None:
    fill(engine, [document(1)])
    with pytest.raises(SnapshotGone):
        engine.search(request("niños", cursor=Cursor(snapshot, (1.0, 2))))
