"""Notices that an older database was put in the place of the one an index was carried from.

The database's clock is then behind the version that the index notes of itself: an index that went on ignoring
what is older would keep what is no longer public. The clock is put forward, so that everything read from now
on is newer, and a comparison is asked for, which finds what differs.
"""

import logging
from datetime import datetime

from search.engines.base import Engine
from search.engines.retry import SHORT, with_retries
from search.index import consistency, outbox

logger = logging.getLogger(__name__)
ASKED_BY = "restored database"


def is_behind(engine: Engine) -> bool:
    """Whether the database is older than the index. One query, and one question to the engine."""
    return outbox.clock() < with_retries(engine.carried, SHORT)


def notice(engine: Engine, *, now: datetime) -> None:
    """Put the clock forward and ask for a comparison where the database is older.

    Raises `EngineUnavailable`.
    """
    carried = with_retries(engine.carried, SHORT)
    clock = outbox.clock()
    if clock >= carried:
        return
    logger.warning("event=database_restored engine=%s clock=%d carried=%d", engine.name, clock, carried)
    # First what has to be done, then what says that it is needed no more.
    consistency.ask(engine.name, by=ASKED_BY, now=now)
    outbox.put_forward(carried)
