"""The snapshot of a review cycle: what the public ledger held when it was frozen, as one hashed file.

Numbers, codes, days and digests only: no title and no text, so that what is withdrawn later leaves in it what
it leaves everywhere, its number.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.db.models import OuterRef, Subquery

from portal.common.digests import canonical
from portal.files.models import public_storage
from portal.followup.figures import Figures, figures_of
from portal.followup.models import CyclePriority, ReviewCycle
from portal.followup.queries import priority_rows
from portal.pledges.public_facts import changes_in
from portal.publication.enums import RecordKind
from portal.publication.figures import public_state
from portal.publication.models import Record, RecordVersion
from portal.publication.queries import published
from portal.records.types import record_type

# What is told of each kind beside what all have: names of facts that the read API tells too.
TOLD = {
    RecordKind.PLEDGE: (
        *("stage", "health", "reported_on", "forum", "pledge_kind", "actions", "assessment"),
        *("fulfilment", "goals_stated"),
    ),
    RecordKind.REPORT: ("pledge", "cycle", "stage", "reported_on", "is_unchanged", "tier"),
    RecordKind.ASSESSMENT: (
        *("subject", "pledge", "goal", "action", "cycle", "body", "completion", "confidence", "basis"),
        *("claimed", "replies"),
    ),
}
NAMES = {
    RecordKind.PLEDGE: "pledges",
    RecordKind.REPORT: "reports",
    RecordKind.ASSESSMENT: "assessments",
}
CHUNK = 500


class SnapshotChanged(Exception):
    """The file is gone, or it is not the one whose SHA-256 the cycle shows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the ledger held when it named its state so, and on that day."""

    state: object
    day: date
    rows: dict[str, list[dict[str, Any]]]

    @property
    def is_current(self) -> bool:
        """Whether nothing public has changed since. One query."""
        return self.state == public_state()


def unwatched(done: int, total: int) -> None:
    """Nobody asks how far it is."""


def read(now: datetime, progress: Callable[[int, int], None] = unwatched) -> Reading:
    """Everything of the kinds above that was public at `now`. Three queries."""
    state, total = public_state(), published().filter(kind__in=NAMES).count()
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in NAMES.values()}
    for done, record in enumerate(_records(now)):
        if done % CHUNK == 0:
            progress(done, total)
        rows[NAMES[record.kind]].append(_row(record, now))
    progress(total, total)
    return Reading(state, now.date(), rows)


def content_of(cycle: ReviewCycle, now: datetime, reading: Reading | None = None) -> dict[str, Any]:
    """What was read, or is now, with the cycle and its priorities. One query beside those of reading."""
    rows = (reading or read(now)).rows
    return {
        "cycle": cycle.slug,
        "opens": cycle.opens_on.isoformat(),
        "closes": cycle.closes_on.isoformat(),
        "frozen_at": now.isoformat(timespec="seconds"),
        "priorities": [_priority(row) for row in priority_rows(cycle)],
        **rows,
    }


class Kept(NamedTuple):
    """What a snapshot tells of a pledge that figures count."""

    stage: str
    is_reported: bool
    is_assessed: bool
    fulfilment: str | None


def figures_in(content: dict[str, Any]) -> Figures:
    return figures_of([_kept(row) for row in content["pledges"]])


def store(content: dict[str, Any]) -> str:
    """Keep the file under its SHA-256, and give that."""
    written = canonical(content)
    sha256 = hashlib.sha256(written).hexdigest()
    storage, path = public_storage(), path_of(sha256)
    if storage.exists(path):
        storage.delete(path)
    storage.save(path, ContentFile(written))
    return sha256


def bytes_of(cycle: ReviewCycle) -> bytes:
    """The file as it was frozen. Raises `SnapshotChanged` for any other, and for none."""
    storage, path = public_storage(), path_of(cycle.snapshot)
    if not storage.exists(path):
        raise SnapshotChanged(cycle.slug)
    with storage.open(path) as file:
        kept: bytes = file.read()
    if hashlib.sha256(kept).hexdigest() != cycle.snapshot:
        raise SnapshotChanged(cycle.slug)
    return kept


def path_of(sha256: str) -> str:
    """Below the folder of public files."""
    return f"snapshots/{sha256}.json"


def _kept(row: Mapping[str, Any]) -> Kept:
    is_reported, is_assessed = row["reported_on"] is not None, row["assessment"] is not None
    return Kept(row["stage"], is_reported, is_assessed, row.get("fulfilment"))


def _records(now: datetime) -> Iterator[Record]:
    digests = RecordVersion.objects.filter(record=OuterRef("pk"), number=OuterRef("version"))
    rows = published().filter(kind__in=NAMES, published_at__lte=now).order_by("kind", "pk")
    told = rows.annotate(sha256=Subquery(digests.values("digest")[:1]))
    return told.defer("texts", "summary").iterator(chunk_size=CHUNK)


def _priority(row: CyclePriority) -> dict[str, Any]:
    before = row.carried_from
    return {
        "action": row.node.key,
        "carried_from": before.slug if before else None,
        "is_of_plan": row.is_of_plan,
    }


def _row(record: Any, now: datetime) -> dict[str, Any]:
    facts = record_type(record.kind).facts_of(record, now)
    author = record.organization
    return {
        "id": record.public_id,
        "version": record.version,
        "sha256": record.sha256,
        "organization": author.public_id if author else None,
        "country": record.country,
        "organization_type": record.type_code or None,
        "year": record.year,
        **({"changes": _changes(record)} if record.kind == RecordKind.PLEDGE else {}),
        **{name: facts.get(name) for name in TOLD[record.kind]},
    }


def _changes(pledge: Record) -> list[dict[str, str]]:
    """Days and names of what was changed of a promise; the words stay in the ledger."""
    return [{"on": row["on"], "what": row["what"]} for row in changes_in(pledge.facts)]
