"""The job that compares public pledges and keeps what looks alike; noted by the clock, done by the worker.

A pair that a person called different comes back only when one side has changed and now at least twice as much
speaks for their being one as when it was decided; any other decision stands.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.pledges.duplicate_models import ComparedPledge, PledgePair
from portal.pledges.duplicates.candidates import Candidates
from portal.pledges.duplicates.comparing import Pair
from portal.pledges.duplicates.queries import changed
from portal.pledges.duplicates.reading import glossary, sides_of
from portal.pledges.enums import PairDecision
from portal.pledges.models import Pledge
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from portal.work.declarations import LONG, JobKind, Payload, Task
from portal.work.domain import enqueue
from portal.work.schedules import Schedule

KIND = "compare_pledges"
AT_ONCE = 100
MORE = 2


def note_comparison() -> None:
    """What was published, corrected or imported since the last time is compared. One query for nothing."""
    if changed().exists():
        enqueue(KIND, now=timezone.now(), key=KIND)


def compare(task: Task, *, now: datetime) -> Payload:
    """Those that are new or say something else now, with all others."""
    pledges = dict(Pledge.objects.values_list("key", "pk"))
    records = [row for row in published(RecordKind.PLEDGE) if row.source_key in pledges]
    candidates = Candidates(sides_of(records, glossary()))
    known = dict(ComparedPledge.objects.values_list("pledge__key", "digest"))
    fresh = [key for key, side in candidates.sides.items() if known.get(side.key) != side.digest]  # type: ignore[call-overload]
    likely: dict[frozenset[Any], Pair] = {}
    for done in range(0, len(fresh), AT_ONCE):
        task.progress(done, len(fresh))
        for pair in candidates.likely(fresh[done : done + AT_ONCE]):
            likely[frozenset((pair.one.key, pair.other.key))] = pair
    with transaction.atomic():
        _keep({pledges[key] for key in fresh}, list(_rows(likely, pledges, now)))  # type: ignore[index]
        _note(records, candidates, pledges)
    return {"compared": len(fresh), "likely": len(likely)}


def _rows(likely: Mapping[Any, Pair], pledges: Mapping[UUID, int], now: datetime) -> Iterator[PledgePair]:
    for pair in likely.values():
        sides = sorted((pair.one, pair.other), key=lambda side: pledges[side.key])  # type: ignore[index]
        yield PledgePair(
            one_id=pledges[sides[0].key],  # type: ignore[index]
            other_id=pledges[sides[1].key],  # type: ignore[index]
            score=round(pair.score, 4),
            signals={name: round(value, 2) for name, value in pair.signals.items()},
            digests=[side.digest for side in sides],
            compared_at=now,
        )


def _keep(fresh: set[int], rows: list[PledgePair]) -> None:
    """New pairs come, open ones are told anew or go; what a person decided is asked again as said above."""
    wanted = {(row.one_id, row.other_id): row for row in rows}
    touched = PledgePair.objects.select_for_update().filter(decision__in=("", PairDecision.DIFFERENT))
    for stored in touched.defer("journal"):
        row = wanted.pop((stored.one_id, stored.other_id), None)
        if row is None:
            if not stored.decision and {stored.one_id, stored.other_id} & fresh:
                stored.delete()
        elif not stored.decision or _is_likelier(stored, row):
            _tell_anew(stored, row)
    decided = PledgePair.objects.values_list("one_id", "other_id")
    known = set(decided.filter(one_id__in={row.one_id for row in wanted.values()})) if wanted else set()
    PledgePair.objects.bulk_create([row for pair, row in wanted.items() if pair not in known])


def _is_likelier(stored: PledgePair, row: PledgePair) -> bool:
    return stored.digests != row.digests and _odds(row.score) >= MORE * _odds(stored.score)


def _odds(score: float) -> float:
    return score / (1 - min(score, 0.9999))


def _tell_anew(stored: PledgePair, row: PledgePair) -> None:
    stored.score, stored.signals, stored.digests = row.score, row.signals, row.digests
    stored.compared_at, stored.decision, stored.reason = row.compared_at, "", ""
    stored.decided_at, stored.decided_by, stored.journal = None, None, []
    stored.save()


def _note(records: list[Record], candidates: Candidates, pledges: Mapping[UUID, int]) -> None:
    ComparedPledge.objects.bulk_create(
        [
            ComparedPledge(
                pledge_id=pledges[row.source_key],
                version=row.version,
                digest=candidates.sides[row.source_key].digest,
            )
            for row in records
        ],
        update_conflicts=True,
        unique_fields=["pledge"],
        update_fields=["version", "digest"],
        batch_size=500,
    )


def _run(task: Task) -> Payload:
    return compare(task, now=timezone.now())


COMPARE = JobKind(name=KIND, queue=LONG, run=_run)
NOTE = Schedule(name="note_comparison", every=timedelta(minutes=1), run=note_comparison)
