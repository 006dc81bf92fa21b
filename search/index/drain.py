"""Carries waiting changes into the index; the follower and the commands of the index call it.

The order makes it lossless: take entries, look whether the generations are still those in use, tick the
clock, read what is public now, write with that version, make it visible, mark the entries done. A process
that dies anywhere in between leaves its entries waiting, and doing them twice changes nothing.

A thing that cannot be read or that the engine refuses is tried again later; after `MOST_ATTEMPTS` it has
failed.
An engine that refuses everything costs no attempt: it raises, and the entries wait as they were.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from django.db import DatabaseError, OperationalError, transaction
from django.utils import timezone

from search.engines.base import Deletion, Engine, EngineUnavailable, Writer, WriterBusy
from search.engines.documents import IndexDocument
from search.engines.retry import with_retries
from search.index import consistency, generations, outbox, restored
from search.index.builders import build, forget_addresses
from search.index.builders.base import Surroundings
from search.index.outbox import Subject
from search.index.signals import documents_indexed

logger = logging.getLogger(__name__)
BATCH = 200
# A passing refusal is waited for with the writer open; a longer one closes it.
PATIENCE = 0.5


class GenerationChanged(Exception):
    """A rebuild has put another generation in use: open a writer for it."""


@dataclass(slots=True)
class Target:
    """An engine and the open writer of its generation; `carried` is the newest version it has written."""

    engine: Engine
    writer: Writer
    carried: int = 0

    def check(self) -> None:
        if with_retries(self.engine.generation, PATIENCE) != self.writer.generation:
            raise GenerationChanged

    def write(self, batch: "Batch") -> None:
        """Raises `GenerationChanged` where the clock has gone back since the last batch."""
        if batch.version <= self.carried:
            raise GenerationChanged
        write(batch, self.writer)
        self.carried = batch.version


@dataclass(slots=True)
class Batch:
    """What a number of subjects are now, for one write under one version."""

    version: int
    documents: list[IndexDocument] = field(default_factory=list)
    deletions: list[Deletion] = field(default_factory=list)
    owners: dict[str, Subject] = field(default_factory=dict)
    problems: dict[Subject, str] = field(default_factory=dict)

    def write(self, writer: Writer) -> None:
        for document_id, reason in writer.index(self.documents).items():
            self.problems[self.owners[document_id]] = reason
        writer.delete(self.deletions)


def read(subjects: Sequence[Subject]) -> Batch:
    """The current public state of the subjects under a new version."""
    version = outbox.tick()
    batch = Batch(version)
    forget_addresses()
    around = Surroundings()
    for subject in subjects:
        try:
            built = build(subject, version, around)
        except DatabaseError:
            raise
        except Exception as error:
            logger.exception("event=index_build_failed source=%s key=%s", subject.source, subject.key)
            batch.problems[subject] = f"{type(error).__name__}: {error}"
            continue
        batch.documents += built.documents
        batch.deletions += [Deletion(document_id, version) for document_id in built.absent]
        batch.owners |= {document.id: subject for document in built.documents}
    return batch


def drain_batch(targets: Sequence[Target]) -> int:
    """One batch of due changes into every target. Returns how many entries were dealt with."""
    changes = outbox.take(now=timezone.now(), limit=BATCH)
    if not changes:
        return 0
    for target in targets:
        target.check()
    try:
        _carry(changes, targets)
    except (DatabaseError, EngineUnavailable, GenerationChanged):
        raise
    except Exception:
        logger.exception("event=batch_failed entries=%d", len(changes))
        _carry_one_by_one(changes, targets)
    return sum(len(pks) for pks in changes.values())


def _carry(changes: Mapping[Subject, list[int]], targets: Sequence[Target]) -> None:
    """Into the engine, which must hold it, and into its fallback, which may be repaired later."""
    batch = read(list(changes))
    for number, target in enumerate(targets):
        try:
            target.write(batch)
        except EngineUnavailable as error:
            if number == 0:
                raise
            leave_behind(target.engine, error)
    _settle(changes, batch)


def leave_behind(fallback: Engine, error: EngineUnavailable) -> None:
    """A fallback that fails holds nobody up: a comparison will find what it lacks."""
    logger.warning("event=fallback_fails engine=%s reason=%s", fallback.name, error)
    consistency.ask(fallback.name, by="drain", now=timezone.now())


def write(batch: Batch, writer: Writer) -> None:
    """Write and make it visible."""
    with_retries(lambda: batch.write(writer), PATIENCE)
    with_retries(lambda: writer.refresh(batch.version), PATIENCE)


def _carry_one_by_one(changes: Mapping[Subject, list[int]], targets: Sequence[Target]) -> None:
    """Something in the batch breaks the engine: find what. When all of it does, it is the engine."""
    failed: dict[Subject, Exception] = {}
    for subject, pks in changes.items():
        try:
            _carry({subject: pks}, targets)
        except (DatabaseError, EngineUnavailable, GenerationChanged):
            raise
        except Exception as error:
            failed[subject] = error
    if failed and len(failed) == len(changes) > 1:
        raise EngineUnavailable("every write fails") from next(iter(failed.values()))
    for subject, reason in failed.items():
        outbox.fail(changes[subject], f"{type(reason).__name__}: {reason}", now=timezone.now())


@transaction.atomic
def _settle(changes: Mapping[Subject, list[int]], batch: Batch) -> None:
    """Mark what is in the index as done and tell who listens, in one transaction."""
    now = timezone.now()
    done = {subject: pks for subject, pks in changes.items() if subject not in batch.problems}
    outbox.finish(done, now=now)
    for subject, reason in batch.problems.items():
        outbox.fail(changes[subject], reason, now=now)
    _announce(batch)


def _announce(batch: Batch) -> None:
    """A receiver that fails is logged; one that finds the database out of reach undoes the whole batch."""
    refused = {document_id for document_id, owner in batch.owners.items() if owner in batch.problems}
    documents = [document for document in batch.documents if document.id not in refused]
    absent = [deletion.id for deletion in batch.deletions]
    for receiver, answer in documents_indexed.send_robust(sender=Batch, documents=documents, absent=absent):
        if isinstance(answer, OperationalError):
            raise answer
        if isinstance(answer, Exception):
            logger.error("event=receiver_failed receiver=%s", receiver, exc_info=answer)


def drain(engine: Engine, fallback: Engine | None = None, *, patience: float = 60.0) -> bool:
    """Everything that is due now. While another process drains, wait for it; False when patience ends."""
    seen, deadline = outbox.due_ids(now=timezone.now()), time.monotonic() + patience
    while True:
        try:
            with ExitStack() as stack:
                targets = open_targets(stack, engine, fallback)
                while drain_batch(targets):
                    pass
            outbox.clear_away(now=timezone.now())
            return True
        except GenerationChanged:
            continue
        except WriterBusy:
            if not seen & outbox.due_ids(now=timezone.now()):
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)


def open_targets(stack: ExitStack, engine: Engine, fallback: Engine | None) -> list[Target]:
    """Writers of the engine and of its fallback, where that works; a dead swap is finished first.

    A database that was restored is noticed here.

    A fallback that another process writes makes this one wait: changes it did not get would be lost to it.
    """
    generations.finish_dead(engine, now=timezone.now())
    restored.notice(engine, now=timezone.now())
    targets = [Target(engine, stack.enter_context(engine.writer()))]
    if fallback is not None:
        try:
            generations.finish_dead(fallback, now=timezone.now())
            restored.notice(fallback, now=timezone.now())
            writer = with_retries(lambda: stack.enter_context(fallback.writer()), PATIENCE)
            targets.append(Target(fallback, writer))
        except EngineUnavailable as error:
            leave_behind(fallback, error)
    return targets
