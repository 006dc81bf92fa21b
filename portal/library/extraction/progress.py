"""How far a reader is in a long file: readers call `note_page`, whoever wants to know calls `watch`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[int, int], object]
_watching: ContextVar[Progress | None] = ContextVar("_watching", default=None)


def note_page(done: int, total: int) -> None:
    """Pages read of pages."""
    progress = _watching.get()
    if progress is not None:
        progress(done, total)


@contextmanager
def watch(progress: Progress | None) -> Iterator[None]:
    token = _watching.set(progress)
    try:
        yield
    finally:
        _watching.reset(token)
