"""What nothing holds goes, by the clock: files given to the worker that ended, and bytes that no row names.

A verb that is rolled back leaves its file, a page drawn while its file was replaced its picture.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from portal.library import offering, page_images
from portal.library.desk_queries import SHOWN_FOR
from portal.library.intakes import FOLDER, READ, give_up, job_key
from portal.library.models import DocumentProposal, LibraryDocument, LibraryIntake, library_storage
from portal.work.enums import ACTIVE
from portal.work.models import Job
from portal.work.schedules import Schedule, each_tried

# Since it was written: what a verb is writing now has no row yet.
UNHELD_FOR = timedelta(days=2)


def sweep_library(now: datetime | None = None) -> int:
    """How many notes, files and folders of pictures went, and how many files nobody will read any more."""
    now = now or timezone.now()
    given_up = each_tried("intake", _abandoned(), lambda row: not give_up(row, now=now).is_waiting)
    old = LibraryIntake.objects.filter(finished_at__lt=now - SHOWN_FOR)
    _number, by_model = old.delete()
    return given_up + by_model.get(LibraryIntake._meta.label, 0) + _sweep_files(now - UNHELD_FOR)


def _abandoned() -> list[LibraryIntake]:
    """Waiting or being read, without a job that will do it. Two queries."""
    waiting = list(LibraryIntake.objects.filter(finished_at=None).select_related("given_by"))
    jobs = Job.objects.filter(kind=READ, key__in=map(job_key, waiting), state__in=ACTIVE)
    read = set(jobs.values_list("key", flat=True))
    return [row for row in waiting if job_key(row) not in read]


def _sweep_files(before: datetime) -> int:
    held, storage = set(_held()), library_storage()
    lost = [name for name in _stored() if name not in held and storage.get_modified_time(name) < before]
    for name in lost:
        storage.delete(name)
    return len(lost) + page_images.forget_others(held, before)


def _held() -> Iterator[str]:
    """Names of files that a row has. Three queries."""
    for document in LibraryDocument.objects.filter(live=True).only("file", "clean_sha256"):
        yield str(document.file.name)
        yield offering.clean_name_of(document)
    for model in (DocumentProposal, LibraryIntake):
        yield from model._default_manager.exclude(file="").values_list("file", flat=True)


def _stored() -> Iterator[str]:
    storage = library_storage()
    for folder in ("", FOLDER):
        if storage.exists(folder):
            yield from (f"{folder}/{name}".lstrip("/") for name in storage.listdir(folder)[1])


SWEEP = Schedule(name="sweep_library", every=timedelta(hours=1), run=sweep_library)
