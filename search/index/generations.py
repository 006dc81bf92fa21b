"""Which generations an engine has, which rebuild fills one now, and which to go back to.

One rebuild at a time fills an index, told by a row that is its claim; a second one is refused. A rebuild
notes a heartbeat while it works; one that has noted none for a while, or whose process is gone from this
machine, is taken for dead and its half-filled generation is dropped. So is one that this process has ended
without being able to say so, because the database was away: the same process must not wait for itself.
"""

import contextlib
import logging
import os
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, transaction

from search.engines.base import Engine, EngineUnavailable
from search.index import consistency, outbox
from search.models import Generation

logger = logging.getLogger(__name__)
DEAD_AFTER = timedelta(minutes=2)
# What was under way when a generation was begun had been read before: a little more is caught up than needed.
MARGIN = timedelta(minutes=5)
# The claims that this process works on, by engine and the time they were made.
_at_work: set[tuple[str, datetime]] = set()


class RebuildRunning(Exception):
    """Another rebuild fills an index of this engine; two would drop each other's."""


class NothingBefore(Exception):
    """There is no whole generation before the one in use."""


def begin(engine: Engine, *, now: datetime) -> Generation:
    """Claim the engine for a rebuild. Raises `RebuildRunning`."""
    finish_dead(engine, now=now)
    row = Generation(engine=engine.name, started_at=now, heartbeat_at=now)
    _claim(row)
    return row


def _claim(row: Generation) -> None:
    """Write the claim; known to be at work before any other thread can see it."""
    row.process = this_process()
    _at_work.add(_key(row))
    try:
        with transaction.atomic():
            row.save()
    except DatabaseError as error:
        let_go(row)
        if isinstance(error, IntegrityError):
            raise RebuildRunning(row.engine) from error
        raise


def _key(row: Generation) -> tuple[str, datetime]:
    return row.engine, row.started_at


def heartbeat(row: Generation, *, now: datetime) -> None:
    """A sign of life. Raises `RebuildRunning` when another rebuild has taken this one for dead."""
    if not Generation.objects.filter(pk=row.pk).update(heartbeat_at=now, name=row.name):
        raise RebuildRunning(row.engine)


def is_lost(row: Generation) -> bool:
    """True when another rebuild has taken this one for dead."""
    return not Generation.objects.filter(pk=row.pk).exists()


def finish_dead(engine: Engine, *, now: datetime) -> None:
    """What died half-way is given up; what died between the swap and its notes is caught up.

    One query when nothing is under way.
    """
    for row in Generation.objects.filter(engine=engine.name, used_since=None):
        if not _is_dead(row, now):
            continue
        if row.name and row.name == engine.generation():
            catch_up(row, now=now)
        else:
            row.delete()


@transaction.atomic
def catch_up(row: Generation, *, now: datetime) -> int | None:
    """This generation is in use; what has changed since it was begun goes into it once more.

    The number of things, or None when that was too long ago to know them: then only a comparison tells.
    """
    since, again = row.started_at - MARGIN, None
    if now - since < outbox.KEPT:
        changes = outbox.changes_from(since)
        outbox.enqueue_all(changes, now=now)
        again = len(changes)
    else:
        consistency.ask(row.engine, by="catch-up", now=now)
    outbox.take_up_again()
    put_in_use(row, row.documents, now=now)
    return again


def claim_for_return(engine: Engine, *, now: datetime) -> tuple[Generation, Generation]:
    """The generation in use, and the one before, claimed for a swap back to it.

    Should the process die after the swap, `finish_dead` catches up what has changed since.
    """
    finish_dead(engine, now=now)
    left, target = before(engine)
    target.started_at, target.heartbeat_at, target.used_since = left.started_at, now, None
    _claim(target)
    return left, target


def put_in_use(row: Generation, documents: int, *, now: datetime) -> None:
    row.used_since, row.documents = now, documents
    row.save(update_fields=["used_since", "documents", "name"])


def give_up(row: Generation) -> None:
    """The rebuild has ended. Where the database cannot be told, the next one finds its claim dead."""
    let_go(row)
    try:
        Generation.objects.filter(pk=row.pk, used_since=None).delete()
    except DatabaseError as error:
        logger.warning("event=claim_left engine=%s reason=%s", row.engine, error)


def let_go(row: Generation) -> None:
    """This process works on the claim no more."""
    _at_work.discard(_key(row))


def drop_others(engine: Engine, keep: Iterable[str | None]) -> None:
    """Drop every generation but these: older ones, and what dead rebuilds have left behind."""
    kept = {name for name in keep if name is not None}
    Generation.objects.filter(engine=engine.name, used_since__isnull=False).exclude(name__in=kept).delete()
    # What cannot be dropped now, the next rebuild drops.
    with contextlib.suppress(EngineUnavailable):
        for name in engine.generations():
            if name not in kept:
                engine.drop(name)


def before(engine: Engine) -> tuple[Generation, Generation]:
    """The generation in use, and the one used before it. Raises `NothingBefore`."""
    current, names = engine.generation(), set(engine.generations())
    rows = Generation.objects.filter(engine=engine.name, used_since__isnull=False).order_by("-used_since")
    whole = {row.name: row for row in rows if row.name in names}
    used = whole.get(current or "")
    older = [row for row in whole.values() if used and row.started_at < used.started_at]
    if used is None or not older:
        raise NothingBefore(engine.name)
    return used, max(older, key=lambda row: row.started_at)


def this_process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_dead(row: Generation, now: datetime) -> bool:
    if now - row.heartbeat_at > DEAD_AFTER:
        return True
    if row.process == this_process():
        return _key(row) not in _at_work
    host, _, number = row.process.rpartition(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
