"""What nothing holds goes, by the clock: files that were never attached, and bytes that no row names.

A save that ends in a clash leaves a file, a release that is rolled back a public copy. Apps whose texts name
files without a key of the database declare it in `files_named()`.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.db.models import CASCADE, Exists, ManyToOneRel, OuterRef, QuerySet
from django.utils import timezone

from portal.common.actors import system
from portal.common.declarations import declared
from portal.files.domain import delete_file
from portal.files.models import StoredFile, private_storage, public_storage
from portal.work.schedules import Schedule

# From the last time it was given.
UNATTACHED_FOR = timedelta(days=2)
SWEEPING = system("sweep_files")
Named = Callable[[Collection[UUID]], Collection[UUID]]


def sweep_files(now: datetime | None = None) -> int:
    """How many files and copies went."""
    before = (now or timezone.now()) - UNATTACHED_FOR
    gone = sum(_forgotten(file, before) for file in left_over(before))
    private = _without_row(private_storage(), "sha256", before)
    public = _without_row(public_storage(), "public_sha256", before)
    return gone + private + public


def left_over(before: datetime) -> list[StoredFile]:
    """Given before that moment, with nothing in the database that holds them and no text that names them."""
    rows = list(_unheld(StoredFile.objects.filter(created_at__lt=before)))
    keys = {row.key for row in rows}
    questions: tuple[Named, ...] = declared("files_named") if keys else ()
    named = {key for question in questions for key in question(keys)}
    return [row for row in rows if row.key not in named]


def _unheld(rows: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """What hangs on a file and goes with it, as its words do, does not hold it."""
    for each in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(each, ManyToOneRel) and each.on_delete is not CASCADE:
            holders = each.related_model._base_manager.filter(**{each.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(holders))
    return rows


@transaction.atomic
def _forgotten(file: StoredFile, before: datetime) -> bool:
    """Unless it was given again meanwhile."""
    row = StoredFile.objects.select_for_update().filter(pk=file.pk, created_at__lt=before).first()
    return row is not None and delete_file(row, actor=SWEEPING, now=timezone.now())


def _without_row(storage: FileSystemStorage, column: str, before: datetime) -> int:
    lost = [
        path
        for folder in _folders(storage)
        for path in _unknown(storage, folder, column)
        if storage.get_modified_time(path) < before
    ]
    for path in lost:
        storage.delete(path)
    return len(lost)


def _folders(storage: FileSystemStorage) -> list[str]:
    """Those of `stored_name`; others keep files of their own beside them."""
    if not storage.exists(""):
        return []
    folders, _files = storage.listdir("")
    return sorted(each for each in folders if len(each) == len("00"))


def _unknown(storage: FileSystemStorage, folder: str, column: str) -> Iterator[str]:
    _folders, files = storage.listdir(folder)
    rows = StoredFile.objects.filter(**{f"{column}__startswith": folder})
    known = set(rows.values_list(column, flat=True))
    return (f"{folder}/{name}" for name in sorted(files) if PurePosixPath(name).stem not in known)


SWEEP = Schedule(name="sweep_files", every=timedelta(days=1), run=sweep_files, at=timedelta(hours=2))
