"""`import_interventions`: what was said in the room, all of a table or nothing, again without a change."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import NotAllowed
from portal.common.models import Event
from portal.consultations.models import Session
from portal.interventions.imports import COLUMNS, import_interventions
from portal.interventions.models import Intervention, MadeInRoom
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.submissions.domain import publish, return_to_author
from tests.factories import make_organization, publish_organization
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.factories.sessions import make_session

ROW = {
    "title": "Registro en la frontera",
    "consultation": "brasilia",
    "session": "Panel uno",
    "organization": "estado uno",
    "role": "ministra de justicia",
    "language": "Español",
    "text": BODY,
    "recommendations": "Abrir los sábados.|Anotar cada nacimiento.",
    "questions": "1.2; 1.1",
    "form": "De palabra",
    "source": "Grabación, minuto 12",
    "marks": "Enfoque de género; children",
}
Write = Callable[..., Path]
pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(*rows: dict[str, str]) -> Path:
        path = tmp_path / "table.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, [column.code for column in COLUMNS])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return _write


@pytest.fixture
def session(consultation_pages: ConsultationTree) -> Session:
    return make_session(consultation_pages.consultation["es"].translation_key, title="Panel uno")


@pytest.fixture
def listed(db: None) -> Organization:
    organization = make_organization(
        name="Estado Uno", type_code="state", country="MX", state=OrganizationState.LISTED
    )
    publish_organization(organization)
    return organization


def run(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any], str]:
    code = 0
    try:
        call_command("import_interventions", str(path), "--json", *options)
    except SystemExit as stop:
        code = int(stop.code or 0)
    told = capsys.readouterr()
    return code, json.loads(told.out.splitlines()[-1]), told.err


def test_a_table_is_entered_for_a_moderator_and_a_second_run_changes_nothing(
    session: Session,
    listed: Organization,
    consultation_pages: ConsultationTree,
    write: Write,
    capsys: pytest.CaptureFixture[str],
    moderator: User,
) -> None:
    table = write(ROW)
    code, told, _err = run(table, capsys, "--dry-run")
    assert (code, told["created"], Intervention.objects.count()) == (0, 1, 0)
    code, told, _err = run(table, capsys)
    assert (code, told["created"], told["errors"]) == (0, 1, [])
    room = MadeInRoom.objects.get()
    said = room.intervention
    assert (said.organization, said.state, said.language, said.country) == (listed, "submitted", "es", "MX")
    assert [row.question_key for row in said.answers.all()] == consultation_pages.questions[::-1]
    assert said.recommendations == ["Abrir los sábados.", "Anotar cada nacimiento."]
    assert (said.marks, said.body) == (["children", "gender"], BODY)
    assert (room.session, room.manner, room.speaker_role) == (session, "spoken", "ministra de justicia")
    publish(said, actor=person(moderator), now=timezone.now())
    Intervention.objects.update(body=f"{BODY} Corregido.")
    events = Event.objects.count()
    for _time in range(2):
        code, told, _err = run(table, capsys)
        assert (code, told["created"], told["updated"], told["unchanged"]) == (0, 0, 0, 1)
    assert (Event.objects.count(), Intervention.objects.get().state) == (events, "published")


def test_a_changed_row_is_entered_again_once_a_moderator_has_returned_it(
    session: Session, listed: Organization, write: Write, capsys: pytest.CaptureFixture[str], moderator: User
) -> None:
    run(write(ROW), capsys)
    changed = write(ROW | {"text": f"{BODY} Y los domingos."})
    code, _told, err = run(changed, capsys)
    assert (code, "row 2: text: It was entered in other words." in err) == (1, True)
    said = Intervention.objects.get()
    return_to_author(said, reason="Falta algo.", actor=person(moderator), now=timezone.now())
    code, told, _err = run(changed, capsys)
    assert (code, told["updated"]) == (0, 1)
    said.refresh_from_db()
    assert (said.state, said.body.endswith("domingos.")) == ("submitted", True)


def test_every_fault_is_told_with_row_and_column_and_nothing_is_entered(
    session: Session, listed: Organization, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = {
        "session": "Panel dos",
        "organization": "Nadie",
        "language": "latín",
        "text": "palabra " * 1201,
        "questions": "1.1; 9.9",
        "form": "cantado",
        "marks": "azul",
        "source": "",
        "role": "x" * 201,
    }
    code, told, err = run(write(ROW, ROW | faulty, ROW), capsys)
    assert (code, told["created"], Intervention.objects.exists()) == (1, 0, False)
    assert [error["field"] for error in told["errors"]] == [
        "source",
        "session",
        "questions",
        "organization",
        "language",
        "marks",
        "form",
        "text",
        "role",
        "title",
    ]
    assert "row 3, column C: session: The consultation has no session “Panel dos”." in err
    assert "row 3, column J: questions: The consultation has no public question “9.9”." in err
    assert "row 4, column A: title: An earlier row says the same. Keep one of them." in err
    code, told, err = run(write(ROW | {"consultation": "quito"}), capsys)
    assert "row 2, column B: consultation: There is no consultation “quito” here." in err


def test_the_template_has_the_columns(
    session: Session, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    template = Path(settings.BASE_DIR) / "docs" / "interventions-template.csv"
    code, told, _err = run(template, capsys, "--dry-run")
    assert {error["field"] for error in told["errors"]} <= {"consultation", "organization", "text"}
    assert code == 1


def test_only_who_may_enter_imports(write: Write, moderator: User) -> None:
    with pytest.raises(NotAllowed):
        import_interventions(write(ROW).read_bytes(), actor=person(moderator), now=timezone.now())
