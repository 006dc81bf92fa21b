"""The worker: drains without end, makes an index where there is none, compares now and then.

The command `drain_outbox --follow` runs it. Nothing ends it but being told to stop: whatever fails is tried
again with growing pauses, and meanwhile the fallback that answers readers is kept up to date.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from search.engines.base import Engine, EngineUnavailable, WriterBusy
from search.index import comparison, consistency, generations, outbox, restored
from search.index.drain import BATCH, GenerationChanged, drain_batch, leave_behind, open_targets, read, write
from search.index.generations import RebuildRunning
from search.index.rebuild import rebuild

logger = logging.getLogger(__name__)
COMPARE_EVERY = timedelta(hours=6)
# So often, in seconds, it looks whether a comparison is due and tries a fallback that has failed.
LOOK_EVERY = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0


@dataclass(slots=True)
class Follower:
    """One worker. `fed` are the changes that only the fallback has while the engine is away."""

    engine: Engine
    fallback: Engine | None
    stopped: Callable[[], bool]
    pause: float = 1.0
    compare_every: timedelta = COMPARE_EVERY
    look_every: float = LOOK_EVERY
    fed: set[int] = field(default_factory=set)
    failures: int = 0
    checking: Iterator[None] | None = None
    looked: float = float("-inf")

    def run(self) -> None:
        while not self.stopped():
            try:
                self._follow()
            except GenerationChanged:
                self.checking = None
            except Exception as error:
                self._report(error)
                self._feed_fallback(error)
                self._wait()

    def _follow(self) -> None:
        """With one writer open for as long as all goes well."""
        self._ensure_indexes()
        with ExitStack() as stack:
            targets = open_targets(stack, self.engine, self.fallback)
            while not self.stopped():
                if drain_batch(targets):
                    self.failures = 0
                    self.fed.clear()
                else:
                    self._idle(is_whole=self.fallback is None or len(targets) > 1)

    def _ensure_indexes(self) -> None:
        for engine in self._engines():
            try:
                if engine.generation() is None:
                    rebuild(engine)
            except RebuildRunning:
                continue
            except EngineUnavailable as error:
                if engine is self.engine:
                    raise
                leave_behind(engine, error)

    def _engines(self) -> list[Engine]:
        return [self.engine] if self.fallback is None else [self.engine, self.fallback]

    def _idle(self, *, is_whole: bool) -> None:
        """Nothing waits: a slice of a comparison that is due, else clear away and rest."""
        close_old_connections()
        if self.checking is None and time.monotonic() - self.looked >= self.look_every:
            if not is_whole:
                self.looked = time.monotonic()
                raise GenerationChanged
            for engine in self._engines():
                generations.finish_dead(engine, now=timezone.now())
            self.checking = self._check()
        if self.checking is not None:
            if next(self.checking, self) is not self:
                time.sleep(self.pause / 20)
                return
            self.checking, self.looked = None, time.monotonic()
        outbox.clear_away(now=timezone.now())
        time.sleep(self.pause)

    def _check(self) -> Iterator[None]:
        """Compare what is due, slice by slice; what differs goes into the outbox, then look again."""
        for engine in self._engines():
            try:
                if restored.is_behind(engine):
                    raise GenerationChanged
                if self._is_due(engine, timezone.now()):
                    yield from self._compare(engine)
            except EngineUnavailable as error:
                if engine is self.engine:
                    raise
                leave_behind(engine, error)

    def _compare(self, engine: Engine) -> Iterator[None]:
        comparing = comparison.Comparing(engine)
        while comparing.step():
            yield
        difference = left = comparing.difference()
        if difference.total:
            outbox.enqueue_all(difference.subjects, now=timezone.now())
            yield
            left = comparison.differing(engine, difference.subjects)
            logger.warning(
                "event=index_inconsistent engine=%s found=%d left=%d",
                engine.name,
                difference.total,
                left.total,
            )
        consistency.keep(engine, difference, max(0, difference.total - left.total), now=timezone.now())

    def _is_due(self, engine: Engine, now: datetime) -> bool:
        last = consistency.last(engine.name)
        if last is None or last.finished_at is None or consistency.is_asked_for(engine.name):
            return True
        return now - last.finished_at > self.compare_every

    def _report(self, error: Exception) -> None:
        self.failures += 1
        self.checking = None
        if isinstance(error, EngineUnavailable | WriterBusy | DatabaseError):
            logger.warning("event=drain_waits failures=%d reason=%s", self.failures, error)
        else:
            logger.exception("event=drain_failed failures=%d", self.failures)
        close_old_connections()

    def _feed_fallback(self, error: Exception) -> None:
        """The engine is away: the fallback that answers for it must not show what has been withdrawn."""
        if self.fallback is None or not isinstance(error, EngineUnavailable):
            return
        try:
            changes = outbox.due_but(self.fed, now=timezone.now())
            if not changes:
                return
            with self.fallback.writer() as writer:
                waiting = list(changes)
                for start in range(0, len(waiting), BATCH):
                    part = waiting[start : start + BATCH]
                    write(read(part), writer)
                    self.fed.update(pk for subject in part for pk in changes[subject])
        except (EngineUnavailable, WriterBusy, DatabaseError) as again:
            logger.warning("event=fallback_waits reason=%s", again)

    def _wait(self) -> None:
        """Growing pauses, ended soon when told to stop."""
        until = time.monotonic() + min(FIRST_PAUSE * 2 ** min(self.failures, 10), LONGEST_PAUSE)
        while not self.stopped() and time.monotonic() < until:
            time.sleep(min(0.1, self.pause))


def follow(
    engine: Engine, fallback: Engine | None, stopped: Callable[[], bool], *, pause: float = 1.0
) -> None:
    """Drain until told to stop."""
    Follower(engine, fallback, stopped, pause).run()
