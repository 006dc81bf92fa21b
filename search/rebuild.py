"""Fills a new generation from the database and puts it in use; the command `rebuild_index` calls it.

Changes made meanwhile go into the old generation by the drain. They are caught up before the swap; those
that come in between are put in the outbox once more, so that the drain does them in the new one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from search import outbox
from search.builders import subjects
from search.drain import BATCH, read
from search.engines.base import Engine, Writer
from search.outbox import Subject

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rebuilt:
    generation: str
    documents: int
    problems: dict[Subject, str]


def rebuild(engine: Engine) -> Rebuilt:
    """A new generation in use, the one before kept for a way back, older ones dropped."""
    known, before = outbox.known_ids(), engine.generation()
    generation = engine.new_generation()
    problems: dict[Subject, str] = {}
    number = 0
    with engine.writer(generation) as writer:
        for part in _parts(subjects()):
            number += _write(part, writer, problems)
        for _round in range(ROUNDS):
            changes = outbox.changes_since(known)
            if not changes:
                break
            known |= {pk for pks in changes.values() for pk in pks}
            _write(list(changes), writer, problems)
        writer.refresh()
    engine.swap(generation)
    _settle(known, problems)
    for other in engine.generations():
        if before is not None and other < before:
            engine.drop(other)
    return Rebuilt(generation, number, problems)


def _write(part: Sequence[Subject], writer: Writer, problems: dict[Subject, str]) -> int:
    batch = read(part)
    batch.write(writer)
    problems |= batch.problems
    return len(batch.documents)


def _settle(known: set[int], problems: dict[Subject, str]) -> None:
    """What came too late or failed goes in again, what was parked has its chance again.

    What waits is left to the drain, although the new generation holds it: only the drain tells that
    documents have been indexed.
    """
    now = timezone.now()
    for subject in dict.fromkeys([*outbox.changes_since(known), *problems]):
        outbox.enqueue(subject.source, [subject.key], now=now)
    outbox.take_up_again()


def _parts(every: Iterable[Subject]) -> Iterator[list[Subject]]:
    waiting = iter(every)
    while part := list(islice(waiting, BATCH)):
        yield part
