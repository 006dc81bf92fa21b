"""Files that nothing holds go after their term; what a row or a receipt holds stays."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import system
from portal.common.digests import canonical
from portal.common.events import history
from portal.files.domain import publish_copy, store_file
from portal.files.models import StoredFile, private_storage, public_storage
from portal.files.sweeping import UNATTACHED_FOR, sweep_files
from portal.organizations.models import Organization, Proof
from portal.submissions.models import SubmittedVersion
from portal.submissions.named_files import files_in_receipts

NOW = timezone.make_aware(datetime(2026, 11, 28, 12))
DUE = NOW + UNATTACHED_FOR + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path, db: None) -> None:
    settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """What a sweep leaves to its commit."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def given(name: str, at: datetime = NOW) -> StoredFile:
    return store_file(f"Words of {name}.".encode(), f"{name}.txt", actor=system("tests"), now=at)


def names() -> set[str]:
    return set(StoredFile.objects.values_list("name", flat=True))


def test_what_nothing_holds_goes_after_its_term_and_not_before(organization: Organization) -> None:
    lost, held, said = given("lost"), given("held"), given("said")
    given("new", DUE - timedelta(hours=1))
    Proof.objects.create(organization=organization, file=held, added_at=NOW)
    SubmittedVersion.objects.create(
        kind="report",
        submission_key=organization.key,
        number=1,
        receipt_number="R-1",
        content=canonical({"evidence": [{"key": str(said.key), "sha256": said.sha256}]}).decode(),
        submitted_at=NOW,
    )
    assert (sweep_files(NOW + UNATTACHED_FOR), len(names())) == (0, 4)
    assert (sweep_files(DUE), names()) == (1, {"held.txt", "said.txt", "new.txt"})
    assert [event.action for event in history("file", lost.key)] == ["stored", "deleted"]


def test_what_is_given_again_is_as_new(focal_point: User) -> None:
    given("again")
    given("again", DUE)
    assert (sweep_files(DUE), names()) == (0, {"again.txt"})


def test_bytes_that_no_row_knows_go_and_files_of_others_beside_them_stay() -> None:
    kept = publish_copy(given("kept", DUE), actor=system("tests"), now=DUE)
    storages = (private_storage(), public_storage())
    paths = [Path(each.path(place)) for each in storages for place in ("ab/abcd.pdf", "packs/abcd.pdf")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"Left by what was rolled back.")
    for path in [*paths, *(Path(each.path(kept.public_path)) for each in storages)]:
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    young = Path(storages[1].path("ab/ef.pdf"))
    young.write_bytes(b"Of what is being released.")
    os.utime(young, (DUE.timestamp(), DUE.timestamp()))
    assert sweep_files(DUE) == 2
    assert [path.exists() for path in paths] == [False, True, False, True]
    assert (young.exists(), storages[1].exists(kept.public_path)) == (True, True)


def test_a_receipt_that_names_a_file_is_asked_in_one_query(django_assert_num_queries: Any) -> None:
    file = given("asked")
    with django_assert_num_queries(1):
        assert files_in_receipts({file.key}) == set()
