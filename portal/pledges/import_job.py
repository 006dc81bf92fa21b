"""Tables of pledges as jobs of the worker: one checks a kept file, one takes it in, both with progress.

Run again after its worker died, taking in passes over what it had stored. Desk and command note the jobs.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from portal.common.actors import system
from portal.files.refusals import Refused
from portal.pledges.imports import import_pledges
from portal.pledges.mails import tell_uploader
from portal.pledges.models import PledgeTable
from portal.tables.report import Report
from portal.work.declarations import LONG, JobKind, Payload, PermanentFailure, Task
from portal.work.domain import enqueue
from portal.work.models import Job

CHECK, TAKE_IN = "check_pledges", "import_pledges"


def note_check(table: PledgeTable, *, now: datetime) -> Job:
    """In the transaction that asks for it; what the check found becomes the table's report."""
    table.check_job = _noted(CHECK, {"table": str(table.key)}, now)
    table.report = table.outcome = table.job = None
    table.save(update_fields=["check_job", "report", "outcome", "job"])
    return table.check_job


def note_import(
    table: PledgeTable, *, now: datetime, skip_rejected: bool = False, is_replacing: bool = False
) -> Job:
    """In the transaction that asks for it; what became of the table is its outcome."""
    payload = {"table": str(table.key), "skip_rejected": skip_rejected, "is_replacing": is_replacing}
    table.job = _noted(TAKE_IN, payload, now)
    table.outcome = None
    table.save(update_fields=["job", "outcome"])
    return table.job


def _noted(kind: str, payload: Payload, now: datetime) -> Job:
    job = enqueue(kind, payload, now=now)
    assert job is not None  # noqa: S101  # reason: without a key there is always a new one
    return job


def _check(task: Task) -> Payload:
    table = _table(task)
    told = _told(_report(task, table, dry_run=True, skip_rejected=True))
    with transaction.atomic():
        table.report = told
        table.save(update_fields=["report"])
        task.finish(_counts(told))
    return _counts(told)


def _take_in(task: Task) -> Payload:
    """The person is told once, whenever a worker dies."""
    table = _table(task)
    skip_rejected = bool(task.payload.get("skip_rejected"))
    told = _told(_report(task, table, dry_run=False, skip_rejected=skip_rejected))
    with transaction.atomic():
        table.outcome = told
        table.save(update_fields=["outcome"])
        tell_uploader(table)
        task.finish(_counts(told))
    return _counts(told)


def _report(task: Task, table: PledgeTable, *, dry_run: bool, skip_rejected: bool) -> Report:
    with translation.override(table.language):
        try:
            return import_pledges(
                bytes(table.content),
                actor=system(TAKE_IN),
                now=timezone.now(),
                named=table.named,
                dry_run=dry_run,
                skip_rejected=skip_rejected,
                is_replacing=bool(task.payload.get("is_replacing")),
                progress=task.progress,
            )
        except Refused as refused:
            raise PermanentFailure(str(refused)) from refused


def _table(task: Task) -> PledgeTable:
    table = PledgeTable.objects.filter(key=task.payload["table"]).first()
    if table is None:
        raise PermanentFailure("The table is gone.")
    return table


def _told(report: Report) -> dict[str, object]:
    """The report with the column of each fault and the notes, as pages show it; `refused`: nothing is in."""
    errors = [error.as_json() | {"column": error.column} for error in report.errors]
    is_refused = report.is_refused and not report.created + report.updated
    return (
        report.as_json()
        | {"errors": errors, "notes": list(report.notes), "refused": is_refused}
        | {"rows": report.details}
    )


def _counts(told: Payload) -> dict[str, object]:
    """The faults stand with the table, row by row."""
    return {name: value for name, value in told.items() if name not in ("errors", "notes", "rows")}


CHECKING = JobKind(name=CHECK, queue=LONG, run=_check, max_attempts=20)
IMPORT = JobKind(name=TAKE_IN, queue=LONG, run=_take_in, max_attempts=20)
