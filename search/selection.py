"""Which engine answers and which is kept beside it; everything in search asks here.

`SEARCH_URL` names an Elasticsearch; empty means the embedded engine in `SEARCH_DIR`. Beside Elasticsearch
the embedded index is kept too, as a spare that answers while the server does not.
"""

import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine, EngineUnavailable, SearchRequest, SearchResults
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine

# After a failure the server is left alone for a while, so that not every reader waits for it.
REST_SECONDS = 10.0
_rests_until: dict[str, float] = {}


def engine() -> Engine:
    """The engine that settings choose."""
    if settings.SEARCH_URL:
        return _elastic(settings.SEARCH_URL, settings.SEARCH_INDEX)
    return _embedded(Path(settings.SEARCH_DIR))


def spare() -> Engine | None:
    """The engine that stands in; None where the embedded one is all there is."""
    return _embedded(Path(settings.SEARCH_DIR)) if settings.SEARCH_URL else None


def search(request: SearchRequest) -> tuple[SearchResults, bool]:
    """The answer, and whether it comes from the spare. Raises `EngineUnavailable` when none can answer."""
    chosen, stand_in = engine(), spare()
    if time.monotonic() >= _rests_until.get(settings.SEARCH_URL, 0.0):
        try:
            return chosen.search(request), False
        except EngineUnavailable:
            if stand_in is None:
                raise
            _rests_until[settings.SEARCH_URL] = time.monotonic() + REST_SECONDS
    if stand_in is None:
        raise EngineUnavailable("resting")
    return stand_in.search(request), True


@lru_cache(maxsize=4)
def _elastic(url: str, index: str) -> ElasticEngine:
    return ElasticEngine(url, index)


@lru_cache(maxsize=4)
def _embedded(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)
