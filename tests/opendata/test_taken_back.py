"""What is withdrawn or corrected away is in no version of the ledger that anybody is given."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.followup.replying.drafts import ReplyFields
from portal.followup.replying.submission import REPLY
from portal.moderation.domain import decide
from portal.opendata import domain, export_job, queries
from portal.opendata.models import LedgerFile, ledger_storage
from portal.opendata.taken_back import words_in
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.queries import as_published, published
from portal.submissions.domain import create_draft, submit, withdraw
from portal.work.models import Job
from tests.factories import make_pledge, make_report, publish_pledge, publish_report
from tests.factories.followup import make_assessment, publish_assessment
from tests.records.exported import status_of

ACTOR = system("test")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    made = make_pledge(organization, description="The words that are taken back.")
    publish_pledge(made)
    return made


def export(day: int = 0) -> LedgerFile:
    made = domain.export_ledger(actor=ACTOR, now=NOW + day * DAY)
    assert made is not None
    return made


def statuses(client: Client, *files: LedgerFile) -> list[int]:
    return [status_of(client, file.path) for file in files]


def correct(pledge: Pledge, **changes: Any) -> None:
    said = as_published(published("pledge").get(source_key=pledge.key))
    values = {name: getattr(said, name) for name in said.__dataclass_fields__} | changes
    ledger.publish(type(said)(**values), actor=ACTOR, now=NOW)


def test_a_withdrawal_takes_every_version_that_holds_it_at_once(
    client: Client, organization: Organization
) -> None:
    without = export()
    pledge = make_pledge(organization)
    publish_pledge(pledge)
    older, newer = export(1), export_again(2)
    assert statuses(client, without, older, newer) == [200, 200, 200]
    ledger.withdraw("pledge", pledge.key, actor=ACTOR, now=NOW)
    assert statuses(client, without, older, newer) == [200, 410, 410]
    # Whoever asks for the newest is given one that does not hold it.
    assert client.get("/data/ledger/latest.zip")["Location"] == without.path


def export_again(day: int) -> LedgerFile:
    made = domain.export_ledger(actor=ACTOR, now=NOW + day * DAY, is_forced=True)
    assert made is not None
    return made


@pytest.mark.long
def test_files_taken_back_are_deleted_and_a_new_one_is_asked_for(client: Client, pledge: Pledge) -> None:
    file = export()
    ledger.withdraw("pledge", pledge.key, actor=ACTOR, now=NOW)
    assert client.get("/data/ledger/latest.zip").status_code == 503
    export_job.tend()
    file.refresh_from_db()
    assert (file.is_taken_back, ledger_storage().exists(file.name)) == (True, False)
    assert Job.objects.filter(kind="export_ledger").count() == 1
    export(1)
    assert client.get("/data/ledger/latest.zip").status_code == 302
    page = client.get("/en/data/").content.decode()
    assert f"{file.name}, on " in page
    assert (file.sha256 in page, client.get(file.path).status_code) == (False, 410)


def test_words_that_a_correction_takes_away_take_the_file_with_them(client: Client, pledge: Pledge) -> None:
    file = export()
    correct(pledge, texts={"description": "Other words."}, summary="Other words.")
    assert statuses(client, file) == [410]


def test_words_that_a_correction_adds_leave_the_file(client: Client, pledge: Pledge) -> None:
    file = export()
    publish_report(make_report(pledge))  # the pledge tells the day of its newest report
    facts = published("pledge").get(source_key=pledge.key).facts
    correct(pledge, facts=facts | {"stage": "fulfilled"})
    assert statuses(client, file) == [200]


@pytest.mark.long
def test_a_correction_that_was_compared_is_not_compared_again(client: Client, pledge: Pledge) -> None:
    file = export()
    publish_report(make_report(pledge))
    domain.remove_taken_back(actor=ACTOR, now=NOW)
    file.refresh_from_db()
    assert file.checked_version > file.last_version
    correct(pledge, texts={"description": "Other words."}, summary="Other words.")
    assert statuses(client, file) == [410]


@pytest.mark.long
def test_what_is_withdrawn_and_published_again_does_not_bring_back_the_file(
    client: Client, pledge: Pledge
) -> None:
    file = export()
    ledger.withdraw("pledge", pledge.key, actor=ACTOR, now=NOW)
    publish_pledge(pledge)
    assert statuses(client, file) == [410]


def test_a_reply_that_is_withdrawn_takes_the_file_with_it(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    moderator: User,
) -> None:
    pledge = make_pledge(organization, state="published")
    publish_pledge(pledge)
    assessment = make_assessment(pledge, other_organization)
    publish_assessment(assessment)
    fields = ReplyFields(assessment=assessment, text="We see it in another way.")
    now = published("assessment").get().published_at
    reply = create_draft(
        REPLY, organization=organization, language="en", fields=fields, actor=person(focal_point), now=now
    )
    submit(reply, submit_key=reply.submit_key, actor=person(focal_point), now=now)
    decide("reply", reply.key, "approved", actor=person(moderator), now=now)
    file = export()
    reply.refresh_from_db()
    withdraw(reply, actor=person(focal_point), now=now)
    assert statuses(client, file) == [410]


def test_what_is_withdrawn_while_the_file_is_written_is_found(
    client: Client, pledge: Pledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = domain._write

    def interrupted(now: datetime) -> Any:
        done = written(now)
        ledger.withdraw("pledge", pledge.key, actor=ACTOR, now=NOW)
        return done

    monkeypatch.setattr(domain, "_write", interrupted)
    assert statuses(client, export()) == [410]
    assert queries.latest() is None


@pytest.mark.long
def test_an_unchanged_ledger_is_not_written_again(pledge: Pledge) -> None:
    first = export()
    assert domain.export_ledger(actor=ACTOR, now=NOW + DAY) is None
    ledger_storage().delete(first.name)
    assert export(1).sha256 != ""


@pytest.mark.long
def test_the_last_versions_are_kept(client: Client, pledge: Pledge) -> None:
    files = [export_again(day) for day in range(domain.KEPT + 2)]
    assert statuses(client, *files) == [410, 410, *[200] * domain.KEPT]
    assert sorted(ledger_storage().listdir("")[1]) == sorted(file.name for file in files[2:])
    domain.remove_old(actor=ACTOR, now=NOW, keep=1)
    assert statuses(client, *files[-2:]) == [410, 200]


@pytest.mark.long
def test_a_file_of_the_same_day_has_the_next_number(pledge: Pledge) -> None:
    names = [export().name, export_again(0).name, export_again(1).name]
    assert names == [
        "portal-ledger-2026-11-30-1.zip",
        "portal-ledger-2026-11-30-2.zip",
        "portal-ledger-2026-12-01-1.zip",
    ]


def test_words_are_told_from_codes() -> None:
    content = {
        "title": "T",
        "texts": {"a": "one", "b": ["two"]},
        "translations": [["en", "three", {"a": "four"}]],
        "links": [["follows", "a key"]],
        "facts": {
            "stage": "planning",
            "role": "a person",
            "replies": '[{"text": "five six", "on": "today"}]',
        },
    }
    assert words_in(content) >= {"T", "one", "two", "three", "four", "a person", "five six"}
    assert words_in(content) & {"planning", "today", "follows", "a key"} == set()
