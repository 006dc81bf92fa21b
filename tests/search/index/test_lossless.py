"""Random edits while the engine refuses and rebuilds run: the index ends as the database; `bench/lossless.py`
does the same with real processes that are killed.
"""

from pathlib import Path

import pytest
from django.utils import timezone

from search.engines.base import Engine, EngineUnavailable, SearchRequest
from search.index import outbox
from search.index.comparison import compare
from search.index.drain import Target, drain, drain_batch
from search.index.rebuild import rebuild
from search.results.query_parser import parse, query_of
from tests.factories.edits import FIXED, Edits
from tests.factories.refusing import Refusals, RefusingEngine

pytestmark = pytest.mark.django_db
OPERATIONS, SHARE = 50, 0.3


def indexed_ids(engine: Engine) -> set[str]:
    """The documents that are never edited, as a reader finds them."""
    request = SearchRequest(query_of(parse(FIXED)), ("public",), size=50)
    return {document.id for document in engine.search(request).hits}


@pytest.mark.long
def test_nothing_is_lost_while_the_engine_refuses(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.index.drain.PATIENCE", 0.02)
    edits = Edits(seed=7, folder=tmp_path, records=16, pages=4)
    rebuild(engine)
    refusing = RefusingEngine(engine, Refusals(SHARE, seed=11))
    for number in range(OPERATIONS):
        edits.once()
        if number in (20, 35):
            rebuild(refusing)
        if number % 5 == 0:
            drain_a_little(refusing)
            assert indexed_ids(engine) == edits.fixed
    assert refusing._refusals.refused > 10
    assert outbox.backlog().failed == 0
    drain(engine)
    assert (outbox.backlog().waiting, compare(engine).total) == (0, 0)
    assert indexed_ids(engine) == edits.fixed


def drain_a_little(engine: Engine) -> None:
    """One batch; refused, it leaves its entries for the next."""
    try:
        with engine.writer() as writer:
            drain_batch([Target(engine, writer)])
    except EngineUnavailable:
        assert outbox.due_ids(now=timezone.now())
