"""A worker in this process, the real mail backend, and kinds of jobs that only tests declare."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.work import declarations, domain
from portal.work.declarations import JobKind
from portal.work.models import Job
from portal.work.running import run
from tests.search.conftest import in_a_file  # noqa: F401  # reason: a fixture

LEASE = timedelta(seconds=30)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def stored_mails(settings: Any) -> None:
    """Mails go the way they go in production."""
    settings.EMAIL_BACKEND = "portal.work.mail_backend.EmailBackend"


@pytest.fixture
def declare(db: None) -> Iterator[Callable[..., JobKind]]:
    """`declare("name", run, ...)` adds a kind for one test."""
    known = declarations.job_kinds()
    before = dict(known)

    def add(name: str, run: Callable[..., Any], queue: str = "long", **details: Any) -> JobKind:
        kind = known[name] = JobKind(name=name, queue=queue, run=run, **details)
        return kind

    yield add
    known.clear()
    known.update(before)


def claim(queue: str = "long", worker: str = "one", at: datetime | None = None) -> Job | None:
    return domain.claim(queue, worker=worker, lease=LEASE, now=at or timezone.now())


def do_all(queue: str, at: datetime | None = None) -> int:
    """Run what is due; how many jobs were run."""
    number = 0
    while (job := claim(queue, at=at)) is not None:
        number += 1
        if not run(job, stopped=lambda: False):
            break
    return number
