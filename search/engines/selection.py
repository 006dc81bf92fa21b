"""Which engine settings choose, and which is kept beside it; whoever writes an index asks here.

`SEARCH_URL` names an Elasticsearch; empty means the embedded engine in `SEARCH_DIR`. Beside Elasticsearch
the embedded index is kept too, as a fallback: readers get its answers through `search.engines.fallback`.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


def engine() -> Engine:
    """The engine that settings choose."""
    if settings.SEARCH_URL:
        return _elastic(
            settings.SEARCH_URL,
            settings.SEARCH_INDEX,
            settings.SEARCH_REPLICAS,
            settings.SEARCH_API_KEY,
            settings.SEARCH_CA,
        )
    return _embedded(Path(settings.SEARCH_DIR))


def fallback() -> Engine | None:
    """The engine that stands in; None where the embedded one is all there is."""
    return _embedded(Path(settings.SEARCH_DIR)) if settings.SEARCH_URL else None


@lru_cache(maxsize=4)
def _elastic(url: str, index: str, replicas: int, api_key: str, ca: str) -> Engine:
    from search.engines.elastic import ElasticEngine  # reason: optional

    return ElasticEngine(url, index, replicas=replicas, api_key=api_key, ca=ca)


@lru_cache(maxsize=4)
def _embedded(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)
