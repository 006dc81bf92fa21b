"""Files that the worker reads, new ones and such as replace another: given at once, read with progress.

A file that is refused says why and leaves nothing but that; the file itself goes once it was read.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.common import events
from portal.common.actors import Actor, person, system
from portal.common.characters import one_line
from portal.common.commits import after_commit
from portal.common.errors import NotAllowed, WrongState
from portal.common.languages import CODES, DEFAULT
from portal.files.refusals import Refused
from portal.library.deciding import put_accepted
from portal.library.describing import About, put_on
from portal.library.domain import add_document
from portal.library.enums import DocumentKind, IntakeState
from portal.library.extraction.progress import Progress
from portal.library.models import DocumentProposal, LibraryDocument, LibraryIntake, library_storage
from portal.library.replacing import replace_file, require_replaceable
from portal.library.rules import can_add
from portal.library.taking import check_name_and_head
from portal.work.declarations import LONG, JobKind, Payload, PermanentFailure, Task
from portal.work.domain import enqueue

READ = "read_document"
FOLDER = "waiting"
_LONGEST_PROBLEM = 500


@transaction.atomic
def hand_over(
    *,
    content: bytes,
    file_name: str,
    about: Mapping[str, object],
    proposal: DocumentProposal | None = None,
    actor: Actor,
    now: datetime,
) -> LibraryIntake:
    """Keep a file and note the job that reads it. `about` are fields of `About`, as JSON.

    `proposal` is decided about once the file was read. Raises `Refused` and `ValidationError` for what can
    be said before that.
    """
    if not can_add(actor):
        raise NotAllowed
    put_on(LibraryDocument(), _about(about))
    intake = LibraryIntake(about=dict(about), proposal=proposal)
    return _keep(intake, content, file_name, actor=actor, now=now)


@transaction.atomic
def hand_over_in_place(
    document: LibraryDocument, *, content: bytes, file_name: str, actor: Actor, now: datetime
) -> LibraryIntake:
    """Keep a file that the worker puts in the place of the document's own.

    Raises `Refused` and `WrongState` for what can be said before it is read, also while another one waits.
    """
    locked = LibraryDocument.objects.select_for_update().get(pk=document.pk)
    require_replaceable(locked, content, actor)
    if replacement_of(locked) is not None:
        raise WrongState(_("Another file of this document is being read. Wait until that is done."))
    return _keep(LibraryIntake(replaces=locked), content, file_name, actor=actor, now=now)


def replacement_of(document: LibraryDocument) -> LibraryIntake | None:
    """The file that waits to take the place of the document's own."""
    return LibraryIntake.objects.filter(replaces=document, finished_at=None).first()


def job_key(intake: LibraryIntake) -> str:
    return f"{READ}:{intake.pk}"


def _keep(
    intake: LibraryIntake, content: bytes, file_name: str, *, actor: Actor, now: datetime
) -> LibraryIntake:
    """What is rolled back later leaves its file, which `sweeping` takes away."""
    name = one_line(PurePath(file_name).name)[:255]
    check_name_and_head(content, name)
    intake.file_name, intake.created_at, intake.given_by_id = name, now, actor.user_id
    kept = f"{FOLDER}/{intake.key}{PurePath(name).suffix.lower()}"
    intake.file.name = library_storage().save(kept, ContentFile(content))
    intake.save(force_insert=True)
    events.record("given", kind="library_file", key=str(intake.key), actor=actor, now=now)
    enqueue(READ, {"intake": intake.pk}, now=now, key=job_key(intake))
    return intake


def take_in(intake: LibraryIntake, *, now: datetime, progress: Progress | None = None) -> LibraryIntake:
    """Read the file and make it public, or say why not in the language of who gave it.

    One that was read already stays as it is.
    """
    if intake.finished_at is not None:
        return intake
    _put(intake, state=IntakeState.READING)
    with translation.override(_language_of(intake)):
        try:
            document = _taken(intake, now, progress)
        except (Refused, WrongState) as refused:
            return _refuse(intake, now, str(refused))
        except ValidationError as invalid:
            return _refuse(intake, now, " ".join(invalid.messages))
    return _finish(intake, now, state=IntakeState.PUBLIC, document=document)


def give_up(intake: LibraryIntake, *, now: datetime) -> LibraryIntake:
    """For a file whose job has ended for good without a word, as where it needs more than the machine has.

    One that was read since it was looked at stays as it is.
    """
    intake = LibraryIntake.objects.select_for_update().get(pk=intake.pk)
    if intake.finished_at is not None:
        return intake
    with translation.override(_language_of(intake)):
        told = _("Reading this file broke off again and again. Please save it smaller or in another format.")
        return _refuse(intake, now, told)


def _language_of(intake: LibraryIntake) -> str:
    language = intake.given_by.language if intake.given_by else ""
    return language if language in CODES else DEFAULT


def _taken(intake: LibraryIntake, now: datetime, progress: Progress | None) -> LibraryDocument:
    path = Path(library_storage().path(str(intake.file.name)))
    note = partial(_note, intake, progress)
    if intake.replaces is None:
        return _added(intake, path, note, now)
    return _replaced(intake.replaces, path, intake.file_name, note, now)


def _replaced(
    document: LibraryDocument, path: Path, file_name: str, note: Progress, now: datetime
) -> LibraryDocument:
    if document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest():
        # The worker ended after it had put the file there, before it could note that.
        return document
    return replace_file(document, path=path, file_name=file_name, progress=note, actor=system(READ), now=now)


def _added(intake: LibraryIntake, path: Path, note: Progress, now: datetime) -> LibraryDocument:
    """What is said of a file that is there already stays as it is."""
    about = _about(intake.about)
    return add_document(
        path=path,
        file_name=intake.file_name,
        language=about.language or "",
        title=about.title or "",
        kind=about.kind or DocumentKind.OTHER,
        source=about.source or "",
        more=about,
        corrects=False,
        progress=note,
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


def _refuse(intake: LibraryIntake, now: datetime, told: str) -> LibraryIntake:
    return _finish(intake, now, state=IntakeState.REFUSED, problem=told[:_LONGEST_PROBLEM])


@transaction.atomic
def _finish(intake: LibraryIntake, now: datetime, **fields: object) -> LibraryIntake:
    name = str(intake.file.name)
    _put(intake, **fields, finished_at=now, file="")
    if intake.proposal and intake.document:
        by = person(intake.given_by) if intake.given_by else system(READ)
        put_accepted(intake.proposal, intake.document, actor=by, now=now)
    after_commit(library_storage().delete, name)
    return intake


def _run(task: Task) -> Payload:
    intake = LibraryIntake.objects.filter(pk=task.payload["intake"]).first()
    if intake is None:
        raise PermanentFailure("The file is gone.")
    read = take_in(intake, now=timezone.now(), progress=task.progress)
    return {"document": read.document.public_id if read.document else "", "state": str(read.state)}


READING = JobKind(name=READ, queue=LONG, run=_run, max_attempts=3)
