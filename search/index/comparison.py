"""Compares the index with the database and repairs it; `verify_index` and the follower call it.

What changes while it reads looks like a difference: whatever differs is looked at a second time.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError
from django.utils import timezone

from search.engines.base import Engine, Stored
from search.engines.retry import SHORT, with_retries
from search.index import outbox
from search.index.builders import build, forget_addresses, subjects
from search.index.builders.base import Built, Surroundings
from search.index.consistency import Difference
from search.index.drain import drain
from search.index.outbox import Subject
from search.models import Source

logger = logging.getLogger(__name__)
SLICE = 50
# So often a repair looks again at what others change at the same time.
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _Seen:
    """One thing as it is against what the index holds of it."""

    ids: frozenset[str]
    missing: int
    stale: int

    @property
    def differs(self) -> bool:
        return bool(self.missing or self.stale)


class Comparing:
    """A comparison in slices: a page of work at a time, so that a follower can drain in between."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stored = _inventory(engine)
        self._left = iter(list(subjects()))
        self._unseen = set(self._stored)
        self._suspects: list[Subject] = []
        self._number = 0

    def step(self, size: int = SLICE) -> bool:
        """Compare some more. False when nothing is left to compare."""
        forget_addresses()
        around = Surroundings()
        part = list(islice(self._left, size))
        for subject in part:
            seen = _look_at(subject, self._stored, around)
            self._number += len(seen.ids)
            self._unseen -= seen.ids
            if seen.differs:
                self._suspects.append(subject)
        return bool(part)

    def difference(self) -> Difference:
        """After the last step: what still differs at a second look."""
        orphaned = [Subject(Source.INDEX, document_id) for document_id in sorted(self._unseen)]
        suspects = [*dict.fromkeys(self._suspects), *orphaned]
        return differing(self._engine, suspects, self._number, len(self._stored))


def compare(engine: Engine) -> Difference:
    """Every public document against what the index holds. Raises `EngineUnavailable`."""
    comparing = Comparing(engine)
    while comparing.step(1000):
        pass
    return comparing.difference()


def differing(engine: Engine, suspects: Iterable[Subject], database: int = 0, index: int = 0) -> Difference:
    """Which of these differ now. Asks the engine only where there are any."""
    suspects = list(suspects)
    stored = _inventory(engine) if suspects else {}
    missing = stale = orphaned = 0
    forget_addresses()
    around = Surroundings()
    again: list[Subject] = []
    for subject in suspects:
        if subject.source == Source.INDEX:
            is_orphaned = subject.key in stored and subject.key not in _look_at(subject, stored, around).ids
            orphaned += is_orphaned
            again += [subject] * is_orphaned
            continue
        seen = _look_at(subject, stored, around)
        missing, stale = missing + seen.missing, stale + seen.stale
        again += [subject] * seen.differs
    return Difference(database, index, missing, stale, orphaned, tuple(again))


def repair(engine: Engine, fallback: Engine | None, difference: Difference) -> int:
    """Put what differs through the outbox once more. Returns how many differences are gone."""
    left = difference
    for _round in range(ROUNDS):
        if not left.total:
            break
        outbox.enqueue_all(left.subjects, now=timezone.now())
        drain(engine, fallback)
        left = differing(engine, left.subjects)
    return max(0, difference.total - left.total)


def _inventory(engine: Engine) -> dict[str, Stored]:
    return with_retries(lambda: dict(engine.inventory()), SHORT)


def _look_at(subject: Subject, stored: Mapping[str, Stored], around: Surroundings) -> _Seen:
    documents = _built(subject, around).documents
    held = [stored.get(document.id) for document in documents]
    missing = sum(each is None for each in held)
    stale = sum(
        each is not None and each.fingerprint != document.fingerprint
        for each, document in zip(held, documents, strict=True)
    )
    return _Seen(frozenset(document.id for document in documents), missing, stale)


def _built(subject: Subject, around: Surroundings) -> Built:
    """What cannot be read cannot be verified: its entries in the index show up as orphaned."""
    try:
        return build(subject, 0, around)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("event=index_build_failed source=%s key=%s", subject.source, subject.key)
        return Built()
