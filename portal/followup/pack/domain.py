"""What is done with packs, as verbs: ask the worker for one, make it in every language."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from portal.common.languages import CODES
from portal.followup.enums import FROZEN, CycleState
from portal.followup.models import ReviewCycle
from portal.followup.pack import files
from portal.followup.pack.content import SECTIONS, Source, document_of, names_of
from portal.followup.snapshots.files import SnapshotChanged
from portal.pdf.parts import Document
from portal.pdf.writing import pdf_of
from portal.work.domain import enqueue
from portal.work.enums import ACTIVE, JobState
from portal.work.models import Job

MAKE = "make_review_pack"
Progress = Callable[[int, int], None]


def prepare(cycle: ReviewCycle, *, now: datetime) -> Job | None:
    """In the transaction that wants it. None while the worker is asked for it already."""
    return enqueue(MAKE, {"cycle": cycle.slug}, now=now, key=_key(cycle))


def last_job(cycle: ReviewCycle) -> Job | None:
    """The newest that was asked for in this state of the cycle; it is forgotten days after it has ended."""
    return Job.objects.filter(kind=MAKE, key=_key(cycle)).order_by("-pk").first()


def is_busy(job: Job | None) -> bool:
    return job is not None and job.state in ACTIVE


def make(cycle: ReviewCycle, *, now: datetime, progress: Progress) -> int:
    """Make the pack in every language, and give how many were made: one that is as it should be stays.

    `progress` hears of the sections drawn in all languages. Raises `SnapshotChanged`.
    """
    source = files.source_kept(cycle, cycle.snapshot) if cycle.is_frozen else files.keep_draft(cycle, now)
    total = len(CODES) * len(SECTIONS)
    return sum(
        _made(source, language, now, _later(progress, at * len(SECTIONS), total))
        for at, language in enumerate(CODES)
    )


def document_now(cycle: ReviewCycle, language: str) -> Document:
    """That of a frozen cycle, while the worker has not made it. Raises `SnapshotChanged`."""
    source = files.source_kept(cycle, cycle.snapshot)
    return document_of(source, names_of(source, language))


def refresh(*, now: datetime) -> int:
    """Ask for the packs of frozen cycles that are missing, or name something as it is not named any more."""
    rows = [row for row in ReviewCycle.objects.filter(state__in=FROZEN) if _is_wanted(row)]
    return sum(prepare(row, now=now) is not None for row in rows)


def can_prepare(cycle: ReviewCycle) -> bool:
    """There is something to review once it was opened."""
    return cycle.state != CycleState.PLANNED


def _is_wanted(cycle: ReviewCycle) -> bool:
    """Not where it has failed, nor where the snapshot is another file: somebody has to look."""
    job = last_job(cycle)
    if job is not None and job.state == JobState.FAILED:
        return False
    try:
        return any(files.current(cycle, language) is None for language in CODES)
    except SnapshotChanged:
        return False


def _made(source: Source, language: str, now: datetime, progress: Progress) -> bool:
    names = names_of(source, language)
    digest = files.made_of(source.sha256, names, is_provisional=source.is_provisional)
    row = source.cycle.packs.filter(language=language, made_of=digest).first()
    if row is None:
        document = document_of(source, names)
        file = pdf_of(document, site=settings.SITE_URL, progress=progress)
        files.keep(source, language, document, file.content, digest=digest, pages=file.pages, now=now)
    progress(len(SECTIONS), len(SECTIONS))
    return row is None


def _later(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _of: progress(before + done, total)


def _key(cycle: ReviewCycle) -> str:
    """What is frozen is another pack than the draft that may be under way."""
    return f"{cycle.slug}:{'frozen' if cycle.is_frozen else 'draft'}"
