"""What a page makes SQLite do: four times as many records or pages that it does not show hardly count."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.models import Record, RecordLink
from tests.factories.pages import ConsultationTree, make_questions

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="steps are those of SQLite")
FEW, MANY = 40, 160
# Counting rows by an index takes a few steps for each; reading or comparing rows took thousands.
A_ROW = 60
# The rows that name the state of what is public: 64 at most.
CHANGES = 1000


def _steps(client: Client, path: str) -> int:
    """Instructions of SQLite's virtual machine for one warm request."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 10
        return 0

    assert client.get(path).status_code == 200
    connection.connection.set_progress_handler(step, 10)
    client.get(path)
    connection.connection.set_progress_handler(None, 0)
    return steps


def _publish(kind: str, number: int, question: str) -> None:
    now = timezone.now()
    rows = Record.objects.bulk_create(
        Record(
            kind=kind,
            source_key=uuid4(),
            state=RecordState.PUBLISHED,
            language="es",
            title=f"Record {at}",
            country="MX",
            type_code="ngo",
            year=now.year,
            published_at=now - timedelta(minutes=at),
            updated_at=now,
        )
        for at in range(number)
    )
    RecordLink.objects.bulk_create(
        RecordLink(record=row, relation=Relation.ANSWERS, target=question) for row in rows
    )


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (RecordKind.INTERVENTION, "/en/interventions/"),
        (RecordKind.PLEDGE, "/en/pledges/"),
        (RecordKind.PRACTICE, "/en/practices/"),
        (RecordKind.REPORT, "/en/reports/"),
        (RecordKind.ORGANIZATION, "/en/organizations/"),
        (RecordKind.INTERVENTION, "/en/"),
        (RecordKind.INTERVENTION, "/en/consultations/"),
    ],
)
def test_more_records_cost_their_counting_only(
    client: Client, consultation_pages: ConsultationTree, kind: str, path: str
) -> None:
    question = str(consultation_pages.questions[0])
    _publish(kind, FEW, question)
    few = _steps(client, path)
    _publish(kind, MANY - FEW, question)
    assert _steps(client, path) <= few + A_ROW * (MANY - FEW)


@pytest.mark.few(1)
@pytest.mark.parametrize("path", ["/en/", "/en/consultations/", "/en/interventions/"])
def test_pages_elsewhere_cost_nothing(
    client: Client, consultation_pages: ConsultationTree, path: str
) -> None:
    make_questions(consultation_pages.area, 4, start=3)
    few = _steps(client, path)
    make_questions(consultation_pages.area, 12, start=7)
    assert _steps(client, path) <= few + CHANGES
