"""What is done with attachments: taken in, described, left out, made public and taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.attachments.drafts import Attaching
from portal.attachments.limits import ACCEPTED, MAX_FILES, MAX_MEGABYTES
from portal.attachments.models import Attachment, ShownFile
from portal.attachments.public import attachments_of
from portal.attachments.reading import READER
from portal.common.actors import Actor, system
from portal.common.commits import after_commit
from portal.files import domain as files
from portal.files.intake import Wanted
from portal.files.models import StoredFile
from portal.publication.enums import RecordState
from portal.publication.models import Record
from portal.submissions.contents import withholds
from portal.submissions.cuts import redacted_now
from portal.submissions.models import Submission
from portal.submissions.places import files_in
from portal.submissions.queries import content_of, versions_of

FOLLOWING = system("attachments")
WANTED = Wanted(kinds=ACCEPTED, megabytes=MAX_MEGABYTES, reader=READER)


def take_in(content: bytes, name: str, *, actor: Actor, now: datetime) -> StoredFile:
    """A file as it is to be public. Raises `Refused`."""
    return files.store_file(content, name, actor=actor, now=now, wanted=WANTED)


def replace_attachments(links: Any, said: Attaching | None) -> None:
    """Store what one save says; `links` is a submission's manager of its own."""
    if said is None:
        return
    leave_out(links.instance, said.dropped)
    for row in links.filter(file__key__in=said.words).select_related("file"):
        words = said.words[row.file.key]
        links.filter(pk=row.pk).update(title=words.title, alternative=words.alternative)
    room = MAX_FILES - links.count() if said.added else 0
    for file in said.added[: max(room, 0)]:
        links.get_or_create(file=file)


def leave_out(row: Submission, keys: Iterable[UUID] | None = None) -> None:
    """These attachments, or all, are no part of the draft any more.

    The files of what was submitted stay, for its receipts; those of a draft go.
    """
    links: Any = row.attachments  # type: ignore[attr-defined]
    rows: list[Attachment] = list(links.select_related("file"))
    gone = [each for each in rows if keys is None or each.file.key in set(keys)]
    links.filter(pk__in=[each.pk for each in gone]).delete()
    if row.submitted_at is None:
        for each in gone:
            after_commit(_forget, each.file.pk)


def _forget(pk: int) -> None:
    """Unless something else holds it."""
    if file := StoredFile.objects.filter(pk=pk).first():
        files.delete_file(file, actor=FOLLOWING, now=timezone.now())


def leave_out_all(row: Submission, actor: Actor, now: datetime) -> None:
    """Before a draft is deleted."""
    leave_out(row)


def make_public(row: Submission, actor: Actor, now: datetime) -> None:
    """Before its record is published; not where its author's name is withheld: files tell who wrote them.

    Nor those that are left out of what was submitted.
    """
    links: Any = row.attachments  # type: ignore[attr-defined]
    rows = [] if withholds(row) else list(links.select_related("file"))
    left_out = {each.file for each in redacted_now(row)} if rows else set()
    for each in rows:
        if str(each.file.key) in left_out:
            continue
        files.publish_copy(each.file, actor=actor, now=now)
        ShownFile.objects.get_or_create(kind=row.kind, source_key=row.key, file=each.file)


def name_changed(row: Submission, actor: Actor, now: datetime) -> None:
    make_public(row, FOLLOWING, now)


def shown_again(row: Submission, actor: Actor, now: datetime) -> None:
    """After a take-down is undone: what its record tells, also where its text is being changed meanwhile."""
    record = Record.objects.filter(kind=row.kind, source_key=row.key, state=RecordState.PUBLISHED).first()
    told = {each.sha256 for each in attachments_of(record.facts)} if record else set()
    for file in StoredFile.objects.filter(key__in=submitted_files(row), sha256__in=told):
        files.publish_copy(file, actor=FOLLOWING, now=now)
        ShownFile.objects.get_or_create(kind=row.kind, source_key=row.key, file=file)


def submitted_files(row: Submission) -> set[str]:
    """Keys of the files of all that was submitted of it. One query."""
    contents = (content_of(version) or {} for version in versions_of(row))
    return {each["key"] for content in contents for each in files_in(content)}


def follow_record(kind: str, key: UUID, now: datetime) -> None:
    """Files that a record shows no more are private again. One query where it never showed any."""
    rows = list(ShownFile.objects.filter(kind=kind, source_key=key).select_related("file"))
    if not rows:
        return
    record = Record.objects.filter(kind=kind, source_key=key).first()
    shown = {each.sha256 for each in attachments_of(record.facts)} if record else set()
    for row in rows:
        if row.file.public_sha256 not in shown:
            row.delete()
            _take_back(row.file, now)


def _take_back(file: StoredFile, now: datetime) -> None:
    """Unless another public record shows it."""
    if not ShownFile.objects.filter(file=file).exists():
        files.withdraw_copy(file, actor=FOLLOWING, now=now)
