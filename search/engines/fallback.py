"""What readers ask: the chosen engine answers, or its fallback while the server is away.

After a failure the server is left alone for a while, so that not every reader waits for it; then one reader
tries again. Each failure in a row doubles the rest.
"""

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from django.conf import settings

from search.engines import selection
from search.engines.base import (
    Engine,
    EngineUnavailable,
    Refused,
    SearchRequest,
    SearchResults,
    SnapshotGone,
    Suggestion,
)

logger = logging.getLogger(__name__)
REST_SECONDS, LONGEST_REST = 10.0, 60.0
_rests_until: dict[str, float] = {}
_failures: dict[str, int] = {}
_lock = threading.Lock()

Answer = TypeVar("Answer")


def search(request: SearchRequest) -> tuple[SearchResults, bool]:
    """The answer, and whether it comes from the fallback. Raises `EngineUnavailable` when none can answer."""
    return _answer(lambda asked: asked.search(request))


def suggest(
    text: str, *, visibility: tuple[str, ...], shown_in: str, limit: int = 8
) -> tuple[Suggestion, ...]:
    """See `Engine.suggest`; from the fallback while the server is away. Raises `EngineUnavailable`."""
    return _answer(lambda asked: asked.suggest(text, visibility=visibility, shown_in=shown_in, limit=limit))[
        0
    ]


def similar(word: str, *, limit: int = 5) -> tuple[str, ...]:
    """See `Engine.similar`; from the fallback while the server is away. Raises `EngineUnavailable`."""
    return _answer(lambda asked: asked.similar(word, limit=limit))[0]


def _answer(ask: Callable[[Engine], Answer]) -> tuple[Answer, bool]:
    chosen, stand_in = selection.engine(), selection.fallback()
    if stand_in is None:
        return ask(chosen), False
    if _may_ask(settings.SEARCH_URL):
        try:
            answer = ask(chosen)
        except SnapshotGone:
            _recovered(settings.SEARCH_URL)
            raise
        except Refused as error:
            _recovered(settings.SEARCH_URL)
            logger.warning("event=search_refused reason=%s", error)
        except EngineUnavailable as error:
            _rest(settings.SEARCH_URL)
            logger.warning("event=search_server_rests reason=%s", error)
        else:
            _recovered(settings.SEARCH_URL)
            return answer, False
    return ask(stand_in), True


def _may_ask(url: str) -> bool:
    """Whether the server is to be asked. Of those who come after its rest only the first tries."""
    with _lock:
        now = monotonic()
        if now < _rests_until.get(url, 0.0):
            return False
        if url in _failures:
            _rests_until[url] = now + REST_SECONDS
        return True


def _rest(url: str) -> None:
    with _lock:
        failures = _failures[url] = _failures.get(url, 0) + 1
        _rests_until[url] = monotonic() + min(LONGEST_REST, REST_SECONDS * 2 ** (failures - 1))


def _recovered(url: str) -> None:
    if url in _failures:
        with _lock:
            _failures.pop(url, None)
            _rests_until.pop(url, None)
