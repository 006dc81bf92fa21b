"""The ledger as a file by the clock: once a day, and again once a version had to be removed."""

from django.utils import timezone

from portal.common.actors import system
from portal.opendata import domain, queries
from portal.opendata.models import LedgerFile
from portal.work.declarations import LONG, JobKind, Payload, Task
from portal.work.domain import enqueue

NAME = "export_ledger"


def export_daily() -> None:
    """Nothing comes of it when nothing public has changed."""
    enqueue(NAME, now=timezone.now(), key=NAME)


def tend() -> None:
    """Removes what holds something taken back; whoever asks for the newest then gets a new one soon."""
    removed = domain.remove_taken_back(actor=system(NAME), now=timezone.now())
    if removed or (LedgerFile.objects.exists() and queries.latest() is None):
        export_daily()


def _export(task: Task) -> Payload:
    made = domain.export_ledger(actor=system(NAME), now=timezone.now())
    return {"file": made.name if made else ""}


EXPORT = JobKind(name=NAME, queue=LONG, run=_export)
