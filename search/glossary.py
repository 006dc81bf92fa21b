"""The glossary as every search uses it: read from the taxonomy once, again when it has changed."""

import uuid
from dataclasses import dataclass

from django.core.cache import cache

from portal.taxonomy.queries import concepts
from search.expansion import Glossary

STAMP, SECONDS = "search.glossary", 60


@dataclass(slots=True)
class _Kept:
    stamp: str = ""
    glossary: Glossary | None = None


_kept = _Kept()


def glossary() -> Glossary:
    """One cache read; two queries when the glossary changed or a minute has gone."""
    stamp = cache.get(STAMP)
    if stamp is None:
        stamp = uuid.uuid4().hex
        cache.set(STAMP, stamp, SECONDS)
    if _kept.glossary is None or _kept.stamp != stamp:
        _kept.glossary = Glossary(tuple(concepts()))
        _kept.stamp = stamp
    return _kept.glossary


def forget(**kwargs: object) -> None:
    """Receiver of every change of a concept."""
    cache.delete(STAMP)
