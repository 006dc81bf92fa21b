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
from portal.library import taking, uploading
from portal.library.intakes import take_in
from portal.library.models import LibraryDocument, LibraryIntake
from portal.library.official import official_texts
from tests.factories import make_user
from tests.factories.library import make_document, make_proposal
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
    monkeypatch.setattr(taking, "LARGE", 1_000)
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


def test_the_same_file_again_leaves_what_an_editor_corrected(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.post(ROOM + "add/", COMMON | {"sent": sent("one.txt")})
    LibraryDocument.objects.update(title="The right title", kind="plan")
    for large in (1_000_000, 10):
        monkeypatch.setattr(taking, "LARGE", large)
        again = editor.post(ROOM + "add/", COMMON | {"sent": sent("one.txt")})
        assert (again.context["known"], LibraryIntake.objects.count()) == (1, 0)
    assert LibraryDocument.objects.values_list("title", "kind", "month").get() == (
        "The right title",
        "plan",
        5,
    )


def test_the_same_file_twice_in_the_queue_is_one_document_as_it_was_corrected(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "LARGE", 10)
    for _twice in range(2):
        editor.post(ROOM + "add/", COMMON | {"sent": sent("one.txt")})
    second, first = LibraryIntake.objects.all()
    take_in(first, now=timezone.now())
    LibraryDocument.objects.update(title="The right title")
    take_in(second, now=timezone.now())
    document = LibraryDocument.objects.get()
    assert (document.title, first.document, second.document) == ("The right title", document, document)


def test_files_that_would_keep_a_page_waiting_are_left_to_the_worker(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "AT_ONCE_SECONDS", -1)
    page = editor.post(ROOM + "add/", COMMON | {"sent": sent("one.txt", "two.txt")})
    assert (page.context["waiting"], LibraryIntake.objects.count()) == (2, 2)
    assert dense(page.text).count(f'<a href="{ROOM}">Library<span class="hidden">') == 2


def test_what_is_wrong_with_the_date_is_said_also_where_no_file_came_along(editor: Client) -> None:
    form = editor.post(ROOM + "add/", COMMON | {"dated": "May"}).context["form"]
    assert sorted(form.errors) == ["dated", "sent"]


def test_the_page_says_what_a_script_and_a_browser_without_one_may_send(editor: Client) -> None:
    text = dense(editor.get(ROOM + "add/").text)
    assert 'data-most="104857600"' in text
    assert 'data-large="This file is larger than 100 MB. Please save it smaller."' in text
    assert "choose no more than 100 MB in all" in text.partition("<noscript>")[2].partition("</noscript>")[0]


def test_the_room_tells_what_became_of_a_file_the_worker_read(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "LARGE", 10)
    editor.post(ROOM + "add/", COMMON | {"sent": sent("one.txt")})
    assert "Look again" in editor.get(ROOM).text
    take_in(LibraryIntake.objects.get(), now=timezone.now())
    text = dense(editor.get(ROOM).text)
    document = LibraryDocument.objects.get()
    assert (
        f'<li>In the library</li><li><a href="{ROOM}{document.public_id}/">{document.public_id}</a></li>'
        in text
    )
    assert "Look again" not in text


def test_a_long_reason_of_a_refusal_fits_its_column(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "LARGE", 10)
    editor.post(ROOM + "add/", COMMON | {"sent": sent("one.txt")})
    intake = LibraryIntake.objects.get()
    intake.about |= {"countries": [f"X{number:03d}" for number in range(200)]}
    intake.save()
    take_in(intake, now=timezone.now())
    intake.refresh_from_db()
    assert (intake.state, len(intake.problem)) == ("refused", 500)


def test_a_replacement_that_waits_stands_on_the_page_of_its_document(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "LARGE", 10)
    document = make_document()
    page = f"{ROOM}{document.public_id}/"
    new = SimpleUploadedFile("new.txt", (IN["fr"] * 4).encode())
    answer = editor.post(page + "replace/", {"file": new}, follow=True)
    text = dense(answer.text)
    assert "The new file is being read. Until that is done, the old one stays." in text
    assert (text.count("Look again"), "<li>Waiting</li>" in text) == (1, True)
    assert f"in place of the file of {document.public_id}" in dense(editor.get(ROOM).text)
    again = editor.post(page + "replace/", {"file": SimpleUploadedFile("n.txt", IN["en"].encode())})
    assert "Another file of this document is being read." in dense(again.text)
    take_in(LibraryIntake.objects.get(), now=timezone.now())
    refused = dense(editor.get(page).text)
    assert ("<li>Not taken in</li>" in refused, "Look again" in refused) == (True, False)


def test_the_room_tells_versions_and_page_pictures_apart_and_how_many_are_proposed(editor: Client) -> None:
    make_document(title="A law", language="pt", second_language="fr")
    make_document(title="A scan", language="en", quality="pictures")
    make_proposal(None, make_user(Group.OBSERVATORY))
    text = dense(editor.get(ROOM).text)
    assert "<li>Portuguese, French</li>" in text
    assert "<li>Page pictures alone</li>" in text
    assert 'href="/en/desk/proposed-documents/">Proposed documents (1)</a>' in text


def test_an_official_text_without_an_address_says_so(editor: Client) -> None:
    text = dense(editor.get(ROOM + "official/").text)
    without = sum(not each.url for each in official_texts())
    assert text.count("Where it is published is not known here") == without > 0


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
    with django_assert_num_queries(7):  # type: ignore[operator]
        editor.get(ROOM)
