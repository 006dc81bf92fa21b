"""How long what is being shown stays true by the clock alone; pages that are kept ask (`kept_pages`).

Whatever compares a moment with the clock says here when the comparison will turn out otherwise. Days need
not be told: no page is kept over midnight.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Lasting:
    """The first moment at which something that was shown changes; None where the clock changes nothing."""

    until: datetime | None = None


_shown: ContextVar[Lasting | None] = ContextVar("how long what is shown lasts", default=None)


@contextmanager
def told_of() -> Iterator[Lasting]:
    """What is told within it. Not for one within another."""
    lasting = Lasting()
    token = _shown.set(lasting)
    try:
        yield lasting
    finally:
        _shown.reset(token)


def is_to_be_kept() -> bool:
    """Whether what is shown may be kept for others: what is itself kept for a time must not stand in it."""
    return _shown.get() is not None


def changes_at(moments: Iterable[datetime | None], now: datetime) -> None:
    """Of these moments those that are still to come change what is shown."""
    lasting = _shown.get()
    if lasting is None:
        return
    to_come = [moment for moment in (*moments, lasting.until) if moment is not None and moment > now]
    lasting.until = min(to_come, default=None)
