"""The library's room: many files with what became of each, corrections, the way out; editors alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.accounts.models import User
from portal.common.actors import Group
from portal.library import uploading
from portal.library.intakes import take_in
from portal.library.models import LibraryDocument, LibraryIntake
from tests.factories import make_user
from tests.factories.library import make_document
from tests.library.conftest import IN
from tests.markup import dense

pytestmark = pytest.mark.django_db
ROOM = "/en/desk/library/"


@pytest.fixture(autouse=True)
def _library_folder(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    return


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(Group.EDITOR, language="en"))
    return client


def sent(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, f"{name} {IN['es'] * 2}".encode()) for name in names]


COMMON = {"language": "es", "kind": "study", "offer": "original", "dated": "2024-05"}


def test_each_of_many_files_is_told_what_became_of_it(editor: Client) -> None:
    bad = SimpleUploadedFile("broken.pdf", b"no pdf at all")
    empty = SimpleUploadedFile("empty.txt", b"")
    page = editor.post(ROOM + "add/", COMMON | {"sent": [*sent("Nota_uno.txt", "dos.md"), bad, empty]})
    text = dense(page.text)
    assert page.status_code == 200
    assert sorted(LibraryDocument.objects.values_list("title", "kind", "language", "month")) == [
        ("Nota uno", "study", "es", 5),
        ("dos", "study", "es", 5),
    ]
    assert "Refused:</strong> The content of this file is not what its name says." in text
    assert "This file is empty." in text
    assert page.context["added"], page.context["refused"] == (2, 2)
    again = editor.post(ROOM + "add/", COMMON | {"sent": sent("dos.md")})
    assert (again.context["known"], LibraryDocument.objects.count()) == (1, 2)


def test_a_script_sends_one_file_and_reads_what_became_of_it(editor: Client) -> None:
    asks = {"HTTP_ACCEPT": "application/json"}
    told = editor.post(ROOM + "add/", COMMON | {"sent": sent("one.txt")}, **asks).json()["files"]
    number = LibraryDocument.objects.get().public_id
    assert told == [
        {"name": "one.txt", "state": "added", "told": f"Public as {number}.", "url": f"{ROOM}{number}/"}
    ]
    refused = editor.post(ROOM + "add/", COMMON | {"sent": sent("two.txt"), "dated": "May"}, **asks)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["dated"])
    assert LibraryDocument.objects.count() == 1


def test_a_large_file_waits_for_the_worker_and_the_room_tells_of_it(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "LARGE", 1_000)
    large = SimpleUploadedFile("Informe.txt", f"{IN['fr']} ".encode() * 8)
    page = editor.post(ROOM + "add/", COMMON | {"sent": [large]})
    assert (page.context["waiting"], page.context["known"], LibraryDocument.objects.count()) == (1, 0, 0)
    intake = LibraryIntake.objects.get()
    assert (intake.about["title"], intake.about["dated"]) == ("Informe", "2024-05")
    text = dense(editor.get(ROOM).text)
    assert (intake.file_name in text, "<li>Waiting</li>" in text) == (True, True)
    take_in(intake, now=timezone.now())
    text = dense(editor.get(ROOM).text)
    assert ("<li>Not taken in</li>" in text, intake.problem in text) == (True, True)


def test_what_was_typed_stays_where_the_files_are_refused(editor: Client) -> None:
    typed = COMMON | {"rights": "Of the town", "organizations": "Nobody at all", "sent": sent("one.txt")}
    text = dense(editor.post(ROOM + "add/", typed).text)
    assert LibraryDocument.objects.count() == 0
    assert 'value="Of the town"' in text
    assert "No public organization is called “Nobody at all”." in text
    assert "<details open>" in text


def test_a_correction_is_public_at_once_and_stands_in_the_history(editor: Client) -> None:
    document = make_document(title="Wrong title")
    page = f"{ROOM}{document.public_id}/"
    seen = editor.get(page).context["form"]["seen"].value()
    typed = COMMON | {"title": "Right title", "official": "cartagena-1984", "countries": ["CO"], "seen": seen}
    assert editor.post(page, typed).status_code == 302
    text = dense(editor.get(page).text)
    assert "<del>Wrong title</del> → <ins>Right title</ins>" in text
    assert "Right title" in editor.get(document.path("en")).text
    late = editor.post(page, typed | {"title": "Too late"})
    assert "This changed after you opened the page." in dense(late.text)
    official = dense(editor.get(ROOM + "official/").text)
    assert "14 are missing." in official
    assert f"{document.public_id} " in official


def test_a_withdrawal_asks_for_a_reason_that_the_public_reads(editor: Client) -> None:
    document = make_document(title="Gone")
    page = f"{ROOM}{document.public_id}/withdraw/"
    assert "Say why" in editor.post(page, {"reason": " "}).text
    assert editor.post(page, {"reason": "It was a draft."}).status_code == 302
    assert "It was a draft." in editor.get(document.path("en")).text
    room = dense(editor.get(f"{ROOM}{document.public_id}/").text)
    assert ("It was a draft." in room, "Save and publish" in room) == (True, False)
    assert "Withdrawn" in editor.get(ROOM).text


def test_a_replaced_file_is_refused_in_words_at_its_field(editor: Client) -> None:
    document = make_document()
    page = f"{ROOM}{document.public_id}/replace/"
    answer = editor.post(page, {"file": SimpleUploadedFile("a.pdf", b"no pdf")})
    assert "The content of this file is not what its name says." in dense(answer.text)
    new = SimpleUploadedFile("new.txt", (IN["en"] * 2).encode())
    assert editor.post(page, {"file": new}).status_code == 302
    document.refresh_from_db()
    assert (document.version, document.file_name) == (2, "new.txt")


def test_the_room_is_there_for_editors_alone(client: Client, moderator: User, focal_point: User) -> None:
    document = make_document(title="Zunzuncanario")
    paths = (
        "",
        "add/",
        "official/",
        *(f"{document.public_id}/{name}" for name in ("", "replace/", "withdraw/")),
    )
    for user in (moderator, focal_point):
        client.force_login(user)
        assert [client.get(ROOM + path).status_code for path in paths] == [404] * 6
    client.post(f"{ROOM}{document.public_id}/withdraw/", {"reason": "x"})
    assert LibraryDocument.objects.get().live


@pytest.mark.parametrize("number", [2, 12])
def test_the_list_takes_the_same_queries_at_any_length(
    editor: Client, django_assert_num_queries: object, number: int
) -> None:
    for _each in range(number):
        make_document()
    with django_assert_num_queries(6):  # type: ignore[operator]
        editor.get(ROOM)
