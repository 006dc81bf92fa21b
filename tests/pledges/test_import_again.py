"""A table of pledges that comes again: what is said already is passed over, what was begun goes on."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import pledge_sheet
from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.events import history
from portal.organizations.models import Organization
from portal.pledges.imports import import_pledges
from portal.pledges.models import ImportedRow, Pledge
from portal.pledges.projection import project
from portal.pledges.queries import linked
from portal.pledges.sent import sent
from portal.publication.domain import publish
from portal.publication.models import Record, RecordVersion
from portal.submissions.domain import open_correction
from portal.submissions.queries import newest_version
from portal.submissions.states import SubmissionState
from portal.tables import report as batches
from portal.tables.report import Report
from search.index.builders.records import record_key
from search.models import OutboxEntry
from tests.pledges.test_import_columns import MORE
from tests.pledges.test_import_pledges import COLUMNS, GOOD, Write, counts, run, write

__all__ = ["write"]
ACTOR = system("import_pledges")
LATER = timedelta(hours=1)


def take_in(content: bytes, progress: Callable[[int, int], None] | None = None) -> Report:
    return import_pledges(content, actor=ACTOR, now=timezone.now(), progress=progress)


def numbers(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.rejected


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 10)
    monkeypatch.setattr(batches, "PAUSE", 0)


@pytest.mark.long
def test_what_is_taken_in_at_once_is_what_the_verbs_leave(db: None, small_batches: None) -> None:
    """Publishing each again changes nothing, its receipt tells what is stored, its history is complete."""
    report = take_in(pledge_sheet.text(list(pledge_sheet.rows(30, organizations=12))))
    assert (numbers(report), Pledge.objects.count()) == ((30, 0, 0, 0), 30)
    for pledge in Pledge.objects.select_related("organization"):
        face, now = project(pledge), timezone.now()
        record = publish(face, actor=ACTOR, now=now)
        version = newest_version(pledge)
        assert version is not None
        assert (record.version, RecordVersion.objects.filter(record=record).count()) == (1, 1)
        assert json.loads(version.content) == json.loads(json.dumps(sent(pledge, linked(pledge.pk))))
        assert [event.action for event in history("pledge", pledge.key)] == ["imported", "published"]
        assert [event.action for event in history("record", record.public_id)] == ["published"]
        assert pledge.imported_row.digest


def test_what_is_taken_in_waits_for_the_index(db: None, small_batches: None) -> None:
    take_in(pledge_sheet.text(list(pledge_sheet.rows(12, organizations=3))))
    keys = {record_key("pledge", key) for key in Pledge.objects.values_list("key", flat=True)}
    noted = OutboxEntry.objects.filter(key__in=keys).values_list("key", flat=True)
    assert sorted(noted) == sorted(keys)


@pytest.mark.long
def test_the_same_table_in_another_form_changes_nothing(db: None, small_batches: None) -> None:
    rows = list(pledge_sheet.rows(12, organizations=5))
    assert numbers(take_in(pledge_sheet.workbook(rows))) == (12, 0, 0, 0)
    assert [
        numbers(take_in(content)) for content in (pledge_sheet.workbook(rows), pledge_sheet.text(rows))
    ] == [(0, 0, 12, 0)] * 2
    assert set(Record.objects.filter(kind="pledge").values_list("version", flat=True)) == {1}


def test_a_row_that_says_the_same_is_not_looked_into(organization: Organization, write: Write) -> None:
    """Nothing is asked of the pledges themselves, however many rows there are."""
    asked = []
    for number in (1, 3):
        path = write(*(GOOD | {"external_id": f"GRF-{at}"} for at in range(number)))
        run(path)
        with CaptureQueriesContext(connection) as told:
            assert counts(run(path)) == (0, 0, 0, number, 0)
        asked.append(len(told))
    assert asked == [13, 13]


@pytest.mark.long
def test_an_interrupted_run_leaves_whole_rows_and_goes_on(db: None, small_batches: None) -> None:
    content = pledge_sheet.text(list(pledge_sheet.rows(30, organizations=12)))

    class Killed(Exception):
        pass

    stored = []

    def die(done: int, total: int) -> None:
        if 20 <= done < total:
            stored.append(done)
            raise Killed

    with pytest.raises(Killed):
        take_in(content, die)
    [left] = stored
    assert (Pledge.objects.count(), ImportedRow.objects.count()) == (left, left)
    assert Record.objects.filter(kind="pledge").count() == left
    assert numbers(take_in(content)) == (30 - left, 0, left, 0)
    assert numbers(take_in(content)) == (0, 0, 30, 0)


@pytest.mark.long
def test_a_row_that_changes_there_and_back_is_followed(organization: Organization, write: Write) -> None:
    other = GOOD | {"title": "Otra"}
    outcomes = [counts(run(write(row)))[1:4] for row in (GOOD, other, GOOD, GOOD)]
    assert outcomes == [(1, 0, 0), (0, 1, 0), (0, 1, 0), (0, 0, 1)]
    assert Pledge.objects.get().title == "Una oficina abierta"


def test_the_same_row_does_not_take_back_what_was_corrected_here(
    organization: Organization, write: Write
) -> None:
    run(write(GOOD))
    Pledge.objects.update(title="Una oficina abierta los sábados")
    assert counts(run(write(GOOD))) == (0, 0, 0, 1, 0)
    assert Pledge.objects.get().title == "Una oficina abierta los sábados"
    assert counts(run(write(GOOD | {"stage": "fulfilled"}))) == (0, 0, 1, 0, 0)
    assert Pledge.objects.get().title == "Una oficina abierta"


def test_who_corrects_a_pledge_does_not_stop_a_table_that_says_the_same(
    organization: Organization, write: Write, focal_point: User
) -> None:
    run(write(GOOD))
    open_correction(Pledge.objects.get(), actor=person(focal_point), now=timezone.now())
    assert counts(run(write(GOOD, GOOD | {"external_id": "GRF-2"}))) == (0, 1, 0, 1, 0)
    answer = run(write(GOOD | {"title": "Otra"}))
    assert (counts(answer), answer["errors"][0]["field"]) == ((1, 0, 0, 0, 1), "external_id")
    assert Pledge.objects.get(external_id="GRF-1").state == SubmissionState.CORRECTING


@pytest.mark.long
def test_columns_that_are_added_are_read(organization: Organization, write: Write) -> None:
    run(write(GOOD))
    row = GOOD | {"reported_on": "2024-05-31"}
    assert [counts(run(write(row, columns=MORE)))[2:4] for _each in range(2)] == [(1, 0), (0, 1)]


def test_a_row_without_a_digest_is_compared_once_and_then_known(
    organization: Organization, write: Write
) -> None:
    run(write(GOOD))
    ImportedRow.objects.update(digest="")
    assert counts(run(write(GOOD))) == (0, 0, 0, 1, 0)
    assert ImportedRow.objects.exclude(digest="").count() == 1


@pytest.mark.long
def test_an_organization_of_several_batches_is_listed_once(
    organization: Organization, write: Write, small_batches: None
) -> None:
    columns = (*COLUMNS, "organization_type")
    rows = [
        GOOD | {"external_id": f"GRF-{at}", "organization": "Red Nueva", "organization_type": "academia"}
        for at in range(25)
    ]
    answer = run(write(*rows, columns=columns))
    assert (counts(answer), Organization.objects.filter(name="Red Nueva").count()) == ((0, 25, 0, 0, 0), 1)
    assert str(answer["stderr"]).count("is not here yet") == 1
