"""`export_interventions`: what was made in the room leaves as a table that brings the same back."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.consultations.models import Session
from portal.interventions.exports import room_rows
from portal.interventions.imports import COLUMNS, import_interventions
from portal.interventions.models import Intervention, InterventionAnswer, MadeInRoom
from portal.moderation.leaving_out import redact
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.submissions.types import submission_type
from portal.tables.report import Report
from portal.tables.writing import csv_bytes
from tests.factories import make_organization, publish_organization
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.factories.sessions import make_session

pytestmark = pytest.mark.django_db
NAMES = [column.code for column in COLUMNS]
ACTOR = system("import_interventions")


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


def row(number: int = 1, **changes: str) -> list[str]:
    told = {
        "title": f"Registro {number}",
        "consultation": "brasilia",
        "session": "Panel uno",
        "organization": "estado uno",
        "role": "ministra",
        "language": "es",
        "country": "MX",
        "text": BODY,
        "recommendations": "Abrir.|Anotar.",
        "questions": "1.2; 1.1",
        "form": "spoken",
        "source": "Grabación",
        "marks": "children; gender",
    } | changes
    return [told[name] for name in NAMES]


def taken_in(content: bytes) -> Report:
    return import_interventions(content, actor=ACTOR, now=timezone.now())


def exported(path: Path) -> bytes:
    call_command("export_interventions", str(path))
    return path.read_bytes()


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("session", "listed")
def test_what_was_exported_brings_the_same_back(tmp_path: Path) -> None:
    odd = row(
        2,
        title="=HYPERLINK(0)",
        text=f'-5 grados; «ñ», "comillas"\n\n{BODY}',
        recommendations="Una, en dos\nlíneas|",
        source="+56 2 2345",
        questions="1.1",
        marks="",
        role="",
    )
    assert taken_in(csv_bytes(NAMES, [row(), odd])).errors == []
    first = exported(tmp_path / "first.csv")
    assert [cell["consultation"] for cell in cells(first)] == ["brasilia", "brasilia"]
    assert [cell["questions"] for cell in cells(first)] == ["1.2; 1.1", "1.1"]
    assert Intervention.objects.get(title="=HYPERLINK(0)").recommendations == ["Una, en dos\nlíneas"]
    again = taken_in(first)
    assert (again.created, again.unchanged, again.errors) == (0, 2, [])
    for model in (MadeInRoom, InterventionAnswer, Intervention):
        model.objects.all().delete()
    report = taken_in(first)
    assert (report.created, report.errors) == (2, [])
    assert exported(tmp_path / "second.csv") == first


@pytest.mark.usefixtures("listed")
def test_two_of_one_name_are_told_apart_by_their_keys(session: Session, tmp_path: Path) -> None:
    taken_in(csv_bytes(NAMES, [row()]))
    make_session(session.consultation_key, title="Panel uno")
    make_organization(name="Estado Uno", country="BR", state=OrganizationState.LISTED)
    twin = Organization.objects.latest("pk")
    publish_organization(twin)
    told = cells(exported(tmp_path / "table.csv"))[0]
    assert told["session"] == str(session.key)
    assert told["organization"].startswith("O-")
    assert taken_in((tmp_path / "table.csv").read_bytes()).unchanged == 1


@pytest.mark.usefixtures("session", "listed")
def test_what_was_withdrawn_does_not_leave(tmp_path: Path) -> None:
    taken_in(csv_bytes(NAMES, [row()]))
    Intervention.objects.update(state="withdrawn")
    assert cells(exported(tmp_path / "table.csv")) == []


@pytest.mark.usefixtures("session", "listed")
@pytest.mark.parametrize("state", ["declined", "taken_down"])
def test_nor_does_what_was_refused(tmp_path: Path, state: str) -> None:
    taken_in(csv_bytes(NAMES, [row()]))
    Intervention.objects.update(state=state, reason="R")
    assert cells(exported(tmp_path / "table.csv")) == []


@pytest.mark.usefixtures("session", "listed")
def test_what_is_left_out_of_a_text_does_not_leave(tmp_path: Path, moderator: User) -> None:
    taken_in(csv_bytes(NAMES, [row(1, recommendations="Abrir.|Pagar a Zqana."), row(2)]))
    said = Intervention.objects.get(title="Registro 1")
    why = {"ground": "name", "reason": "R"}
    for words in ("Registro", "Zqana"):
        given = {"field": "all", "words": words} | why
        redact(submission_type("intervention"), said, **given, actor=person(moderator), now=timezone.now())
    first, second = cells(exported(tmp_path / "table.csv"))
    mark = "[… nombre de una persona]"
    assert (first["title"], first["recommendations"]) == (f"{mark} 1", f"Abrir.|Pagar a {mark}.")
    assert (second["title"], first["text"]) == ("Registro 2", BODY)


@pytest.mark.usefixtures("session", "listed")
def test_as_many_queries_for_one_as_for_many() -> None:
    numbers: list[Any] = []
    for many in (range(1, 2), range(2, 12)):
        taken_in(csv_bytes(NAMES, [row(number) for number in many]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(room_rows())
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 15
