"""The glossary as every search uses it: read from the taxonomy once, again when it has changed."""

import logging
import uuid
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction

from portal.taxonomy.queries import concepts
from search.results.query_expansion import Glossary

STAMP, SECONDS = "search.glossary", 60
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Kept:
    stamp: str = ""
    glossary: Glossary | None = None


_kept = _Kept()


def glossary() -> Glossary:
    """One cache read; three queries when the glossary changed or a minute has gone."""
    stamp = cache.get(STAMP)
    if stamp is None:
        stamp = uuid.uuid4().hex
        cache.set(STAMP, stamp, SECONDS)
    if _kept.glossary is None or _kept.stamp != stamp:
        _kept.glossary = Glossary(tuple(concepts()))
        _kept.stamp = stamp
    return _kept.glossary


def forget(**kwargs: object) -> None:
    """Receiver of every change of a concept: now for who changes it, after the commit for all.

    Another process may read the old rows between a change and its commit, and would keep them.
    """
    _drop()
    transaction.on_commit(_drop, robust=True)


def _drop() -> None:
    """A cache that is away undoes no change; its processes read the glossary again within a minute."""
    try:
        cache.delete(STAMP)
    except Exception:
        logger.exception("the glossary's stamp could not be deleted")
