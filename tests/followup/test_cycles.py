"""Review cycles: planned, open, frozen, closed; the snapshot and its hash; who may; what reports carry."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor, Group, person, system
from portal.common.errors import NotAllowed, WrongState
from portal.common.languages import CODES
from portal.files.models import public_storage
from portal.followup.cycles.domain import close_cycle, cycle_at, freeze_cycle, open_cycle
from portal.followup.enums import CycleState
from portal.followup.models import ReviewCycle
from portal.followup.snapshots.files import path_of
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, make_report, make_user, publish_pledge, publish_report
from tests.factories.followup import make_body, make_cycle, make_seat
from tests.work.conftest import do_all

CANARY = "zunzuncanario"
NOW = timezone.now()
HOUR = timedelta(hours=1)
SYSTEM = system("tests")
ROOM = "/en/desk/follow-up/"
CYCLES = f"{ROOM}cycles/"
DAY = timedelta(days=1)


@pytest.fixture
def commissioner(organization: Organization, focal_point: User) -> Actor:
    """Holds a seat in a body that runs cycles."""
    make_seat(make_body(runs_cycles=True), organization)
    return person(focal_point)


def frozen(cycle: ReviewCycle) -> ReviewCycle:
    return freeze_cycle(open_cycle(cycle, actor=SYSTEM, now=NOW), actor=SYSTEM, now=timezone.now())


def test_a_cycle_goes_its_way_and_never_back(commissioner: Actor) -> None:
    cycle = make_cycle()
    close = partial(close_cycle, reason="All have spoken.")
    verbs: dict[Callable[..., ReviewCycle], str] = {
        open_cycle: "open",
        freeze_cycle: "frozen",
        close: "closed",
    }
    for verb, state in verbs.items():
        for other in verbs.keys() - {verb}:
            with pytest.raises(WrongState):
                other(cycle, actor=commissioner, now=NOW)
        cycle = verb(cycle, actor=commissioner, now=NOW)
        assert ReviewCycle.objects.get(pk=cycle.pk).state == state
    with pytest.raises(WrongState):
        open_cycle(cycle, actor=commissioner, now=NOW)
    told = [row.action for row in events.history("review_cycle", cycle.slug)]
    assert told == ["open", "frozen", "closed"]


def test_one_cycle_is_open_at_a_time(commissioner: Actor) -> None:
    first, second = make_cycle(), make_cycle()
    open_cycle(first, actor=commissioner, now=NOW)
    with translation.override("en"), pytest.raises(WrongState, match="Another review cycle is open"):
        open_cycle(second, actor=commissioner, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewCycle.objects.filter(pk=second.pk).update(state=CycleState.OPEN)
    freeze_cycle(first, actor=commissioner, now=NOW)
    assert open_cycle(second, actor=commissioner, now=NOW).state == CycleState.OPEN


@pytest.mark.parametrize("group", [None, *Group])
def test_nobody_without_a_seat_moves_a_cycle(
    client: Client, organization: Organization, group: Group | None
) -> None:
    make_seat(make_body(runs_cycles=True), organization)
    user, cycle = make_user(*filter(None, [group])), make_cycle()
    with pytest.raises(NotAllowed):
        open_cycle(cycle, actor=person(user), now=NOW)
    client.force_login(user)
    assert client.post(f"{ROOM}{cycle.slug}/open/").status_code == 404
    assert client.get(f"{ROOM}{cycle.slug}/open/").status_code == 404
    assert client.get(ROOM).status_code == 404
    assert ReviewCycle.objects.get(pk=cycle.pk).state == CycleState.PLANNED


def test_a_seat_that_runs_no_cycles_only_reads_the_room(
    client: Client, organization: Organization, focal_point: User
) -> None:
    make_seat(make_body(may_assess=True), organization)
    cycle = make_cycle()
    client.force_login(focal_point)
    page = client.get(ROOM)
    assert (page.status_code, f"{cycle.slug}/open/" in page.text) == (200, False)
    assert client.get(f"{ROOM}{cycle.slug}/open/").status_code == 404
    assert client.post(f"{ROOM}{cycle.slug}/open/").status_code == 404


def test_the_room_moves_a_cycle_and_says_why_not(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    commissioner: Actor,
) -> None:
    cycle = make_cycle("grf")
    publish_pledge(make_pledge(other_organization, title="A silent pledge"))
    make_pledge(organization, title=CANARY)
    client.force_login(focal_point)
    page = client.get(ROOM)
    assert ("A silent pledge" in page.text, CANARY in page.text) == (True, False)
    assert f'href="{ROOM}grf/open/"' in page.text
    other, early = make_cycle("other"), {"sure": "on", "reason": "All have spoken."}
    for verb in ("open", "freeze", "close"):
        sent = client.post(f"{ROOM}grf/{verb}/", early)
        do_all("long")
        again = client.post(f"{ROOM}grf/{verb}/", early)
        assert (sent.headers["Location"], again.headers["Location"]) == (f"{ROOM}grf/{verb}/",) * 2
        page = client.get(f"{ROOM}grf/{verb}/")
        assert "Nothing was done again: it is done already." in page.text
        assert (f'action="{ROOM}grf/{verb}/"' in page.text, "Cycle grf in en” was" in page.text) == (
            False,
            True,
        )
        assert (f"{ROOM}{other.slug}/open/" in client.get(f"{ROOM}cycles/").text) == (verb != "open")
    assert ReviewCycle.objects.get(pk=cycle.pk).state == CycleState.CLOSED


def test_a_cycle_that_cannot_be_opened_leads_back(
    client: Client, focal_point: User, commissioner: Actor
) -> None:
    """Another one is open: to send it again would be refused again."""
    make_cycle("other", state=CycleState.OPEN, opened_at=NOW)
    make_cycle("grf")
    client.force_login(focal_point)
    answer = client.post(f"{ROOM}grf/open/")
    told = "Another review cycle is open. Freeze it first."
    assert (answer.status_code, told in answer.text) == (409, True)
    assert [way for way in (f'action="{ROOM}grf/open/"', "Send it again") if way in answer.text] == []
    assert f'href="{ROOM}cycles/"' in answer.text


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((1, 400), "It can be opened from its first day on, "),
        ((-400, -1), "Its last day, "),
        ((-30, 400), "“Cycle first in en” comes first: it is planned up to "),
    ],
)
def test_a_cycle_is_opened_in_its_turn(
    client: Client, focal_point: User, commissioner: Actor, days: tuple[int, int], told: str
) -> None:
    """Never before its first day, after its last one, or before another that still waits for its turn."""
    today = NOW.date()
    make_cycle("first", opens_on=today - 31 * DAY, closes_on=today)
    make_cycle("passed", opens_on=today - 900 * DAY, closes_on=today - DAY)
    opens_on, closes_on = (today + number * DAY for number in days)
    cycle = make_cycle("grf", opens_on=opens_on, closes_on=closes_on)
    with translation.override("en"), pytest.raises(WrongState, match=told):
        open_cycle(cycle, actor=commissioner, now=NOW)
    client.force_login(focal_point)
    page, sent, rooms = client.get(f"{ROOM}grf/open/"), client.post(f"{ROOM}grf/open/"), client.get(CYCLES)
    assert (told in page.text, f'action="{ROOM}grf/open/"' in page.text) == (True, False)
    assert (sent.status_code, told in sent.text, ReviewCycle.objects.get(slug="grf").state) == (
        *(409, True),
        "planned",
    )
    assert (told in rooms.text, f"{ROOM}grf/open/" in rooms.text) == (True, False)
    assert f'href="{ROOM}first/open/"' in rooms.text
    open_cycle(ReviewCycle.objects.get(slug="first"), actor=commissioner, now=NOW)


def test_a_snapshot_is_the_file_whose_hash_is_shown(client: Client, organization: Organization) -> None:
    pledge = make_pledge(organization, title=CANARY, description=CANARY, stage="fulfilled")
    record = publish_pledge(pledge)
    told = publish_report(make_report(pledge, text=CANARY, state=SubmissionState.SUBMITTED))
    make_pledge(organization, title=f"{CANARY} draft")
    cycle = frozen(make_cycle("hlom"))
    page = client.get("/en/follow-up/cycles/hlom/")
    address = "/en/follow-up/cycles/hlom/snapshot.json"
    file = client.get(address).content
    assert (f'href="{address}"' in page.text, cycle.snapshot in page.text) == (True, True)
    assert hashlib.sha256(file).hexdigest() == cycle.snapshot
    content = json.loads(file)
    digest = record.versions.get(number=content["pledges"][0]["version"]).digest
    assert [(row["id"], row["sha256"]) for row in content["pledges"]] == [(record.public_id, digest)]
    assert [(row["id"], row["pledge"]) for row in content["reports"]] == [(told.public_id, record.public_id)]
    assert CANARY not in file.decode()
    assert cycle.figures == {
        "pledges": 1,
        "active": 1,
        "reported": 1,
        "never_reported": 0,
        "claimed_fulfilled": 0,
        "assessed": 0,
        "assessed_complete": 0,
    }


def test_a_later_change_does_not_alter_a_snapshot(client: Client, organization: Organization) -> None:
    pledge = make_pledge(organization)
    publish_pledge(pledge)
    cycle = frozen(make_cycle("hlom"))
    before = client.get("/en/follow-up/cycles/hlom/snapshot.json").content
    domain.withdraw(RecordKind.PLEDGE, pledge.key, actor=SYSTEM, now=timezone.now())
    publish_pledge(make_pledge(organization))
    close_cycle(cycle, actor=SYSTEM, now=timezone.now(), reason="All have spoken.")
    assert client.get("/en/follow-up/cycles/hlom/snapshot.json").content == before
    row = client.get("/api/v1/cycles").json()["results"]
    assert [each["hash"] for each in row if each["id"] == "hlom"] == [cycle.snapshot]


def test_a_file_that_was_changed_is_not_shown_and_named(client: Client, db: None) -> None:
    cycle = frozen(make_cycle("hlom"))
    call_command("verify_snapshots", "hlom")
    kept = Path(public_storage().path(path_of(cycle.snapshot)))
    kept.write_bytes(kept.read_bytes() + b" ")
    answer = client.get("/en/follow-up/cycles/hlom/snapshot.json")
    assert (answer.status_code, "not the one that was frozen" in answer.text) == (409, True)
    with pytest.raises(CommandError, match="hlom"):
        call_command("verify_snapshots")
    kept.unlink()
    assert client.get("/en/follow-up/cycles/hlom/snapshot.json").status_code == 409
    with pytest.raises(CommandError, match="No frozen review cycle is called nothing"):
        call_command("verify_snapshots", "nothing")


def test_a_report_carries_the_cycle_that_was_open_when_it_was_submitted(
    client: Client, organization: Organization
) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(pledge)
    without = publish_report(make_report(pledge))
    cycle = open_cycle(make_cycle("grf"), actor=SYSTEM, now=NOW - HOUR)
    within = publish_report(make_report(pledge))
    freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    after = publish_report(make_report(pledge))
    told = {row["id"]: row["cycle"] for row in client.get("/api/v1/reports").json()["results"]}
    assert told == {without.public_id: None, within.public_id: "grf", after.public_id: None}
    listed = client.get("/api/v1/reports?cycle=grf").json()["results"]
    assert [row["id"] for row in listed] == [within.public_id]
    assert "/en/follow-up/cycles/grf/" in client.get(within.path("en")).content.decode()
    assert "1 progress report" in client.get("/en/follow-up/cycles/grf/").content.decode()
    assert (cycle_at(NOW - 2 * HOUR), cycle_at(NOW - HOUR)) == ("", "grf")


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_pages_stand_in_every_language(client: Client, db: None, code: str) -> None:
    for state in ("planned", "open", "frozen"):
        cycle = make_cycle(f"cycle-{state}")
        if state != "planned":
            open_cycle(cycle, actor=SYSTEM, now=NOW)
        if state == "open":
            freeze_cycle(cycle, actor=SYSTEM, now=NOW)
        page = client.get(f"/{code}/follow-up/cycles/cycle-{state}/")
        assert (page.status_code, page.cookies) == (200, {})
        assert f"Cycle cycle-{state} in {code}" in page.text
    listed = client.get(f"/{code}/follow-up/cycles/")
    assert [f"cycle-{state}" in listed.text for state in ("planned", "open", "frozen")] == [True] * 3
    assert f"Cycle cycle-frozen in {code}" in client.get(f"/{code}/follow-up/").text


def test_cycles_are_data(client: Client, db: None) -> None:
    frozen(make_cycle("hlom", source="=1+1"))
    table = client.get("/en/follow-up/cycles/?format=csv").content.decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(table))}
    api = {row["id"]: row for row in client.get("/api/v1/cycles?ui=en").json()["results"]}
    assert rows.keys() == api.keys()
    assert (rows["hlom"]["hash"], rows["hlom"]["source"]) == (api["hlom"]["hash"], "'=1+1")
    assert client.get("/en/follow-up/cycles/?format=pdf").status_code == 404
    assert b"hlom" in client.get("/en/follow-up/cycles/feed/").content


def test_an_editor_keeps_the_calendar_but_not_what_is_frozen(client: Client, db: None) -> None:
    cycle = frozen(make_cycle("hlom"))
    client.force_login(make_user(Group.EDITOR, language="en"))
    page = f"/admin/snippets/followup/reviewcycle/edit/{cycle.pk}/"
    typed = {"slug": "hlom", "title_en": "New name", "opens_on": "2026-01-01", "closes_on": "2027-12-31"}
    typed |= {"priorities-TOTAL_FORMS": "0", "priorities-INITIAL_FORMS": "0"}
    assert client.post(page, typed | {"verified": "on"}).status_code == 302
    refused = client.post(page, typed | {"closes_on": "2027-11-30"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["closes_on"])
    cycle.refresh_from_db()
    assert (cycle.title("en"), cycle.verified, str(cycle.closes_on)) == ("New name", True, "2027-12-31")


def test_a_cycle_that_was_opened_is_not_deleted(client: Client, db: None) -> None:
    planned, cycle = make_cycle("planned"), frozen(make_cycle("hlom"))
    client.force_login(make_user(Group.EDITOR, language="en"))
    page = "/admin/snippets/followup/reviewcycle/delete/"
    assert client.post(f"{page}{planned.pk}/").status_code == 302
    refused = client.post(f"{page}{cycle.pk}/")
    assert refused.status_code == 409
    bulk = "/admin/bulk/followup/reviewcycle/delete/"
    assert client.post(f"{bulk}?id={cycle.pk}", {}).status_code == 409
    assert list(ReviewCycle.objects.values_list("slug", flat=True)) == ["hlom"]


@pytest.mark.long
def test_the_form_of_a_report_says_which_cycle_it_counts_for(
    client: Client, organization: Organization, focal_point: User
) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(pledge)
    client.force_login(focal_point)
    start = f"/en/desk/reports/new/?pledge={pledge.key}"
    assert "No review cycle is open now: the report counts for none." in client.get(start).text
    cycle = open_cycle(make_cycle("hlom"), actor=SYSTEM, now=NOW - HOUR)
    counts = "The report counts for the review cycle “Cycle %s in en”, last day 31 December 2027."
    assert counts % "hlom" in client.get(start).text
    draft = make_report(pledge, language="en")
    form, check = (f"/en/desk/reports/{draft.key}/{step}/" for step in ("report", "check"))
    assert counts % "hlom" in client.get(form).text
    freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    late = "The review cycle “Cycle hlom in en”, in which this report was begun, was frozen on"
    told = client.get(form).text
    assert (late in told, "No review cycle is open now" in told) == (True, True)
    assert "Review cycle: none is open" in client.get(check).text
    open_cycle(make_cycle("grf"), actor=SYSTEM, now=timezone.now())
    told = client.get(form).text
    assert (late in told, counts % "grf" in told) == (True, True)
    assert "Review cycle: Cycle grf in en" in client.get(check).text
    assert publish_report(draft).facts["cycle"] == "grf"


def test_the_address_of_a_cycle_that_was_opened_stays(db: None) -> None:
    """Reports and reminders carry it; its days can move until it is frozen."""
    cycle = make_cycle("grf")
    ReviewCycle.objects.filter(pk=cycle.pk).update(state="open", opened_at=timezone.now())
    cycle.refresh_from_db()
    cycle.closes_on += timedelta(days=30)
    cycle.full_clean()
    cycle.slug = "grf-b"
    with pytest.raises(ValidationError) as refusal:
        cycle.full_clean()
    assert list(refusal.value.message_dict) == ["slug"]
