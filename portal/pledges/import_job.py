"""The import of a table of pledges as a job with progress; the command notes it, the worker runs it.

Run again after its worker died, it finds unchanged what it had stored.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone, translation

from portal.common.actors import system
from portal.files.refusals import Refused
from portal.pledges.imports import import_pledges
from portal.work.declarations import LONG, JobKind, Payload, PermanentFailure, Task
from portal.work.domain import enqueue
from portal.work.models import Job

KIND = "import_pledges"


def note_import(
    content: bytes,
    *,
    language: str,
    now: datetime,
    skip_rejected: bool = False,
    named: Mapping[str, str] | None = None,
) -> Job:
    """The worker reads these bytes and tells in this language what is wrong with them."""
    payload = {
        "content": b64encode(content).decode("ascii"),
        "language": language,
        "skip_rejected": skip_rejected,
        "named": dict(named or {}),
    }
    job = enqueue(KIND, payload, now=now)
    assert job is not None  # noqa: S101  # reason: without a key there is always a new one
    return job


def _run(task: Task) -> Payload:
    content = b64decode(task.payload["content"])
    with translation.override(task.payload["language"]):
        try:
            report = import_pledges(
                content,
                actor=system(KIND),
                now=timezone.now(),
                named=task.payload.get("named"),
                skip_rejected=bool(task.payload.get("skip_rejected")),
                progress=task.progress,
            )
        except Refused as refused:
            raise PermanentFailure(str(refused)) from refused
        return report.as_json()


IMPORT = JobKind(name=KIND, queue=LONG, run=_run, max_attempts=20)
