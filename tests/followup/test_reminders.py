"""Reminders of review cycles: whom, when, how often; three years by a clock that the test moves."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import system
from portal.followup.cycles.domain import freeze_cycle, open_cycle
from portal.followup.models import Reminder, ReviewCycle
from portal.followup.queries import reminded_on
from portal.followup.reminding.domain import DAYS, due_in, send_reminders
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from portal.work.declarations import job_kinds
from portal.work.schedules import schedules
from tests.factories import make_organization, make_pledge, make_report, make_user, publish_pledge
from tests.factories.followup import make_cycle
from tests.factories.organizations import add_member
from tests.factories.records import publish_report
from tests.thinning import rarely

SYSTEM = system("tests")
DAY = timedelta(days=1)
LAST = date(2030, 6, 30)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def on(days: int) -> datetime:
    return noon(LAST + timedelta(days=days))


def public_pledge(organization: Organization, **fields: Any) -> Pledge:
    """Public since long before the cycles here."""
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED, **fields)
    record = publish_pledge(pledge)
    Record.objects.filter(pk=record.pk).update(published_at=noon(date(2025, 1, 1)))
    return pledge


def open_at(days: int = -200, slug: str = "grf", closes_on: date = LAST) -> ReviewCycle:
    """Opened up to its last day; where `days` come after that, its last day was another one then."""
    first, at = closes_on - timedelta(days=700), noon(closes_on + timedelta(days=days))
    cycle = make_cycle(slug, opens_on=first, closes_on=max(closes_on, at.date()))
    opened = open_cycle(cycle, actor=SYSTEM, now=at)
    opened.closes_on = closes_on
    opened.save(update_fields=["closes_on"])
    return opened


def pledges_in(message: Any) -> list[str]:
    return re.findall(r"\((P-\d+)\)", message.body)


def number_of(pledge: Pledge) -> str:
    return Record.objects.get(source_key=pledge.key).public_id


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    return public_pledge(organization, title="Silent pledge")


def test_each_reminder_is_sent_once_on_its_day(pledge: Pledge) -> None:
    open_at()
    sent: dict[int, int] = {}
    for days in (-90, *(each + near for each in DAYS for near in (-1, 0, 1)), 45):
        for hours in (0, 3):
            number = send_reminders(now=on(days) + timedelta(hours=hours))
            sent |= {days: sent.get(days, 0) + number} if number else {}
    assert sent == dict.fromkeys(DAYS, 1)
    assert [row.days for row in Reminder.objects.order_by("sent_on")] == list(DAYS)


def test_a_mail_names_all_silent_pledges_of_its_organization(
    pledge: Pledge, organization: Organization, focal_point: User, other_organization: Organization
) -> None:
    User.objects.filter(pk=focal_point.pk).update(language="en")
    second = public_pledge(organization, title="Two\r\nlines")
    public_pledge(organization, title="Claimed fulfilled", stage="fulfilled")
    withdrawn = public_pledge(organization, title="Withdrawn")
    ledger.withdraw(RecordKind.PLEDGE, withdrawn.key, actor=SYSTEM, now=on(-100))
    make_pledge(organization, title="Draft")
    public_pledge(other_organization, title="Of somebody else")
    make_report(
        public_pledge(organization, title="Reported"), state=SubmissionState.SUBMITTED, submitted_at=on(-90)
    )
    open_at()
    send_reminders(now=on(-30))
    message = next(each for each in mail.outbox if organization.name in each.body)
    assert (message.subject, message.to) == (
        "Please report on your pledges: Cycle grf in en",
        [focal_point.email],
    )
    assert pledges_in(message) == [number_of(pledge), number_of(second)]
    assert f"?next=/en/desk/reports/new/%3Fpledge%3D{pledge.key}" in message.body
    assert "ends on 30 June 2030: 30 days are left" in message.body
    row = Reminder.objects.get(organization=organization)
    assert (row.days, row.sent_on, row.people) == (-30, on(-30).date(), 1)
    assert row.pledges == pledges_in(message)
    assert reminded_on([organization.key, pledge.key]) == {organization.key: on(-30).date()}


@pytest.mark.parametrize("state", ["submitted", "returned", "published"])
def test_who_has_reported_is_not_reminded(pledge: Pledge, state: str) -> None:
    open_at()
    if state == "published":
        # The factory submits by the clock of today, which is before the cycle was opened.
        record = publish_report(make_report(pledge))
        assert send_reminders(now=on(-60)) == 1
        Record.objects.filter(pk=record.pk).update(facts=record.facts | {"cycle": "grf"})
    else:
        make_report(pledge, state=SubmissionState(state), submitted_at=on(-61))
    assert send_reminders(now=on(-30)) == 0


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_report_that_is_not_submitted_is_none(pledge: Pledge, state: str) -> None:
    open_at()
    make_report(pledge, state=SubmissionState(state), submitted_at=None if state == "draft" else on(-70))
    assert send_reminders(now=on(-60)) == 1


def test_a_report_of_another_cycle_is_none_of_this_one(pledge: Pledge) -> None:
    make_report(pledge, state=SubmissionState.SUBMITTED, submitted_at=on(-300))
    open_at(-200)
    assert send_reminders(now=on(-60)) == 1


def test_a_party_reports_for_the_pledge(pledge: Pledge, other_organization: Organization) -> None:
    open_at()
    make_report(
        pledge, organization=other_organization, state=SubmissionState.SUBMITTED, submitted_at=on(-100)
    )
    assert send_reminders(now=on(-60)) == 0


@pytest.mark.parametrize(
    ("opened", "today", "due"),
    [
        (-200, -61, None),
        (-200, -60, -60),
        (-200, -31, -60),
        (-200, -30, -30),
        (-200, -7, -7),
        (-200, 0, -7),
        (-200, 1, None),
        (-200, 13, None),
        (-200, 14, 14),
        (-200, 44, 14),
        (-200, 45, None),
        (-20, -19, None),
        (-20, -7, -7),
        (-30, -30, -30),
        (15, 20, None),
    ],
)
def test_what_is_due(db: None, opened: int, today: int, due: int | None) -> None:
    told = due_in(open_at(opened), on(today).date())
    assert (told and told.days) == due


def test_nothing_is_due_while_no_cycle_is_open(pledge: Pledge) -> None:
    make_cycle(opens_on=LAST - DAY, closes_on=LAST)
    assert (send_reminders(now=on(-60)), due_in(make_cycle(), LAST)) == (0, None)
    cycle = open_at()
    freeze_cycle(cycle, actor=SYSTEM, now=on(-59))
    assert send_reminders(now=on(-30)) == 0


def test_a_missed_day_is_caught_up_once(pledge: Pledge) -> None:
    open_at()
    sent = [send_reminders(now=on(days)) for days in (-6, -5, 0, 13, 14)]
    assert sent == [1, 0, 0, 0, 1]
    assert [row.days for row in Reminder.objects.order_by("sent_on")] == [-7, 14]


def test_what_counts_down_does_not_leave_after_the_last_day(pledge: Pledge) -> None:
    open_at()
    assert sent_days(1, 20) == [14]


def test_a_pledge_that_came_after_the_day_is_not_reminded_of_it(organization: Organization) -> None:
    pledge = public_pledge(organization)
    Record.objects.filter(source_key=pledge.key).update(published_at=on(-50))
    open_at()
    assert (send_reminders(now=on(-49)), send_reminders(now=on(-30))) == (0, 1)


def move(cycle: ReviewCycle, days: int) -> None:
    """To another last day, so many days later or earlier."""
    ReviewCycle.objects.filter(pk=cycle.pk).update(closes_on=LAST + days * DAY)


def sent_days(first: int, last: int) -> list[int]:
    """The days, from the old last day, on which a mail leaves while the worker runs every day."""
    return [days for days in range(first, last + 1) if send_reminders(now=on(days))]


@pytest.mark.long
def test_a_later_last_day_reminds_before_the_new_one_once_each(pledge: Pledge) -> None:
    cycle = open_at()
    assert sent_days(-65, -5) == [-60, -30, -7]
    move(cycle, 100)
    assert sent_days(-4, 145) == [40, 70, 93, 114]
    assert [row.days for row in Reminder.objects.order_by("sent_on")] == [-60, -30, -7, *DAYS]


@pytest.mark.long
def test_a_cycle_that_is_prolonged_after_its_last_day_counts_down_again(pledge: Pledge) -> None:
    cycle = open_at()
    assert sent_days(-65, 20) == [*DAYS]
    move(cycle, 60)
    assert sent_days(21, 110) == [30, 53, 74]


@pytest.mark.long
def test_an_earlier_last_day_sends_nothing_that_is_past(pledge: Pledge) -> None:
    """Who was told since is not told of the days that are over now; the days that are to come are."""
    cycle = open_at()
    assert sent_days(-65, -59) == [-60]
    move(cycle, -40)
    assert sent_days(-58, 0) == [-47, -26]
    assert [row.days for row in Reminder.objects.order_by("sent_on")] == [-60, -7, 14]


@pytest.mark.long
def test_an_earlier_last_day_is_told_once_with_the_days_that_are_left(
    pledge: Pledge, focal_point: User
) -> None:
    User.objects.filter(pk=focal_point.pk).update(language="en")
    cycle = open_at(-300)
    move(cycle, -180)
    assert sent_days(-199, -150) == [-199, -187, -166]
    assert "19 days are left" in mail.outbox[0].body


def test_one_mail_a_day_over_all_cycles(pledge: Pledge) -> None:
    first = open_at(slug="first")
    assert send_reminders(now=on(-7)) == 1
    freeze_cycle(first, actor=SYSTEM, now=on(-7) + timedelta(hours=1))
    second = make_cycle("second", opens_on=LAST - 700 * DAY, closes_on=on(-7).date() + 30 * DAY)
    open_cycle(second, actor=SYSTEM, now=on(-7) + timedelta(hours=2))
    sent = [send_reminders(now=on(-7) + timedelta(hours=3)), send_reminders(now=on(-6))]
    assert sent == [0, 1]
    row = Reminder.objects.get(cycle=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(
            organization=row.organization, cycle=first, days=14, sent_on=row.sent_on, people=1
        )


@pytest.mark.parametrize("state", [OrganizationState.SUSPENDED, OrganizationState.DRAFT])
def test_an_organization_that_may_not_submit_is_not_reminded(pledge: Pledge, state: str) -> None:
    open_at()
    Organization.objects.filter(pk=pledge.organization_id).update(state=state, reason="As told")
    assert send_reminders(now=on(-60)) == 0


def test_nobody_to_write_to_leaves_no_row(pledge: Pledge) -> None:
    open_at()
    User.objects.update(is_active=False)
    assert (send_reminders(now=on(-60)), Reminder.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", [rarely(1), 4])
def test_the_queries_are_those_of_the_mails(
    db: None, django_assert_num_queries: Callable[[int], Any], number: int
) -> None:
    for _ in range(number):
        public_pledge(make_organization(state=OrganizationState.VERIFIED, owner=make_user()))
    open_at()
    with django_assert_num_queries(7 + 3 * number):
        assert send_reminders(now=on(-60)) == number


def test_the_worker_sends_them_every_day(pledge: Pledge) -> None:
    schedule = next(each for each in schedules() if each.name == "send_reminders")
    assert (schedule.every, schedule.at) == (DAY, timedelta(hours=13))
    closes_on = timezone.now().date() + 30 * DAY
    open_cycle(make_cycle(closes_on=closes_on), actor=SYSTEM, now=timezone.now() - DAY)
    run = job_kinds()["schedule:send_reminders"].run
    for _ in range(2):
        run(None)  # type: ignore[arg-type]
    assert Reminder.objects.count() == len(mail.outbox) == 1


def states(cycles: list[ReviewCycle]) -> set[str]:
    return {cycle.state for cycle in cycles}


@dataclass
class World:
    """Three years with three cycles. Organizations report when chance says so, the worker is down at times.

    `share`: of the other days it runs on so many.
    """

    chance: random.Random
    share: float
    pledges: list[Pledge]
    reports: list[tuple[UUID, datetime]] = field(default_factory=list)
    mails: list[tuple[date, str, str, list[str]]] = field(default_factory=list)
    down_until: date = date(2000, 1, 1)
    planned: dict[str, date] = field(default_factory=dict)
    moved: dict[str, list[tuple[date, date]]] = field(default_factory=lambda: defaultdict(list))
    ran: set[date] = field(default_factory=set)

    def live(self, cycles: list[ReviewCycle]) -> None:
        for number in range(3 * 365):
            self._turn(cycles, date(2030, 1, 1) + timedelta(days=number))
        for cycle in cycles:
            if cycle.state == "open":
                freeze_cycle(cycle, actor=SYSTEM, now=noon(date(2032, 12, 31)))

    def _turn(self, cycles: list[ReviewCycle], day: date) -> None:
        now = noon(day)
        for at, cycle in enumerate(cycles):
            if cycle.state == "open" and day >= cycle.closes_on + timedelta(days=20 * at):
                cycles[at] = freeze_cycle(cycle, actor=SYSTEM, now=now)
            elif cycle.state == "planned" and day >= cycle.opens_on and "open" not in states(cycles):
                cycles[at] = open_cycle(cycle, actor=SYSTEM, now=now)
        if self.chance.random() < 0.01:
            self._move(self.chance.choice(cycles), day)
        if self.chance.random() < 0.02 * len(self.pledges) / 6:
            self._report(self.chance.choice(self.pledges), now)
        if self.chance.random() < 0.01:
            self.down_until = day + timedelta(days=self.chance.choice((2, 9, 40)))
        if day >= self.down_until and self.chance.random() < self.share:
            self._work(day)

    def _move(self, cycle: ReviewCycle, day: date) -> None:
        """Longer or shorter, while it is open."""
        if cycle.state == "open":
            cycle.closes_on = max(day, cycle.closes_on + timedelta(days=self.chance.choice((-60, 3, 40, 90))))
            cycle.save(update_fields=["closes_on"])
            self.moved[cycle.slug].append((day, cycle.closes_on))

    def _report(self, pledge: Pledge, now: datetime) -> None:
        make_report(pledge, state=SubmissionState.SUBMITTED, submitted_at=now)
        self.reports.append((pledge.key, now))

    def _work(self, day: date) -> None:
        self.ran.add(day)
        for hour in (1, 1, 9):
            mail.outbox.clear()
            number = send_reminders(now=noon(day) + timedelta(hours=hour))
            assert number == len(mail.outbox)
            for message in mail.outbox:
                self.mails.append((day, message.to[0], str(message.subject), pledges_in(message)))


def expected(world: World, cycle: ReviewCycle, pledges: list[Pledge]) -> Iterator[tuple[date, list[str]]]:
    """The mails of one organization on one cycle: by the first run in each window that tells any.

    Every last day that the cycle ever had opens its windows: from a day of the rule to the next or to the
    last day itself, while that stands. A window that began before the mail sent last is over.
    """
    if cycle.opened_at is None or cycle.frozen_at is None:
        return
    told_last = date.min
    changes = [*world.moved[cycle.slug], (cycle.frozen_at.date(), date.max)]
    for (since, closes), (until, _next) in pairwise([(date.min, world.planned[cycle.slug]), *changes]):
        ends = (*(closes + timedelta(days=days) for days in (-30, -7, 1)), date.max)
        for days, end in zip(DAYS, ends, strict=True):
            start = closes + timedelta(days=days)
            window = (max(start, since), min(end, until, start + timedelta(days=31)))
            runs = sorted(day for day in world.ran if window[0] <= day < window[1])
            if start < cycle.opened_at.date() or told_last >= start:
                continue
            for day in runs:
                within = (cycle.opened_at, noon(day))
                reported = {key for key, moment in world.reports if within[0] <= moment <= within[1]}
                silent = [number_of(each) for each in pledges if each.key not in reported]
                if silent:
                    yield day, silent
                    told_last = day
                    break


@pytest.mark.long
@pytest.mark.parametrize(("seed", "share"), [(1, 0.12), *(rarely(seed, 1) for seed in range(2, 8))])
def test_three_years_with_three_cycles(db: None, seed: int, share: float) -> None:
    owners = [make_user(language="en") for _ in range(4)]
    pledges = []
    for number, owner in enumerate(owners):
        organization = make_organization(state=OrganizationState.VERIFIED, owner=owner)
        pledges += [public_pledge(organization) for _ in range(number % 3 + 1)]
    cycles = [
        make_cycle(f"cycle-{opens.year}-{opens.month}", opens_on=opens, closes_on=closes)
        for opens, closes in (
            (date(2030, 1, 5), date(2030, 11, 30)),
            (date(2030, 12, 1), date(2031, 12, 31)),
            (date(2032, 1, 25), date(2032, 10, 1)),
        )
    ]
    world = World(random.Random(seed), share, pledges)  # reason: chance, no secret
    world.planned = {each.slug: each.closes_on for each in cycles}
    world.live(cycles)
    assert max(Counter((day, who) for day, who, _cycle, _pledges in world.mails).values()) == 1
    for owner in owners:
        own = [each for each in pledges if each.organization.memberships.filter(user=owner).exists()]
        for cycle in ReviewCycle.objects.filter(slug__in=[each.slug for each in cycles]):
            told = [
                (day, numbers)
                for day, who, subject, numbers in world.mails
                if who == owner.email and subject.endswith(f"Cycle {cycle.slug} in en")
            ]
            assert told == list(expected(world, cycle, own))
    assert len(world.mails) == Reminder.objects.count() > 0
    assert any(world.moved.values())


def test_members_who_submit_are_written_to(pledge: Pledge, organization: Organization) -> None:
    viewer, signatory = make_user(language="fr"), make_user(language="pt")
    add_member(organization, viewer, Role.VIEWER)
    add_member(organization, signatory, Role.SIGNATORY)
    User.objects.filter(memberships__organization=organization, memberships__role=Role.OWNER).update(
        is_active=False
    )
    open_at()
    send_reminders(now=on(14))
    assert [message.to for message in mail.outbox] == [[signatory.email]]
    assert number_of(pledge) in mail.outbox[0].body
