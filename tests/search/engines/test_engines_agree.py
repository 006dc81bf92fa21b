"""Generated searches: each engine against the oracle, and both engines against each other."""

import os
import random
from collections.abc import Iterator

import pytest

from search.engines.base import Engine, SearchRequest, SearchResults, Sort
from search.engines.documents import IndexDocument
from search.engines.elastic import ElasticEngine
from tests.search.engines.generated import ROLES, Oracle, documents, filters, requests

SEED = 40
FEW, MANY = 400, int(os.environ.get("GENERATED_SEARCHES", "20000"))
# In parts that workers share.
PARTS = 4
# Scores are sums of floats whose order of addition differs from engine to engine.
NEAR = 1e-4


def fill(engine: Engine, corpus: list[IndexDocument]) -> None:
    engine.swap(engine.new_generation())
    with engine.writer() as writer:
        assert writer.index(corpus) == {}
        writer.refresh()


@pytest.fixture(scope="module")
def corpus() -> list[IndexDocument]:
    return documents(random.Random(SEED), 300)


@pytest.fixture(scope="module")
def oracle(corpus: list[IndexDocument]) -> Iterator[Oracle]:
    made = Oracle(corpus)
    yield made
    made.close()


def difference(oracle: Oracle, request: SearchRequest, results: SearchResults) -> str:
    """What of an answer is not what the oracle says; empty when all is."""
    expected = oracle.answer(request)
    passages = sum(len(positions) for positions in expected.matched.values())
    if (results.total, results.documents) != (passages, len(expected.matched)):
        return f"{results.total}/{results.documents} instead of {passages}/{len(expected.matched)}"
    if {name: dict(counts) for name, counts in results.facets.items()} != expected.facets:
        return f"facets {results.facets} instead of {expected.facets}"
    start = (request.page - 1) * request.size
    if len(results.hits) != min(request.size, max(0, len(expected.matched) - start)):
        return f"{len(results.hits)} on page {request.page} of {len(expected.matched)}"
    for document in results.hits:
        positions = expected.matched.get(document.id, ())
        shown = [each.passage.position for each in document.passages]
        if document.matched != len(positions) or not set(shown) <= set(positions):
            return f"{document.id}: {shown} of {positions}"
    return ""


def order_differs(one: SearchResults, other: SearchResults) -> bool:
    """Whether two answers give another order, beyond neighbours of all but equal score."""
    ids = [document.id for document in one.hits], [document.id for document in other.hits]
    if ids[0] == ids[1]:
        return [_positions(each) for each in one.hits] != [_positions(each) for each in other.hits]
    scores = {document.id: document.score for document in one.hits}
    apart = [
        (mine, theirs)
        for mine, theirs in zip(*ids, strict=True)
        if mine != theirs and abs(scores[mine] - scores.get(theirs, scores[mine])) > NEAR * scores[mine]
    ]
    return bool(apart)


def _positions(document: object) -> list[int]:
    return [each.passage.position for each in document.passages]  # type: ignore[attr-defined]


def test_embedded_engine_finds_what_the_oracle_finds(embedded: Engine, oracle: Oracle) -> None:
    fill(embedded, list(oracle.documents))
    asked = requests(random.Random(SEED + 1), FEW)
    different = [
        (request, differs)
        for request in asked
        if (differs := difference(oracle, request, embedded.search(request)))
    ]
    assert different == []


@pytest.mark.long
def test_searches_are_neither_all_empty_nor_all_full(oracle: Oracle) -> None:
    """The comparison above is worth something only when answers differ in size."""
    sizes = [len(oracle.answer(request).matched) for request in requests(random.Random(SEED + 1), 400)]
    assert (sum(size == 0 for size in sizes) > 40, sum(size > 25 for size in sizes) > 40) == (True, True)
    assert sum(0 < size <= 25 for size in sizes) > 150


@pytest.mark.long
def test_orders_by_date_are_those_of_the_oracle(embedded: Engine, oracle: Oracle) -> None:
    fill(embedded, list(oracle.documents))
    dates = {document.id: document.dated for document in oracle.documents}
    for sort in (Sort.NEWEST, Sort.OLDEST):
        for request in requests(random.Random(SEED + 2), 60):
            asked = SearchRequest(request.query, ("public",), sort=sort, size=300)
            in_order = [dates[each.id] for each in embedded.search(asked).hits]
            dated = [each for each in in_order if each is not None]
            assert dated == sorted(dated, reverse=sort == Sort.NEWEST)
            assert in_order == dated + [None] * (len(in_order) - len(dated))


def _version(engine: Engine) -> str:
    assert isinstance(engine, ElasticEngine)
    return ", ".join({node["version"] for node in engine._reading.nodes.info()["nodes"].values()})


@pytest.mark.elasticsearch
@pytest.mark.parametrize("part", range(PARTS))
def test_both_engines_and_the_oracle_agree(
    embedded: Engine, elastic: Engine, oracle: Oracle, part: int
) -> None:
    fill(embedded, list(oracle.documents))
    fill(elastic, list(oracle.documents))
    different = []
    for request in requests(random.Random(f"{SEED} {part}"), MANY // PARTS):
        ours, theirs = embedded.search(request), elastic.search(request)
        said = difference(oracle, request, ours) or difference(oracle, request, theirs)
        if said or (ours.total, ours.documents, ours.facets) != (
            theirs.total,
            theirs.documents,
            theirs.facets,
        ):
            different.append((request, said))
        elif order_differs(ours, theirs):
            different.append((request, "order"))
    number = MANY // PARTS
    print(f"\n{number} generated searches, Elasticsearch {_version(elastic)}: {len(different)} differences")
    assert different == []


@pytest.mark.few(2)
@pytest.mark.parametrize("role", ROLES)
def test_facets_equal_a_recount(engine: Engine, oracle: Oracle, role: str) -> None:
    """Filters alone, for what each role may see; 2,000 states on the server, some of them always."""
    fill(engine, list(oracle.documents))
    chance = random.Random(f"{SEED} {role}")
    for _ in range(MANY // 10 if engine.name == "elasticsearch" else 60):
        request = SearchRequest(requests(chance, 1)[0].query, ROLES[role], filters(chance, 0.5))
        assert difference(oracle, request, engine.search(request)) == ""
