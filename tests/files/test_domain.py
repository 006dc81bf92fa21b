"""Files kept in private, published as cleaned copies, and taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Actor, person, system
from portal.common.errors import NotAllowed
from portal.common.events import history
from portal.files import rules
from portal.files.domain import keep, original_of, publish_copy, store_file, withdraw_copy
from portal.files.enums import FileType
from portal.files.intake import TakenIn, Wanted
from portal.files.models import StoredFile, private_storage, public_storage
from portal.files.queries import visible_to
from portal.files.refusals import Refused
from tests.files.builders import LEAKS, everything_in, picture, telling_docx, telling_pdf
from tests.rivals import after_query

NOW = timezone.make_aware(datetime(2026, 11, 28, 12))
LATER = NOW + timedelta(days=9)
Store = Callable[..., StoredFile]


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path, db: None) -> None:
    settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


CONTENT = telling_pdf()


@pytest.fixture
def stored(focal_point: User) -> StoredFile:
    return store_file(CONTENT, "Informe.pdf", actor=person(focal_point), now=NOW)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_clean_outside_the_public_folder(
    stored: StoredFile, settings: Any, focal_point: User
) -> None:
    content = original_of(stored)
    assert [leak for leak in LEAKS if leak in everything_in(content)] == []
    assert (stored.size, stored.kind, stored.name, stored.uploaded_by) == (
        len(content),
        "pdf",
        "Informe.pdf",
        focal_point,
    )
    (kept,) = files_below(settings.PRIVATE_MEDIA_ROOT)
    assert (kept.read_bytes() == content, kept.stat().st_mode & 0o077, stored.sha256 in kept.name) == (
        True,
        0,
        True,
    )
    assert (files_below(settings.MEDIA_ROOT), stored.is_public, stored.public_path) == ([], False, "")
    assert [event.action for event in history("file", stored.key)] == ["stored"]


def test_the_same_bytes_are_stored_once(
    stored: StoredFile, settings: Any, focal_point: User, other_org_member: User
) -> None:
    again = store_file(CONTENT, "Informe.pdf", actor=person(focal_point), now=LATER)
    other = store_file(original_of(stored), "Otro.pdf", actor=person(other_org_member), now=NOW)
    assert (again.pk, other.pk == stored.pk, other.sha256) == (stored.pk, False, stored.sha256)
    assert again.created_at == LATER
    assert len(files_below(settings.PRIVATE_MEDIA_ROOT)) == 1
    assert list(visible_to(person(other_org_member))) == [other]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"<html><script>x</script>", "a.pdf", "not_what_its_name_says"),
        (b"MZ\x90\x00" + b"\x00" * 100, "a.pdf", "not_what_its_name_says"),
        (b"", "a.pdf", "empty"),
        (b"x", "a.svg", "unsupported"),
        (b"a,b", "a.csv", "unsupported"),
        (b"a\x01b", "a.txt", "binary"),
        (b"x" * (20 * 1024 * 1024 + 1), "a.txt", "too_large"),
    ],
)
def test_what_is_not_accepted_is_not_kept(
    focal_point: User, settings: Any, content: bytes, name: str, reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        store_file(content, name, actor=person(focal_point), now=NOW)
    assert (refused.value.reason_code, StoredFile.objects.count()) == (reason, 0)
    assert files_below(settings.PRIVATE_MEDIA_ROOT) == []


def test_an_app_may_accept_less(focal_point: User) -> None:
    with pytest.raises(Refused):
        store_file(
            b"Words.", "a.txt", actor=person(focal_point), now=NOW, wanted=Wanted(kinds=[FileType.PDF])
        )


@pytest.mark.parametrize(
    ("content", "name"),
    [(telling_pdf(), "a.pdf"), (telling_docx(), "a.docx"), (picture("MPO", frames=2), "a.jpg")],
)
def test_a_public_copy_tells_nothing_and_is_what_is_kept(
    focal_point: User, moderator: User, settings: Any, content: bytes, name: str
) -> None:
    stored = store_file(content, name, actor=person(focal_point), now=NOW)
    public = publish_copy(stored, actor=person(moderator), now=NOW)
    (copy,) = files_below(settings.MEDIA_ROOT)
    assert (public.is_public, public.public_size, public.public_sha256 in copy.name) == (
        True,
        copy.stat().st_size,
        True,
    )
    assert [leak for leak in LEAKS if leak in everything_in(copy.read_bytes())] == []
    assert (original_of(public), list(StoredFile.objects.filter(published_at=NOW))) == (
        copy.read_bytes(),
        [public],
    )
    assert [event.action for event in history("file", stored.key)] == ["stored", "published"]
    assert publish_copy(public, actor=person(moderator), now=NOW).published_at == NOW


def test_a_file_that_cannot_be_cleaned_is_not_kept(focal_point: User, settings: Any) -> None:
    with pytest.raises(Refused) as refused:
        store_file(picture("JPEG")[:-200], "a.jpg", actor=person(focal_point), now=NOW)
    assert (refused.value.reason_code, StoredFile.objects.count()) == ("damaged", 0)
    assert files_below(settings.PRIVATE_MEDIA_ROOT) == []


def test_what_was_kept_as_it_was_given_is_cleaned_as_it_is_published(
    focal_point: User, settings: Any
) -> None:
    content = picture("JPEG")
    stored = keep(TakenIn(FileType.JPEG, (content,)), "a.jpg", actor=person(focal_point), now=NOW)
    StoredFile.objects.update(is_clean=False)
    publish_copy(stored, actor=system("tests"), now=NOW)
    (copy,) = files_below(settings.MEDIA_ROOT)
    assert [leak for leak in LEAKS if leak in everything_in(copy.read_bytes())] == []
    assert [leak for leak in LEAKS if leak in everything_in(content)] != []


def test_an_original_that_changed_on_disk_is_not_published(stored: StoredFile, settings: Any) -> None:
    (kept,) = files_below(settings.PRIVATE_MEDIA_ROOT)
    kept.write_bytes(b"something else")
    with pytest.raises(Refused) as refused:
        publish_copy(stored, actor=system("tests"), now=NOW)
    assert refused.value.reason_code == "damaged"


def test_a_copy_goes_with_the_last_file_that_has_it(
    stored: StoredFile, settings: Any, other_org_member: User, django_capture_on_commit_callbacks: Any
) -> None:
    other = store_file(original_of(stored), "Otro.pdf", actor=person(other_org_member), now=NOW)
    first, second = (publish_copy(each, actor=system("tests"), now=NOW) for each in (stored, other))
    left = []
    for each in (first, second):
        with django_capture_on_commit_callbacks(execute=True):
            withdrawn = withdraw_copy(each, actor=system("tests"), now=NOW)
        left.append((withdrawn.is_public, len(files_below(settings.MEDIA_ROOT))))
    assert left == [(False, 1), (False, 0)]
    assert private_storage().exists(stored.original_path)
    assert withdraw_copy(second, actor=system("tests"), now=NOW).public_sha256 == ""


def test_a_person_who_gave_a_file_can_be_deleted_and_the_file_stays(
    stored: StoredFile, focal_point: User, other_org_member: User
) -> None:
    public = publish_copy(stored, actor=system("tests"), now=NOW)
    focal_point.delete()
    public.refresh_from_db()
    assert (public.uploaded_by, public.is_public, len(original_of(public))) == (None, True, public.size)
    assert (list(visible_to(person(other_org_member))), list(visible_to(VISITOR))) == ([], [])


def actors(focal_point: User, moderator: User, editor: User, commissioner: User) -> dict[str, Actor]:
    people = {"owner": focal_point, "moderator": moderator, "editor": editor, "commissioner": commissioner}
    return {
        "visitor": VISITOR,
        "system": system("x"),
        **{name: person(user) for name, user in people.items()},
    }


@pytest.mark.parametrize(
    ("name", "stores", "reads", "publishes"),
    [
        ("visitor", False, False, False),
        ("owner", True, True, False),
        ("commissioner", True, False, False),
        ("editor", True, False, True),
        ("moderator", True, False, True),
        ("system", True, True, True),
    ],
)
def test_who_may_what(
    stored: StoredFile,
    focal_point: User,
    moderator: User,
    editor: User,
    commissioner: User,
    name: str,
    stores: bool,
    reads: bool,
    publishes: bool,
) -> None:
    actor = actors(focal_point, moderator, editor, commissioner)[name]
    assert (rules.can_store(actor), stored in visible_to(actor), rules.can_publish(actor)) == (
        stores,
        reads,
        publishes,
    )


def test_who_may_not_is_refused(stored: StoredFile, focal_point: User) -> None:
    with pytest.raises(NotAllowed):
        store_file(b"Words.", "a.txt", actor=VISITOR, now=NOW)
    for verb in (publish_copy, withdraw_copy):
        with pytest.raises(NotAllowed):
            verb(stored, actor=person(focal_point), now=NOW)
    assert public_storage().exists(stored.original_path) is False


def test_the_database_wants_a_copy_of_what_is_public(stored: StoredFile) -> None:
    stored.published_at = NOW
    with pytest.raises(IntegrityError), transaction.atomic():
        stored.save()


def test_a_file_sent_twice_at_the_same_moment_is_one(focal_point: User) -> None:
    content = telling_pdf()

    def send() -> StoredFile:
        return store_file(content, "Informe.pdf", actor=person(focal_point), now=NOW)

    first: list[StoredFile] = []
    with after_query('SELECT "files_storedfile"', lambda: first.append(send())):
        second = send()
    assert (second, StoredFile.objects.count()) == (first[0], 1)
    assert [event.action for event in history("file", second.key)] == ["stored"]
