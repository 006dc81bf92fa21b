"""Compares the index with the database and repairs it; the command `verify_index` calls it."""

import logging
from dataclasses import dataclass

from django.db import DatabaseError
from django.utils import timezone

from search import outbox
from search.builders import build, subjects
from search.documents import IndexDocument
from search.drain import drain
from search.engines.base import Engine
from search.models import Source
from search.outbox import Subject

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers of documents here and there, and what has to be read again."""

    database: int
    index: int
    missing: int
    stale: int
    ghosts: int
    subjects: tuple[Subject, ...]

    @property
    def total(self) -> int:
        return self.missing + self.stale + self.ghosts


def compare(engine: Engine) -> Difference:
    """Every public document against what the index holds. Raises `EngineUnavailable`."""
    stored = dict(engine.inventory())
    unseen, number, missing, stale = set(stored), 0, 0, 0
    again: list[Subject] = []
    for subject in subjects():
        for document in _built(subject):
            number += 1
            unseen.discard(document.id)
            held = stored.get(document.id)
            if held is None or held.fingerprint != document.fingerprint:
                missing, stale = missing + (held is None), stale + (held is not None)
                again.append(subject)
    ghosts = [Subject(Source.INDEX, document_id) for document_id in sorted(unseen)]
    return Difference(number, len(stored), missing, stale, len(ghosts), (*dict.fromkeys(again), *ghosts))


def _built(subject: Subject) -> tuple[IndexDocument, ...]:
    """What cannot be read cannot be verified: its entries in the index show up as ghosts."""
    try:
        return build(subject, 0).documents
    except DatabaseError:
        raise
    except Exception:
        logger.exception("event=index_build_failed source=%s key=%s", subject.source, subject.key)
        return ()


def repair(engine: Engine, spare: Engine | None, found: Difference) -> int:
    """Put what differs through the outbox once more. Returns how many differences are gone."""
    if not found.total:
        return 0
    now = timezone.now()
    for subject in found.subjects:
        outbox.enqueue(subject.source, [subject.key], now=now)
    drain(engine, spare)
    return found.total - compare(engine).total
