"""Tries again what an engine refuses; the drain and rebuilds call it."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

from search.engines.base import EngineUnavailable, NoIndex, WriterFailed

# A passing refusal is waited for where one stands; a longer one is left to who called.
SHORT = 0.5
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 5.0
Given = TypeVar("Given")


def with_retries(call: Callable[[], Given], patience: float) -> Given:
    """What the call gives. Refused, it is made again with growing pauses for `patience` seconds.

    Every call of an engine may be made twice. Waiting brings no missing index and repairs no failed writer.
    """
    deadline, pause = monotonic() + patience, FIRST_PAUSE
    while True:
        try:
            return call()
        except (NoIndex, WriterFailed):
            raise
        except EngineUnavailable:
            if monotonic() + pause > deadline:
                raise
        sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
