"""Carries waiting changes into the index; the commands `drain_outbox` and `verify_index` call it.

The order makes it lossless: take entries, look whether the generation is still the one in use, tick the
clock, read what is public now, write with that version, make it visible, mark the entries done. A process
that dies anywhere in between leaves its entries waiting, and doing them twice changes nothing.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from django.db import DatabaseError, OperationalError, close_old_connections, transaction
from django.utils import timezone

from search import outbox
from search.builders import build, forget_addresses
from search.documents import IndexDocument
from search.engines.base import Deletion, Engine, EngineUnavailable, NoIndex, Writer, WriterBusy
from search.outbox import Subject
from search.signals import documents_indexed

logger = logging.getLogger(__name__)
BATCH = 200


class GenerationChanged(Exception):
    """A rebuild has put another generation in use: open a writer for it."""


@dataclass(slots=True)
class Batch:
    """What a number of subjects are now, for one write."""

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
    version, batch = outbox.tick(), Batch()
    forget_addresses()
    for subject in subjects:
        try:
            found = build(subject, version)
        except DatabaseError:
            raise
        except Exception as error:
            logger.exception("event=index_build_failed source=%s key=%s", subject.source, subject.key)
            batch.problems[subject] = f"{type(error).__name__}: {error}"
            continue
        batch.documents += found.documents
        batch.deletions += [Deletion(document_id, version) for document_id in found.absent]
        batch.owners |= {document.id: subject for document in found.documents}
    return batch


def drain_batch(engine: Engine, writer: Writer, spares: Sequence[Writer] = ()) -> int:
    """One batch of due changes. Returns how many entries were dealt with."""
    subjects = outbox.take(now=timezone.now(), limit=BATCH)
    if not subjects:
        return 0
    if engine.generation() != writer.generation:
        raise GenerationChanged
    batch = read(list(subjects))
    for each in (writer, *spares):
        batch.write(each)
        each.refresh()
    _settle(subjects, batch)
    return sum(len(pks) for pks in subjects.values())


@transaction.atomic
def _settle(subjects: Mapping[Subject, list[int]], batch: Batch) -> None:
    """Mark what is in the index as done and tell who listens, in one transaction."""
    now = timezone.now()
    done = [pk for subject, pks in subjects.items() if subject not in batch.problems for pk in pks]
    outbox.finish(done, now=now)
    for subject, reason in batch.problems.items():
        outbox.fail(subjects[subject], reason, now=now)
    _announce(batch)


def _announce(batch: Batch) -> None:
    """What a receiver wrote before it failed is undone. A database out of reach undoes the whole batch."""
    refused = {document_id for document_id, owner in batch.owners.items() if owner in batch.problems}
    documents = [document for document in batch.documents if document.id not in refused]
    absent = [deletion.id for deletion in batch.deletions]
    with transaction.atomic():
        answers = documents_indexed.send_robust(sender=Batch, documents=documents, absent=absent)
        failures = [(receiver, answer) for receiver, answer in answers if isinstance(answer, Exception)]
        if any(isinstance(answer, DatabaseError) for _, answer in failures):
            transaction.set_rollback(True)
    for receiver, answer in failures:
        if isinstance(answer, OperationalError):
            raise answer
        logger.error("event=receiver_failed receiver=%s", receiver, exc_info=answer)


def drain(engine: Engine, spare: Engine | None = None, *, patience: float = 60.0) -> bool:
    """Everything that is due now. While another process drains, wait for it; False when patience ends."""
    seen, deadline = outbox.due_ids(now=timezone.now()), time.monotonic() + patience
    while True:
        try:
            with ExitStack() as stack:
                writer = stack.enter_context(engine.writer())
                spares = _spare_writers(stack, spare)
                while drain_batch(engine, writer, spares):
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


def follow(engine: Engine, spare: Engine | None, stopped: Callable[[], bool], *, pause: float = 1.0) -> None:
    """Keep one writer open and drain until told to stop; whatever fails is tried again."""
    while not stopped():
        try:
            with ExitStack() as stack:
                writer = stack.enter_context(engine.writer())
                spares = _spare_writers(stack, spare)
                while not stopped():
                    if not drain_batch(engine, writer, spares):
                        outbox.clear_away(now=timezone.now())
                        close_old_connections()
                        time.sleep(pause)
        except GenerationChanged:
            continue
        except (EngineUnavailable, WriterBusy, DatabaseError) as error:
            logger.warning("event=drain_waits reason=%s", error)
            close_old_connections()
            time.sleep(pause)


def _spare_writers(stack: ExitStack, spare: Engine | None) -> list[Writer]:
    if spare is None:
        return []
    try:
        return [stack.enter_context(spare.writer())]
    except (NoIndex, WriterBusy):
        return []
