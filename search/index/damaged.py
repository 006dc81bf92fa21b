"""Puts another generation in the place of one that can be read or written no more; the follower calls it.

A disk that loses a file, or a copy that was cut off, leaves an index that refuses everything and that no
waiting mends. The index holds nothing that the database does not: it is made anew.
"""

import logging

from search.engines.base import Engine
from search.index.rebuild import rebuild

logger = logging.getLogger(__name__)
# After so many failures in a row, and again after as many: reading the whole index takes a while.
FAILURES = 4


def replace_damaged(engine: Engine) -> bool:
    """Whether the generation in use was damaged and another one is in its place now.

    Raises what `rebuild` raises: where a new one cannot be written either, it is not the index.
    """
    if not engine.is_damaged():
        return False
    damaged = engine.generation()
    done = rebuild(engine)
    logger.warning("event=index_replaced engine=%s damaged=%s by=%s", engine.name, damaged, done.generation)
    if damaged is not None:
        engine.drop(damaged)  # there is no way back to it
    return True
