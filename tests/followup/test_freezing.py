"""Freezing as a job of the worker: the page before it, progress, two presses, refusals, the offline check."""

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Group, person, system
from portal.common.errors import Incomplete, WrongState
from portal.followup.cycles.domain import close_cycle, freeze_cycle, open_cycle
from portal.followup.cycles.freezing import ask_to_freeze, freeze
from portal.followup.models import ReviewCycle, Seat
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.submissions.states import SubmissionState
from portal.work.declarations import Interrupted
from portal.work.models import Job
from tests.factories import make_pledge, make_report, make_user, publish_pledge, publish_report
from tests.factories.followup import make_assessment, make_body, make_cycle, make_seat, publish_assessment
from tests.work.conftest import do_all

SYSTEM = system("tests")
PAGE = "/en/desk/follow-up/grf/freeze/"
CANARY = "zunzuncanario"
EARLY = {"sure": "on", "reason": "The forum meets earlier."}
REASON = EARLY["reason"]


@pytest.fixture
def cycle(organization: Organization, focal_point: User) -> ReviewCycle:
    """Open since yesterday; the focal point holds a seat in a body that runs cycles."""
    make_seat(make_body(runs_cycles=True), organization)
    since = timezone.now() - timedelta(days=1)
    return open_cycle(make_cycle("grf"), actor=SYSTEM, now=since)


class AskedTask:
    """A task of the worker whose progress does what a test wants in the meantime."""

    def __init__(self, cycle: ReviewCycle, user: User, meanwhile: Callable[[], object] = list) -> None:
        self.payload: Mapping[str, Any] = {"cycle": cycle.slug, "user": user.pk}
        self.meanwhile, self.told = meanwhile, list[tuple[int, int]]()

    def progress(self, done: int, total: int) -> None:
        self.told.append((done, total))
        self.meanwhile()

    def finish(self, result: Any = None) -> None:
        self.result = result


def content_of(cycle: ReviewCycle) -> Any:
    return json.loads(Client().get(f"/en/follow-up/cycles/{cycle.slug}/snapshot.json").content)


def test_the_page_before_it_tells_what_is_kept_and_changes_nothing(
    client: Client, cycle: ReviewCycle, organization: Organization, focal_point: User
) -> None:
    reported, silent = (make_pledge(organization, state=SubmissionState.PUBLISHED) for _ in range(2))
    for pledge in (reported, silent):
        publish_pledge(pledge)
    publish_report(make_report(reported))
    make_report(silent, state=SubmissionState.SUBMITTED, title=CANARY)
    client.force_login(focal_point)
    page = client.get(PAGE)
    assert (page.status_code, CANARY in page.text) == (200, False)
    told = {row["label"]: row["value"] for row in page.context["keys"]}
    assert told == {
        "pledges published": 2,
        "pledges reported on in this cycle": 1,
        "progress reports published": 1,
        "assessments published": 0,
    }
    assert "of 2 asked, of 2 published" in page.text
    assert "1 report of this cycle is not public yet." in page.text
    assert (ReviewCycle.objects.get().state, Job.objects.count()) == ("open", 0)


@pytest.mark.long
def test_two_presses_make_one_snapshot(client: Client, cycle: ReviewCycle, focal_point: User) -> None:
    client.force_login(focal_point)
    assert client.post(PAGE, EARLY).headers["Location"] == PAGE
    second = client.post(PAGE, EARLY, follow=True)
    assert second.redirect_chain == [(PAGE, 302)]
    assert "Nothing was done again: it is done already." in second.text
    with pytest.raises(WrongState):
        ask_to_freeze(cycle, actor=person(focal_point), now=timezone.now(), reason=REASON)
    waiting = client.get(PAGE)
    assert ("The cycle is being frozen" in waiting.text, "<form" in waiting.text.split("</h1>")[1]) == (
        True,
        False,
    )
    do_all("long")
    cycle.refresh_from_db()
    assert (cycle.state, len(cycle.snapshot)) == ("frozen", 64)
    job = Job.objects.get(kind="freeze_cycle")
    assert job.result == {"snapshot": cycle.snapshot, "pledges": 0, "reports": 0, "assessments": 0}
    assert [row.action for row in events.history("review_cycle", "grf")] == ["open", "freezing", "frozen"]
    (frozen,) = events.history("review_cycle", "grf").filter(action="frozen")
    assert frozen.details == {"snapshot": cycle.snapshot, "early": REASON}


@pytest.mark.long
def test_the_page_after_it_leads_to_what_was_made(
    client: Client, cycle: ReviewCycle, focal_point: User
) -> None:
    client.force_login(focal_point)
    client.post(PAGE, EARLY)
    do_all("long")
    cycle.refresh_from_db()
    for page in (client.get(PAGE), client.post(PAGE, EARLY, follow=True)):
        main = page.text.split("</h1>")[1]
        assert "“Cycle grf in en” was frozen on" in main
        assert f"Before its last day, because: {REASON}" in main
        assert (cycle.snapshot in main, "This is not the next step" in main, "<form" in main) == (
            True,
            False,
            False,
        )
        links = [row["url"] for row in page.context["moved"]["links"]]
        room = "/en/desk/follow-up/grf/"
        public = "/en/follow-up/cycles/grf/"
        assert links == [f"{public}snapshot.json", f"{room}pack/", f"{room}close/", public]
    assert f"Frozen before its last day, because: {REASON}" in client.get("/en/follow-up/cycles/grf/").text


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("typed", "refused"),
    [({}, ["sure", "reason"]), ({"sure": "on", "reason": " "}, ["reason"]), ({"reason": "Now"}, ["sure"])],
)
def test_freezing_early_takes_a_yes_and_a_reason(
    client: Client, cycle: ReviewCycle, focal_point: User, typed: dict[str, str], refused: list[str]
) -> None:
    client.force_login(focal_point)
    page = client.post(PAGE, typed)
    assert (page.status_code, [*page.context["form"].errors]) == (200, refused)
    left = (cycle.closes_on - timezone.now().date()).days
    assert f"its last day is 31 December 2027, {left} days from now" in page.text
    assert (typed.get("reason", "").strip() in page.text, Job.objects.count()) == (True, 0)


@pytest.mark.long
def test_on_the_last_day_the_button_is_enough(client: Client, cycle: ReviewCycle, focal_point: User) -> None:
    ReviewCycle.objects.update(closes_on=timezone.now().date())
    client.force_login(focal_point)
    assert "form" not in (client.get(PAGE).context["form"] or ())
    assert client.post(PAGE).headers["Location"] == PAGE
    do_all("long")
    stored = ReviewCycle.objects.get()
    assert (stored.state, stored.frozen_early) == ("frozen", "")


def test_closing_early_needs_a_reason_too(client: Client, cycle: ReviewCycle, focal_point: User) -> None:
    freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    with pytest.raises(Incomplete):
        close_cycle(cycle, actor=SYSTEM, now=timezone.now())
    client.force_login(focal_point)
    page = "/en/desk/follow-up/grf/close/"
    assert [*client.post(page).context["form"].errors] == ["sure", "reason"]
    done = client.post(page, EARLY, follow=True)
    assert ("“Cycle grf in en” is closed." in done.text, "was closed on" in done.text) == (True, True)
    assert f"Closed before its last day, because: {REASON}" in client.get("/en/follow-up/cycles/grf/").text
    again = client.post(page, EARLY, follow=True)
    assert (again.redirect_chain, "it is done already" in again.text) == ([(page, 302)], True)


def test_a_worker_that_died_after_it_freezes_nothing_again(cycle: ReviewCycle, focal_point: User) -> None:
    first = freeze(AskedTask(cycle, focal_point))
    second = freeze(AskedTask(cycle, focal_point))
    assert (first["snapshot"], [*second]) == (second["snapshot"], ["snapshot"])


def test_what_changes_while_the_ledger_is_read_is_read_again(
    cycle: ReviewCycle, organization: Organization, focal_point: User
) -> None:
    known, late = (make_pledge(organization, state=SubmissionState.PUBLISHED) for _ in range(2))
    record = publish_pledge(known)
    told = []

    def meanwhile() -> None:
        told.append(publish_pledge(late))
        ledger.withdraw(RecordKind.PLEDGE, known.key, actor=SYSTEM, now=timezone.now())

    task = AskedTask(cycle, focal_point, meanwhile)
    freeze(task)
    assert task.told == [(0, 1), (1, 1)]
    assert [row["id"] for row in content_of(cycle)["pledges"]] == [told[0].public_id]
    assert record.public_id not in str(content_of(cycle))


def test_a_worker_that_ends_leaves_the_cycle_open(cycle: ReviewCycle, organization: Organization) -> None:
    publish_pledge(make_pledge(organization, state=SubmissionState.PUBLISHED))

    def end() -> None:
        raise Interrupted

    user = organization.memberships.get(role="owner").user
    with pytest.raises(Interrupted):
        freeze(AskedTask(cycle, user, end))
    assert ReviewCycle.objects.get().state == "open"
    freeze(AskedTask(cycle, user))
    assert ReviewCycle.objects.get().state == "frozen"


def test_a_refusal_leaves_everything_and_is_told(
    client: Client, cycle: ReviewCycle, focal_point: User
) -> None:
    client.force_login(focal_point)
    client.post(PAGE, EARLY)
    Seat.objects.update(until=timezone.now().date() - timedelta(days=1))
    do_all("long")
    stored = ReviewCycle.objects.get()
    assert (stored.state, stored.snapshot, stored.figures, stored.turnout) == ("open", "", {}, {})
    assert client.get(PAGE).status_code == 404
    Seat.objects.update(until=None)
    page = client.get(PAGE)
    assert ("could not freeze the cycle, and changed nothing" in page.text, "<form" in page.text) == (
        True,
        True,
    )
    client.post(PAGE, EARLY)
    do_all("long")
    assert ReviewCycle.objects.get().state == "frozen"


def test_nobody_freezes_for_an_account_that_is_gone(cycle: ReviewCycle, focal_point: User) -> None:
    ask_to_freeze(cycle, actor=person(focal_point), now=timezone.now(), reason=REASON)
    User.objects.update(is_active=False)
    do_all("long")
    assert (ReviewCycle.objects.get().state, Job.objects.get(kind="freeze_cycle").state) == ("open", "failed")


def test_only_an_open_cycle_can_be_asked_for(focal_point: User, organization: Organization) -> None:
    make_seat(make_body(runs_cycles=True), organization)
    with pytest.raises(WrongState):
        ask_to_freeze(make_cycle(), actor=person(focal_point), now=timezone.now())
    assert Job.objects.count() == 0


@pytest.mark.long
def test_a_report_carries_the_cycle_until_the_worker_is_done(
    cycle: ReviewCycle, organization: Organization, focal_point: User
) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(pledge)
    ask_to_freeze(cycle, actor=person(focal_point), now=timezone.now(), reason=REASON)
    within = publish_report(make_report(pledge))
    do_all("long")
    after = publish_report(make_report(pledge))
    assert (within.facts["cycle"], "cycle" in after.facts) == ("grf", False)
    assert [row["id"] for row in content_of(cycle)["reports"]] == [within.public_id]


@pytest.mark.long
def test_the_documented_command_verifies_the_linked_file(
    client: Client, cycle: ReviewCycle, organization: Organization, tmp_path: Path
) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    record = publish_pledge(pledge)
    publish_report(make_report(pledge))
    frozen = freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    page = client.get("/en/follow-up/cycles/grf/").text
    (linked,) = re.findall(r'href="([^"]+/snapshot\.json)"', page)
    (shown,) = re.findall(r'<code class="digest">([0-9a-f]{64})</code>', page)
    documented = re.search(r"curl -sO \S+ && (sha256sum (\S+))", Path("docs/followup.md").read_text())
    assert documented is not None
    (tmp_path / documented[2]).write_bytes(client.get(linked).content)
    done = subprocess.run(  # reason: the documented command
        documented[1].split(), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == shown == frozen.snapshot
    _check_as_the_page_says(client, page, linked, tmp_path)
    _change_everything(client, frozen, pledge, record.source_key, organization)
    (tmp_path / documented[2]).write_bytes(client.get(linked).content)
    again = subprocess.run(  # reason: the documented command
        documented[1].split(), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert again.stdout == done.stdout


def _check_as_the_page_says(client: Client, page: str, linked: str, folder: Path) -> None:
    """Its command as it can be copied, beside the file under the name that it is saved under."""
    (command,) = re.findall(r"<pre[^>]*><code>([^<]+)</code></pre>", page)
    answer = client.get(linked)
    (name,) = re.findall(r'filename="([^"]+)"', answer.headers["Content-Disposition"])
    (folder / name).write_bytes(answer.content)
    checked = subprocess.run(  # reason: the command of the page
        ["sh", "-c", unescape(command)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, f"{name}: OK\n")


def _change_everything(
    client: Client, cycle: ReviewCycle, pledge: Any, key: Any, organization: Organization
) -> None:
    """A report, an assessment, a correction, an edit of the cycle, its closing, a withdrawal."""
    publish_report(make_report(pledge, stage="fulfilled"))
    pledge.title = "Another title"
    pledge.save()
    publish_pledge(pledge)
    client.force_login(make_user(Group.EDITOR, language="en"))
    typed = {"slug": "grf", "title_en": "Other", "opens_on": "2026-01-01", "closes_on": "2027-12-31"}
    typed |= {"priorities-TOTAL_FORMS": "0", "priorities-INITIAL_FORMS": "0", "source": "A letter"}
    edit = f"/admin/snippets/followup/reviewcycle/edit/{cycle.pk}/"
    assert client.post(edit, typed).status_code == 302
    close_cycle(cycle, actor=SYSTEM, now=timezone.now(), reason=REASON)
    ledger.withdraw(RecordKind.PLEDGE, key, actor=SYSTEM, now=timezone.now())


def test_assessments_are_kept_and_the_turnout_is_that_of_the_file(
    cycle: ReviewCycle, organization: Organization, other_organization: Organization
) -> None:
    reported, silent, claimed = (
        make_pledge(organization, state=SubmissionState.PUBLISHED, stage=stage)
        for stage in ("planning", "planning", "fulfilled")
    )
    for pledge in (reported, silent, claimed):
        publish_pledge(pledge)
    publish_report(make_report(reported, stage="fulfilled"))
    told = publish_assessment(make_assessment(reported, other_organization))
    frozen = freeze_cycle(cycle, actor=SYSTEM, now=timezone.now())
    assert [row["id"] for row in content_of(frozen)["assessments"]] == [told.public_id]
    part = {"reported": 1, "asked": 2, "published": 3}
    assert frozen.turnout == {"total": part, "by_type": [["refugee_led", part]]}
