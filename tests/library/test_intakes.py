"""Files that the worker reads for the library: given, read with progress, public or refused with a reason."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from portal.accounts.models import User
from portal.common.actors import VISITOR, person, system
from portal.common.errors import NotAllowed
from portal.common.events import history
from portal.files.refusals import Refused
from portal.library.intakes import hand_over
from portal.library.models import LibraryDocument, LibraryIntake, library_storage
from portal.work.declarations import LONG
from portal.work.domain import claim
from portal.work.models import Job
from portal.work.running import run
from tests.files.quality_texts import PROSE
from tests.library.builders import column, pdf_of
from tests.library.conftest import NOW

pytestmark = pytest.mark.django_db
ABOUT = {"language": "en", "title": "A paper", "kind": "report", "dated": "2024-05", "countries": ["CL"]}


def claimed() -> Job:
    """The one job that waits, as a worker has it."""
    job = claim(LONG, worker="test", lease=timedelta(minutes=1), now=NOW)
    assert job is not None
    return job


def given(content: bytes, name: str = "paper.pdf", **about: object) -> LibraryIntake:
    return hand_over(content=content, file_name=name, about=ABOUT | about, actor=system("test"), now=NOW)


def test_the_worker_reads_it_and_tells_how_far_it_is(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    intake = given(pdf_of([column([PROSE["en"][:90], PROSE["en"][90:180]])] * 3))
    kept = str(intake.file.name)
    assert (intake.state, library_storage().exists(kept)) == ("waiting", True)
    job = claimed()
    with django_capture_on_commit_callbacks(execute=True):
        assert run(job, stopped=lambda: False)
    intake.refresh_from_db()
    job.refresh_from_db()
    document = LibraryDocument.objects.get()
    assert (intake.state, intake.document, intake.done, intake.total) == ("public", document, 3, 3)
    assert (job.state, job.result, job.done) == (
        "done",
        {"document": document.public_id, "state": "public"},
        3,
    )
    assert (document.title, document.dated, document.kind, document.file_name) == (
        "A paper",
        "2024-05",
        "report",
        "paper.pdf",
    )
    assert not library_storage().exists(kept)
    assert [event.action for event in history("library_file", str(intake.key))] == ["given"]


def test_what_cannot_be_read_says_why_and_leaves_no_file(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    intake = given(PROSE["fr"].encode(), "papier.txt")
    with django_capture_on_commit_callbacks(execute=True):
        run(claimed(), stopped=lambda: False)
    intake.refresh_from_db()
    assert (intake.state, str(intake.file), intake.document) == ("refused", "", None)
    assert "another language" in intake.problem or "otro idioma" in intake.problem
    assert not LibraryDocument.objects.exists()


def test_what_the_name_says_already_is_refused_at_once() -> None:
    with pytest.raises(Refused):
        given(b"Words.", "paper.exe")
    with pytest.raises(Refused):
        given(b"Words.", "paper.pdf")
    assert not LibraryIntake.objects.exists()
    assert not Job.objects.exists()


def test_only_editors_give_files(editor: User, moderator: User) -> None:
    for actor in (VISITOR, person(moderator)):
        with pytest.raises(NotAllowed):
            hand_over(content=b"Words.", file_name="a.txt", about=ABOUT, actor=actor, now=NOW)
    assert hand_over(content=b"Words.", file_name="a.txt", about=ABOUT, actor=person(editor), now=NOW).pk
