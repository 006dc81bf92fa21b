"""Fills a new generation from the database and puts it in use; goes back to the one before.

Changes made meanwhile go into the old generation by the drain. They are caught up before the swap; those
that come in between are put in the outbox once more, so that the drain does them in the new one.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils import timezone

from search.engines.base import Engine, Writer
from search.engines.retry import with_retries
from search.index import generations, outbox
from search.index.builders import subjects
from search.index.comparison import compare
from search.index.drain import BATCH, read
from search.index.generations import RebuildRunning
from search.index.outbox import Subject
from search.models import Generation

ROUNDS = 5
# How long each step waits for an engine that refuses it.
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Rebuilt:
    generation: str
    documents: int
    problems: dict[Subject, str]


@dataclass(frozen=True, slots=True)
class WentBack:
    """`again` is the number of things put in the outbox, which have changed since."""

    generation: str
    left: str
    again: int


def rebuild(
    engine: Engine, *, patience: float | None = None, but: Collection[Subject] = frozenset()
) -> Rebuilt:
    """A new generation in use, the one before kept for a way back, all others dropped.

    `but` is left out: what waits in the outbox, where there was no index before and a drain follows at once.
    Raises `RebuildRunning` when another rebuild of this index is under way, `EngineUnavailable` when the
    engine refuses a step for longer than `patience` seconds, by default `PATIENCE`.
    """
    row = generations.begin(engine, now=timezone.now())
    try:
        every = (subject for subject in subjects() if subject not in but)
        return _rebuild(engine, row, every, PATIENCE if patience is None else patience)
    except Exception as error:
        # Whatever broke: a generation that another rebuild has dropped cannot be written.
        if generations.is_lost(row):
            raise RebuildRunning(engine.name) from error
        raise
    finally:
        generations.give_up(row)


def _rebuild(engine: Engine, row: Generation, every: Iterable[Subject], patience: float) -> Rebuilt:
    known, before = outbox.known_ids(), with_retries(engine.generation, patience)
    row.name = with_retries(engine.new_generation, patience)
    generations.heartbeat(row, now=timezone.now())
    problems: dict[Subject, str] = {}
    with ExitStack() as stack:
        writer = with_retries(lambda: stack.enter_context(engine.writer(row.name)), patience)
        filling = _Filling(writer, row, problems, patience)
        number = sum(filling.write(part) for part in _parts(every))
        for _round in range(ROUNDS):
            changes = outbox.changes_since(known)
            if not changes:
                break
            known |= {pk for pks in changes.values() for pk in pks}
            for part in _parts(changes):
                filling.write(part)
        with_retries(lambda: writer.refresh(outbox.clock()), patience)
    generations.heartbeat(row, now=timezone.now())
    with_retries(lambda: engine.swap(row.name), patience)
    with transaction.atomic():
        _settle(known, problems)
        generations.put_in_use(row, number, now=timezone.now())
    generations.drop_others(engine, (row.name, before))
    return Rebuilt(row.name, number, problems)


@dataclass(frozen=True, slots=True)
class _Filling:
    """Writes parts into the new generation and gives signs of life."""

    writer: Writer
    row: Generation
    problems: dict[Subject, str]
    patience: float

    def write(self, part: Sequence[Subject]) -> int:
        batch = read(part)
        with_retries(lambda: batch.write(self.writer), self.patience)
        self.problems.update(batch.problems)
        generations.heartbeat(self.row, now=timezone.now())
        return len(batch.documents)


def roll_back(engine: Engine) -> WentBack:
    """The generation used before is in use again, at once; what has changed since waits in the outbox.

    Raises `NothingBefore`, `RebuildRunning`.
    """
    left, target = generations.claim_for_return(engine, now=timezone.now())
    try:
        with_retries(lambda: engine.swap(target.name), PATIENCE)
        again = generations.catch_up(target, now=timezone.now())
    finally:
        generations.let_go(target)
    if again is None:
        differing = compare(engine).subjects
        outbox.enqueue_all(differing, now=timezone.now())
        again = len(differing)
    return WentBack(target.name, left.name, again)


def _settle(known: set[int], problems: dict[Subject, str]) -> None:
    """What came too late or failed goes in again, what had failed has its chance again.

    What waits is left to the drain, although the new generation holds it: only the drain tells that
    documents have been indexed.
    """
    outbox.enqueue_all([*outbox.changes_since(known), *problems], now=timezone.now())
    outbox.take_up_again()


def _parts(every: Iterable[Subject]) -> Iterator[list[Subject]]:
    waiting = iter(every)
    while part := list(islice(waiting, BATCH)):
        yield part
