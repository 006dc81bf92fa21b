"""Files for the library that the worker reads: given at once, read one after another, with progress.

A file that is refused says why and leaves nothing but that; the file itself goes once it was read.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from portal.common import events
from portal.common.actors import Actor, system
from portal.common.characters import one_line
from portal.common.commits import after_commit
from portal.common.errors import NotAllowed
from portal.files.refusals import Refused
from portal.library.describing import About, put_on
from portal.library.domain import add_document
from portal.library.enums import DocumentKind, IntakeState
from portal.library.extraction.progress import Progress
from portal.library.models import LibraryDocument, LibraryIntake, library_storage
from portal.library.rules import can_add
from portal.library.taking import check_name_and_head
from portal.work.declarations import LONG, JobKind, Payload, PermanentFailure, Task
from portal.work.domain import enqueue

READ = "read_document"
FOLDER = "waiting"


@transaction.atomic
def hand_over(
    *, content: bytes, file_name: str, about: Mapping[str, object], actor: Actor, now: datetime
) -> LibraryIntake:
    """Keep a file and note the job that reads it. `about` are fields of `About`, as JSON.

    Raises `Refused` and `ValidationError` for what can be said before it is read.
    """
    if not can_add(actor):
        raise NotAllowed
    name = one_line(PurePath(file_name).name)[:255]
    check_name_and_head(content, name)
    put_on(LibraryDocument(), _about(about))
    intake = LibraryIntake(file_name=name, about=dict(about), created_at=now)
    kept = f"{FOLDER}/{intake.key}{PurePath(name).suffix.lower()}"
    intake.file.name = library_storage().save(kept, ContentFile(content))
    intake.save(force_insert=True)
    events.record("given", kind="library_file", key=str(intake.key), actor=actor, now=now)
    enqueue(READ, {"intake": intake.pk}, now=now, key=f"{READ}:{intake.pk}")
    return intake


def take_in(intake: LibraryIntake, *, now: datetime, progress: Progress | None = None) -> LibraryIntake:
    """Read the file and make it public, or say why not. One that was read already stays as it is."""
    if intake.finished_at is not None:
        return intake
    _put(intake, state=IntakeState.READING)
    try:
        added = _add(intake, now, progress)
    except Refused as refused:
        return _finish(intake, now, state=IntakeState.REFUSED, problem=str(refused))
    except ValidationError as invalid:
        return _finish(intake, now, state=IntakeState.REFUSED, problem=" ".join(invalid.messages))
    return _finish(intake, now, state=IntakeState.PUBLIC, document=added)


def _add(intake: LibraryIntake, now: datetime, progress: Progress | None) -> LibraryDocument:
    about = _about(intake.about)
    return add_document(
        path=Path(library_storage().path(str(intake.file.name))),
        file_name=intake.file_name,
        language=about.language or "",
        title=about.title or "",
        kind=about.kind or DocumentKind.OTHER,
        source=about.source or "",
        more=about,
        progress=partial(_note, intake, progress),
        actor=system(READ),
        now=now,
    ).document


def _about(said: Mapping[str, object]) -> About:
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    return About(**fields)  # type: ignore[arg-type]  # reason: as it was given, as JSON


def _note(intake: LibraryIntake, progress: Progress | None, done: int, total: int) -> None:
    """Often enough to be followed, and seldom enough to cost nothing."""
    if done % max(total // 50, 1) == 0 or done == total:
        _put(intake, done=done, total=total)
        if progress is not None:
            progress(done, total)


def _put(intake: LibraryIntake, **fields: object) -> None:
    for name, value in fields.items():
        setattr(intake, name, value)
    intake.save(update_fields=list(fields))


def _finish(intake: LibraryIntake, now: datetime, **fields: object) -> LibraryIntake:
    name = str(intake.file.name)
    _put(intake, **fields, finished_at=now, file="")
    after_commit(library_storage().delete, name)
    return intake


def _run(task: Task) -> Payload:
    intake = LibraryIntake.objects.filter(pk=task.payload["intake"]).first()
    if intake is None:
        raise PermanentFailure("The file is gone.")
    read = take_in(intake, now=timezone.now(), progress=task.progress)
    return {"document": read.document.public_id if read.document else "", "state": str(read.state)}


READING = JobKind(name=READ, queue=LONG, run=_run, max_attempts=3)
