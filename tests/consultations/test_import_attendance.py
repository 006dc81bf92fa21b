"""`import_attendance`: who attended or signed, all of the table or nothing, and again without a change."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import NotAllowed
from portal.common.models import Event
from portal.consultations.attendance import import_attendance
from portal.consultations.models import Attendance
from portal.organizations.models import Organization
from tests.factories import make_organization, publish_organization
from tests.factories.pages import ConsultationTree
from tests.factories.sessions import record_of

COLUMNS = ("organization", "category", "persons", "mode")
Write = Callable[..., Path]
pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(*rows: tuple[str, ...]) -> Path:
        path = tmp_path / "table.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *rows])
        return path

    return _write


@pytest.fixture
def key(consultation_pages: ConsultationTree) -> UUID:
    translation_key: UUID = consultation_pages.consultation["es"].translation_key
    return translation_key


def _run(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, object], str]:
    code = 0
    try:
        call_command("import_attendance", str(path), "--consultation", "brasilia", "--json", *options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    told = capsys.readouterr()
    return code, json.loads(told.out.splitlines()[-1]), told.err


def _stored() -> list[tuple[object, ...]]:
    rows = Attendance.objects.order_by("pk")
    return list(rows.values_list("organization_id", "category", "mode", "persons"))


def test_a_table_is_stored_and_a_second_run_changes_nothing(
    key: UUID, organization: Organization, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    number = record_of(organization)
    table = write(
        (number.public_id, "", "2", "present"),
        ("red uno", "", "", "Firmó"),
        ("", "Academia", "12", "online"),
    )
    code, told, _error = _run(table, capsys)
    assert (code, told["created"], told["unchanged"]) == (0, 3, 0)
    assert _stored() == [
        (number.pk, "refugee_led", "present", 2),
        (number.pk, "refugee_led", "signed", None),
        (None, "academia", "online", 12),
    ]
    code, told, _error = _run(table, capsys)
    assert (code, told["created"], told["updated"], told["unchanged"]) == (0, 0, 0, 3)
    assert Event.objects.filter(action="attendance_imported").count() == 1


def test_a_changed_row_is_updated_and_a_missing_one_is_told(
    key: UUID, organization: Organization, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(write(("Red Uno", "", "2", "present"), ("", "academia", "12", "present")), capsys)
    code, told, error = _run(write(("Red Uno", "", "3", "present")), capsys)
    assert (code, told["updated"]) == (0, 1)
    assert "1 row of an earlier table is not in this one." in error
    assert [row[3] for row in _stored()] == [3, 12]


def test_a_dry_run_stores_nothing(
    key: UUID, organization: Organization, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _error = _run(write(("Red Uno", "", "2", "present")), capsys, "--dry-run")
    assert (code, told["created"], _stored()) == (0, 1, [])
    assert not Event.objects.filter(action="attendance_imported").exists()


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (("Nobody", "", "2", "present"), "organization", "No public organization is called “Nobody”"),
        (("O-99999", "", "2", "present"), "organization", "No public organization"),
        (("Red Uno", "dreamers", "2", "present"), "category", "“dreamers” is not known here."),
        (("Red Uno", "", "two", "present"), "persons", "Write a whole number"),
        (("Red Uno", "", "0", "present"), "persons", "Write a whole number of persons from 1."),
        (("Red Uno", "", "2", "asleep"), "mode", "“asleep” is not known here."),
        (("Red Uno", "", "2", ""), "mode", "This cell is empty."),
        (("", "", "2", "present"), "category", "Say which organization, or which category"),
        (("", "academia", "", "present"), "persons", "Say how many persons, or which organization."),
        (("Red Dos", "", "1", "present"), "organization", "An earlier row says the same."),
    ],
)
def test_a_bad_row_is_told_with_its_place_and_nothing_is_stored(
    key: UUID,
    organization: Organization,
    other_organization: Organization,
    write: Write,
    capsys: pytest.CaptureFixture[str],
    row: tuple[str, ...],
    field: str,
    said: str,
) -> None:
    code, told, error = _run(write(("Red Dos", "", "1", "present"), row), capsys)
    assert (code, told["rejected"], _stored()) == (1, 1, [])
    assert [(each["where"], each["field"]) for each in told["errors"]] == [("row 3", field)]  # type: ignore[union-attr]
    assert said in error


def test_an_acronym_will_do_and_two_of_a_name_need_a_number(
    key: UUID, organization: Organization, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    named = make_organization(name="Casa de los Ríos", acronym="CDLR")
    publish_organization(named)
    _code, _told, _error = _run(write(("cdlr", "", "1", "present")), capsys)
    assert [row[0] for row in _stored()] == [record_of(named).pk]
    publish_organization(make_organization(name="Red Uno"))
    code, _told, error = _run(write(("Red Uno", "", "1", "present")), capsys)
    assert (code, "Several organizations have this name." in error) == (1, True)


def test_an_organization_that_is_not_public_is_not_known(
    key: UUID, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    make_organization(name="Casa Cerrada")
    code, _told, _error = _run(write(("Casa Cerrada", "", "1", "present")), capsys)
    assert (code, _stored()) == (1, [])


def test_an_unknown_consultation_names_those_there_are(
    key: UUID, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(("", "academia", "1", "present"))
    with pytest.raises(SystemExit) as stop:
        call_command("import_attendance", str(path), "--consultation", "nowhere")
    assert stop.value.code == 1
    assert "only brasilia" in capsys.readouterr().err


def test_only_editors_import(key: UUID, moderator: User) -> None:
    with pytest.raises(NotAllowed):
        import_attendance(b"", consultation_key=key, actor=person(moderator), now=timezone.now())


def test_the_template_has_the_columns() -> None:
    template = Path(settings.BASE_DIR) / "docs" / "attendance-template.csv"
    assert template.read_text().splitlines()[0] == ",".join(COLUMNS)
