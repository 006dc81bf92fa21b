"""The outbox: put a change in, take waiting ones out, tell how it stands; receivers and drain call it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Count, F, Min, Q, QuerySet

from search.models import IndexClock, OutboxEntry, Source

MOST_ATTEMPTS = 5
KEPT = timedelta(days=1)
# A save outside a transaction is over by then: it waits for a lock for 20 seconds at most.
AHEAD = timedelta(minutes=1)
# Changes that one taking looks at; fewer than a statement may have parameters.
SEEN_AT_ONCE = 5000
WAITING = Q(done_at__isnull=True, failed_at__isnull=True)
FAILED = Q(done_at__isnull=True, failed_at__isnull=False)


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A public thing by source and key."""

    source: Source
    key: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far the index is behind. `oldest` is the time of the oldest waiting change."""

    waiting: int
    failed: int
    oldest: datetime | None


def enqueue(source: Source, keys: Iterable[object], *, now: datetime) -> None:
    """Note changes, in the transaction that makes them. One query."""
    OutboxEntry.objects.bulk_create(
        OutboxEntry(source=source, key=str(key), created_at=now) for key in dict.fromkeys(keys)
    )


def enqueue_all(subjects: Iterable[Subject], *, now: datetime) -> None:
    """Note that these have to be read again."""
    OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(source=subject.source, key=subject.key, created_at=now)
            for subject in dict.fromkeys(subjects)
        ],
        batch_size=500,
    )


def enqueue_ahead(subjects: Iterable[Subject], *, now: datetime) -> list[int]:
    """Note a change that is about to be made outside a transaction; it is read when that is over.

    The notes, for `take_back` when one made after the change takes their place.
    """
    rows = OutboxEntry.objects.bulk_create(
        [
            OutboxEntry(source=subject.source, key=subject.key, created_at=now, not_before=now + AHEAD)
            for subject in dict.fromkeys(subjects)
        ],
        batch_size=500,
    )
    return [row.pk for row in rows]


def take_back(ahead: Collection[int]) -> None:
    """Drop notes that were made ahead of a change."""
    left = iter(ahead)
    while part := list(islice(left, SEEN_AT_ONCE)):
        OutboxEntry.objects.filter(pk__in=part).delete()


def take(*, now: datetime, limit: int) -> dict[Subject, list[int]]:
    """The next subjects with changes that are due, oldest first, and all of their changes seen so far.

    Reading a thing once answers every change of it that was noted before: a name that a thousand records
    show may change ten times in a minute.
    """
    waiting = _by_subject(_due(now).order_by("pk")[:SEEN_AT_ONCE])
    return dict(islice(waiting.items(), limit))


def _due(now: datetime) -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(WAITING).filter(Q(not_before=None) | Q(not_before__lte=now))


def _by_subject(rows: QuerySet[OutboxEntry], but: Collection[int] = ()) -> dict[Subject, list[int]]:
    subjects: dict[Subject, list[int]] = {}
    for pk, source, key in rows.values_list("pk", "source", "key"):
        if pk not in but:
            subjects.setdefault(Subject(Source(source), key), []).append(pk)
    return subjects


@transaction.atomic
def tick() -> int:
    """A version for what is read from now on."""
    clock, _created = IndexClock.objects.select_for_update().get_or_create(pk=1)
    IndexClock.objects.filter(pk=clock.pk).update(value=F("value") + 1)
    return IndexClock.objects.values_list("value", flat=True).get(pk=clock.pk)


def clock() -> int:
    """The newest version that was given. One query."""
    return IndexClock.objects.filter(pk=1).values_list("value", flat=True).first() or 0


def put_forward(value: int) -> None:
    """The next version is above this one."""
    IndexClock.objects.get_or_create(pk=1)
    IndexClock.objects.filter(pk=1, value__lt=value).update(value=value)


def finish(changes: Mapping[Subject, Collection[int]], *, now: datetime) -> None:
    """These changes are in the index, and with them what had failed of the same things before."""
    entries = [pk for pks in changes.values() for pk in pks]
    failed = _by_subject(OutboxEntry.objects.filter(FAILED))
    repaired = [pk for subject, pks in failed.items() if subject in changes for pk in pks]
    OutboxEntry.objects.filter(pk__in=[*entries, *repaired]).update(done_at=now, problem="")


def take_up_again(*entries: int) -> int:
    """Failed changes wait again, by default all of them. Returns how many."""
    failed = OutboxEntry.objects.filter(FAILED)
    if entries:
        failed = failed.filter(pk__in=entries)
    return failed.update(failed_at=None, not_before=None, attempts=0)


def fail(entries: Collection[int], problem: str, *, now: datetime) -> None:
    """These could not be indexed: later again, and after `MOST_ATTEMPTS` not before somebody looks."""
    rows = OutboxEntry.objects.filter(pk__in=entries)
    rows.update(attempts=F("attempts") + 1, problem=problem[:500])
    rows.filter(attempts__gte=MOST_ATTEMPTS).update(failed_at=now)
    for attempts in range(1, MOST_ATTEMPTS):
        rows.filter(attempts=attempts).update(not_before=now + timedelta(seconds=2**attempts))


def clear_away(*, now: datetime) -> None:
    """Drop what has been done for longer than any rebuild takes."""
    OutboxEntry.objects.filter(done_at__lt=now - KEPT).delete()


def due_ids(*, now: datetime) -> set[int]:
    """Every change that waits and whose time has come."""
    return set(_due(now).values_list("pk", flat=True))


def due_but(known: Collection[int], *, now: datetime) -> dict[Subject, list[int]]:
    """Waiting changes that are due and not among the known ones, oldest first."""
    return _by_subject(_due(now).order_by("pk"), known)


def changes_from(since: datetime) -> dict[Subject, list[int]]:
    """Everything that was noted or carried into an index since then, or still waits."""
    recent = Q(created_at__gte=since) | Q(done_at__gte=since) | Q(done_at=None)
    return _by_subject(OutboxEntry.objects.filter(recent).order_by("pk"))


def failed() -> QuerySet[OutboxEntry]:
    """What is not tried again before somebody looks, the longest failed first."""
    return OutboxEntry.objects.filter(FAILED).order_by("failed_at", "pk")


def known_ids() -> set[int]:
    """Every change seen so far; what is not among them later has come since."""
    return set(OutboxEntry.objects.values_list("pk", flat=True))


def changes_since(known: Collection[int]) -> dict[Subject, list[int]]:
    """Changes that have become visible since `known_ids`, done or not, whatever their numbers.

    On PostgreSQL a lower number can become visible after a higher one.
    """
    return _by_subject(OutboxEntry.objects.order_by("pk"), known)


def is_behind() -> bool:
    """Whether any change is not in the index yet, waiting or failed. One query."""
    return OutboxEntry.objects.filter(done_at__isnull=True).exists()


def backlog() -> Backlog:
    """One query."""
    row = OutboxEntry.objects.aggregate(
        waiting=Count("pk", filter=WAITING),
        failed=Count("pk", filter=FAILED),
        oldest=Min("created_at", filter=WAITING),
    )
    return Backlog(row["waiting"], row["failed"], row["oldest"])
