"""One kind of error for whatever is wrong with the folder of the embedded index."""

from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.base import EngineUnavailable

# What reading damaged files ends in, here or in tantivy; its own panics are no `Exception`.
_DAMAGE = (OSError, ValueError, LookupError, TypeError, OverflowError, MemoryError)
_PANIC = "PanicException"


@contextmanager
def folder_errors() -> Iterator[None]:
    """Callers see `EngineUnavailable`, whatever happened."""
    try:
        yield
    except _DAMAGE as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:300]) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:300]) from error
