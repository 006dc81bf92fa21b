"""Engines for the contract suite: the embedded one always, Elasticsearch where a server is named."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine


@pytest.fixture
def embedded(tmp_path: Path) -> Engine:
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture
def elastic() -> Iterator[Engine]:
    engine = ElasticEngine(os.environ["TEST_SEARCH_URL"], f"contract-{uuid.uuid4().hex}")
    yield engine
    for generation in engine.generations():
        engine._writing.indices.delete(index=generation)


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(request.param)
