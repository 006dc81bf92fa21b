"""The room of imports at the desk: upload, say what columns are, read what is wrong, take in."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook

from portal.common.actors import Group, person
from portal.organizations.models import Organization
from portal.pledges.enums import ReportedStage
from portal.pledges.importing.words import COLUMNS
from portal.pledges.models import HeadingChoice, Pledge, PledgeTable
from portal.pledges.queries import linked
from portal.pledges.submission import PLEDGE
from portal.publication.models import Record
from portal.submissions.domain import keep_version
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from portal.tables.columns import headings_of, plain
from portal.work.models import Job
from tests.factories import make_pledge, make_user, publish_pledge
from tests.markup import dense

ROOM = "/en/desk/pledges/import/"
HEADING = ["Nr", "Was", "Beschreibung", "Stage", "Forum", "Organization", "Outcomes", "Language"]
GOOD = ["GRF-1", "Una oficina", "Abre.", "Planning stage", "2019", "Red Uno", "integration", "es"]
BAD = ["GRF-2", "Otra", "Abre.", "done", "2019", "Red Uno", "integration", "es"]


def messy() -> bytes:
    """A title row of merged cells on the second sheet, headings that no list knows."""
    book = Workbook()
    book.active.append(["Notes of nobody"])
    sheet = book.create_sheet("Pledges")
    sheet.append(["Pledges of the region"])
    sheet.merge_cells("A1:D1")
    sheet.append([])
    for row in (HEADING, GOOD, BAD):
        sheet.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


@pytest.fixture
def editor(client: Client, organization: Organization) -> Client:
    client.force_login(make_user(Group.EDITOR, language="en"))
    return client


def upload(client: Client, content: bytes, name: str = "pledges.xlsx") -> str:
    response = client.post(ROOM, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302
    return str(response["Location"])


MEANING = {
    "column_1": "external_id",
    "column_2": "title",
    "column_3": "description",
    "column_4": "stage",
    "column_5": "forum",
    "column_6": "organization",
    "column_7": "outcomes",
    "column_8": "language",
}


def test_a_messy_table_is_explained_checked_and_taken_in(editor: Client) -> None:
    page = upload(editor, messy())
    text = dense(editor.get(page).content.decode())
    assert "Una oficina" in text
    assert '<option value="stage" selected>' in text
    assert editor.post(page, MEANING).status_code == 302
    text = dense(editor.get(page).content.decode())
    assert tuple(words for words in ("Checking the file", "Look again") if words in text) == (
        "Checking the file",
        "Look again",
    )
    assert "Check the file" not in text
    assert "being checked already" in editor.post(page, MEANING).content.decode()
    call_command("work", "--once", verbosity=0)
    text = dense(editor.get(page).content.decode())
    assert "New: 1. Changed: 0. As they are: 0. Refused: 1." in text
    assert "row 5" in text
    assert "“done” is not known here." in text
    rows = list(csv.reader(io.StringIO(editor.get(f"{page}rejected.csv").content.decode("utf-8-sig"))))
    assert rows[0] == [*HEADING, "Reason"]
    assert (rows[1][:8], rows[1][8].startswith("stage: “done” is not known")) == (BAD, True)
    assert "Correct them" in editor.post(f"{page}all/", follow=True).content.decode()
    assert PledgeTable.objects.get().job is None
    editor.post(f"{page}good/")
    assert "being taken in already" in editor.post(page, MEANING).content.decode()
    call_command("work", "--once", verbosity=0)
    assert [(pledge.external_id, pledge.title) for pledge in Pledge.objects.all()] == [
        ("GRF-1", "Una oficina")
    ]
    text = dense(editor.get(page).content.decode())
    assert "1 of 1 rows." in text
    assert "What became of it" in text
    assert "Look again" not in text
    rows = list(csv.reader(io.StringIO(editor.get(f"{page}rejected.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 2
    again = upload(editor, messy())
    assert HeadingChoice.objects.get().named["nr"] == "external_id"
    assert '<option value="external_id" selected>' in dense(editor.get(again).content.decode())


def test_choices_stay_where_two_columns_are_the_same(editor: Client) -> None:
    page = upload(editor, messy())
    response = editor.post(page, MEANING | {"column_2": "description"})
    assert "Another column is that already." in response.content.decode()
    assert response.content.decode().count('<option value="description" selected>') == 2
    assert PledgeTable.objects.get().report is None


def test_what_is_no_table_is_refused_at_the_field(editor: Client) -> None:
    response = editor.post(ROOM, {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + b"x" * 99)})
    assert list(response.context["form"].errors) == ["file"]
    assert not PledgeTable.objects.exists()


@pytest.mark.parametrize("group", [None, Group.MODERATOR, Group.COMMISSIONER])
def test_only_editors_come_in(client: Client, organization: Organization, group: Group | None) -> None:
    table = PledgeTable.objects.create(name="secret", content=messy(), uploaded_at=timezone.now())
    client.force_login(make_user(*([group] if group else []), language="en"))
    paths = [ROOM, *(f"{ROOM}{table.key}/{part}" for part in ("", "all/", "good/", "rejected.csv"))]
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    assert [client.post(path).status_code for path in paths[:-1]] == [404] * (len(paths) - 1)


def checked(client: Client, content: bytes) -> str:
    """The page of a table that the worker has checked."""
    page = upload(client, content)
    client.post(page, MEANING)
    call_command("work", "--once", verbosity=0)
    return page


@pytest.mark.long
def test_who_uploaded_the_table_is_told_at_the_end(editor: Client, mailoutbox: list[EmailMessage]) -> None:
    page = checked(editor, messy())
    assert mailoutbox == []
    editor.post(f"{page}good/")
    call_command("work", "--once", verbosity=0)
    [mail] = mailoutbox
    assert mail.subject == "Your table of pledges is taken in"
    assert "New: 1. Changed: 0. As they are: 0. Refused: 1." in mail.body
    assert f"http://testserver/accounts/login/?next={page}" in mail.body
    assert mail.to == [PledgeTable.objects.get().uploaded_by.email]


@pytest.mark.long
def test_a_table_that_is_refused_in_the_end_can_be_checked_again(
    editor: Client, mailoutbox: list[EmailMessage]
) -> None:
    """Its organization went meanwhile: nothing is in, and the same file is tried again."""
    page = checked(editor, messy())
    editor.post(f"{page}good/")
    Organization.objects.update(state="suspended", reason="A complaint.")
    Record.objects.filter(kind="organization").delete()
    call_command("work", "--once", verbosity=0)
    text = dense(editor.get(page).content.decode())
    assert (
        mailoutbox[0].subject,
        Pledge.objects.count(),
    ) == ("Nothing of your table of pledges was taken in", 0)
    assert ("Refused: 2." in text, "Check the file" in text) == (True, True)
    assert editor.post(page, MEANING).status_code == 302
    assert PledgeTable.objects.get().check_job.state == "waiting"


@pytest.mark.long
def test_a_table_stays_taken_in_when_its_job_is_cleared_away(editor: Client) -> None:
    page = checked(editor, messy())
    editor.post(f"{page}good/")
    call_command("work", "--once", verbosity=0)
    Job.objects.all().delete()
    text = dense(editor.get(page).content.decode())
    assert ("What became of it" in text, "Check the file" in text) == (True, False)
    assert "being taken in already" in editor.post(f"{page}good/", follow=True).content.decode()


@pytest.mark.long
def test_a_check_that_could_not_be_made_says_why_and_can_be_asked_again(editor: Client) -> None:
    page = upload(editor, messy())
    PledgeTable.objects.update(content=b"%PDF-1.4")
    editor.post(page, MEANING)
    call_command("work", "--once", verbosity=0)
    text = dense(editor.get(page).content.decode())
    assert ("Failed." in text, "Save it as XLSX or CSV." in text, "Check the file" in text) == (True,) * 3


def test_looking_again_does_not_read_the_file(editor: Client) -> None:
    page = upload(editor, messy())
    editor.post(page, MEANING)
    with CaptureQueriesContext(connection) as told:
        editor.get(page)
    assert [query["sql"] for query in told if '"pledges_pledgetable"."content"' in query["sql"]] == []


def sheet(*rows: list[str]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


PLAIN = ["external_id", "title", "description", "stage", "forum", "organization", "outcomes", "language"]


def own_pledge(organization: Organization) -> Pledge:
    """What its organization has submitted here, and the secretariat published."""
    pledge = make_pledge(organization, external_id="GRF-7", title="Vistos", state=SubmissionState.PUBLISHED)
    SubmittedVersion.objects.filter(submission_key=pledge.key).delete()
    keep_version(
        pledge, PLEDGE.sent(pledge, linked(pledge.pk)), actor=person(make_user()), now=timezone.now()
    )
    publish_pledge(pledge)
    return pledge


def worked(client: Client, page: str) -> str:
    call_command("work", "--once", verbosity=0)
    return dense(client.get(page).content.decode())


@pytest.mark.long
def test_the_check_tells_each_changed_row_before_anything_changes(
    editor: Client, organization: Organization
) -> None:
    row = ["GRF-9", "Una oficina", "Abre.", "planning", "2019", "Red Uno", "integration", "es"]
    page = checked(editor, sheet(PLAIN, row))
    assert "Pledges that were made" not in editor.get(page).content.decode()
    editor.post(f"{page}all/")
    text = worked(editor, page)
    record = Record.objects.get(kind="pledge")
    assert ("Pledges that were made" in text, f'href="{record.path("en")}"' in text) == (True, True)
    changed = [*row[:1], "Otra oficina", "Abre.", "fulfilled", *row[4:]]
    page = checked(editor, sheet(PLAIN, changed))
    text = dense(editor.get(page).content.decode())
    assert "What the rows would change" in text
    assert f'<a href="{record.path("en")}" lang="es">Una oficina</a>' in text
    cells = [
        ("Title", "Una oficina", "Otra oficina"),
        ("Stage", *(str(ReportedStage(code).label) for code in ("planning", "fulfilled"))),
    ]
    for label, old, new in cells:
        assert f'>{label}</th><td role="cell" data-label="Public now">{old}</td>' in text
        assert f'data-label="In the table">{new}</td>' in text
    assert Pledge.objects.get().title == "Una oficina"
    assert 'name="replace"' not in text


@pytest.mark.long
def test_what_an_organization_has_published_waits_for_a_tick(
    editor: Client, organization: Organization
) -> None:
    pledge = own_pledge(organization)
    row = ["GRF-7", "Vistos mudados", "x", "fulfilled", "2019", "Red Uno", "integration", "es"]
    page = checked(editor, sheet(PLAIN, row))
    text = dense(editor.get(page).content.decode())
    assert ("Published here by Red Uno." in text, "Vistos mudados" in text) == (True, True)
    assert "Replace what an organization has published, in 1 row" in text
    told = editor.post(f"{page}good/", follow=True).content.decode()
    assert "No row is left to take in." in told
    pledge.refresh_from_db()
    assert pledge.title == "Vistos"
    editor.post(f"{page}good/", {"replace": "yes"})
    text = worked(editor, page)
    pledge.refresh_from_db()
    assert (pledge.title, "What the rows changed" in text) == ("Vistos mudados", True)
    assert "The row was not taken in." not in text
    page = checked(editor, sheet(PLAIN, [*row[:1], "De novo", *row[2:]]))
    assert 'name="replace"' not in editor.get(page).content.decode()


@pytest.mark.long
def test_a_table_without_an_obligatory_column_offers_no_rest_and_stays_open(
    editor: Client, organization: Organization
) -> None:
    page = upload(editor, messy())
    editor.post(page, MEANING | {"column_2": "-"})
    text = worked(editor, page)
    assert ("Refused: 1." in text, "Take the other rows in" in text) == (True, False)
    assert "No row is left to take in." in editor.post(f"{page}good/", follow=True).content.decode()
    assert editor.post(page, MEANING).status_code == 302
    assert "Take the other rows in" in worked(editor, page)


def test_the_columns_that_a_table_needs_are_marked(editor: Client) -> None:
    text = dense(editor.get(upload(editor, messy())).content.decode())
    assert '<option value="title">Title: needed</option>' in text
    assert '<option value="description">Description</option>' in text
    assert "(optional)" not in text


def test_headings_in_the_words_of_newcomers_are_known() -> None:
    known = headings_of(COLUMNS)
    asked = {
        "Nº do compromisso": "external_id",
        "Título do compromisso": "title",
        "Description de l’engagement": "description",
        "Estado de avance": "stage",
        "Organisation type": "organization_type",
        "Date du rapport": "reported_on",
    }
    assert {heading: known.get(plain(heading)) for heading in asked} == asked
