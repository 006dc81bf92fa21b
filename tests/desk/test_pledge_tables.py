"""The room of imports at the desk: upload, say what columns are, read what is wrong, take in."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from portal.common.actors import Group
from portal.organizations.models import Organization
from portal.pledges.models import HeadingChoice, Pledge, PledgeTable
from tests.factories import make_user
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
