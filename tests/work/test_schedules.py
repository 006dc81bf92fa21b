"""Schedules: each due time once whatever number of workers, missed ones made up for once; what they do."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.accounts.domain import forget_unconfirmed
from portal.accounts.models import User
from portal.common.models import Event, KeptForm
from portal.work import domain
from portal.work.declarations import job_kinds
from portal.work.models import Job
from portal.work.schedules import Schedule, schedules
from tests.factories.organizations import make_user
from tests.work.conftest import do_all

DAY = timedelta(days=1)
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
NIGHTLY = Schedule(name="clear_jobs", every=DAY, at=timedelta(hours=4), run=lambda: None)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 4, 3, 59, tzinfo=UTC), datetime(2026, 3, 3, 4, 0, tzinfo=UTC)),
        (datetime(2026, 3, 4, 4, 0, tzinfo=UTC), datetime(2026, 3, 4, 4, 0, tzinfo=UTC)),
        (datetime(2026, 3, 4, 23, 0, tzinfo=UTC), datetime(2026, 3, 4, 4, 0, tzinfo=UTC)),
    ],
)
def test_due_is_the_latest_time_of_the_clock(now: datetime, due: datetime) -> None:
    assert NIGHTLY.due(now) == due


def test_a_due_time_is_taken_up_once(db: None) -> None:
    taken = [domain.enqueue_due(NIGHTLY, now=NOW + timedelta(minutes=n)) for n in range(3)]
    assert (taken, Job.objects.count()) == ([True, False, False], 1)
    assert do_all("schedule", at=timezone.now() + 365 * DAY) == 1
    assert domain.enqueue_due(NIGHTLY, now=NOW + DAY) is True


def test_missed_times_are_made_up_for_once(db: None) -> None:
    domain.enqueue_due(NIGHTLY, now=NOW)
    do_all("schedule", at=timezone.now() + 365 * DAY)
    taken = [domain.enqueue_due(NIGHTLY, now=NOW + 9 * DAY + timedelta(minutes=n)) for n in range(3)]
    assert taken == [True, False, False]


def test_a_clock_that_goes_back_takes_nothing_up_again(db: None) -> None:
    domain.enqueue_due(NIGHTLY, now=NOW)
    do_all("schedule", at=timezone.now() + 365 * DAY)
    assert domain.enqueue_due(NIGHTLY, now=NOW - 2 * DAY) is False


def test_everything_with_a_time_is_declared() -> None:
    assert {schedule.name: schedule.every for schedule in schedules()} == {
        "clear_changes": timedelta(minutes=10),
        "clear_jobs": DAY,
        "clear_kept_forms": DAY,
        "clear_sessions": DAY,
        "sign_texts": timedelta(minutes=10),
        "lapse_amendments": timedelta(minutes=10),
        "forget_amendments": DAY,
        "forget_translations": DAY,
        "clear_sign_ins": DAY,
        "forget_unconfirmed": DAY,
        "forget_account_log": DAY,
        "forget_invitations": DAY,
        "forget_staff_invitations": DAY,
        "note_comparison": timedelta(minutes=1),
        "publish_scheduled": timedelta(minutes=1),
        "refresh_dossiers": DAY,
        "refresh_packs": timedelta(minutes=10),
        "send_alerts": timedelta(hours=1),
        "erase_contact_notes": DAY,
        "erase_old_proofs": DAY,
        "tend_confirmations": DAY,
        "thin_history": timedelta(hours=1),
        "end_take_downs": timedelta(hours=1),
        "export_ledger": DAY,
        "tend_ledger_files": timedelta(minutes=10),
        "send_receipts": timedelta(minutes=1),
        "send_reminders": DAY,
        "sweep_files": DAY,
    }
    assert {f"schedule:{schedule.name}" for schedule in schedules()} <= set(job_kinds())


def test_every_schedule_runs(db: None) -> None:
    for schedule in schedules():
        domain.enqueue_due(schedule, now=timezone.now())
    do_all("schedule")
    do_all("long")
    assert set(Job.objects.values_list("state", "problem")) == {("done", "")}


def test_old_sessions_texts_and_jobs_go(db: None) -> None:
    now, user = timezone.now(), make_user()
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + days * DAY)
    for page, days in (("/old/", 15), ("/new/", 1)):
        KeptForm.objects.create(
            user=user, page=page, action=page, place=page, body="[]", size=2, at=now - days * DAY
        )
    for state, days in (("done", 8), ("done", 6), ("failed", 61), ("failed", 59)):
        Job.objects.create(
            queue="long",
            kind=f"{state} {days}",
            state=state,
            run_after=now,
            created_at=now,
            finished_at=now - days * DAY,
        )
    Job.objects.create(
        queue="mail",
        kind="mail",
        state="failed",
        payload={"recipients": ["a@example.org"]},
        run_after=now,
        created_at=now,
        finished_at=now - 15 * DAY,
    )
    for name in ("clear_sessions", "clear_kept_forms", "clear_jobs"):
        domain.enqueue(f"schedule:{name}", now=now)
    do_all("schedule")
    assert (Session.objects.get().session_key, KeptForm.objects.get().page) == ("new", "/new/")
    assert not Job.objects.filter(queue="mail").exists()
    assert set(Job.objects.exclude(queue="schedule").values_list("kind", flat=True)) == {
        "done 6",
        "failed 59",
    }


def test_sign_ups_that_nobody_confirmed_go(db: None) -> None:
    """Only those: not the confirmed, the recent, people who were here, staff, and accounts made by staff."""
    old = timezone.now() - 31 * DAY

    def account(name: str, verified: bool | None, **fields: object) -> None:
        user = make_user(email=f"{name}@example.org")
        EmailAddress.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).update(**{"date_joined": old, "last_login": None, **fields})
        if verified is not None:
            EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)

    account("unconfirmed", False)
    account("confirmed", True)
    account("recent", False, date_joined=timezone.now() - 29 * DAY)
    account("came", False, last_login=old)
    account("staff", False, is_staff=True)
    account("made", None)
    before = set(User.objects.values_list("email", flat=True))
    assert forget_unconfirmed() == 1
    assert before - set(User.objects.values_list("email", flat=True)) == {"unconfirmed@example.org"}
    assert Event.objects.filter(object_kind="user", action="never_confirmed").count() == 1
