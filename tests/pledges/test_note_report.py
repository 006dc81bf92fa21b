"""A published report brings stage and day of its pledge up to date, and nothing else with them."""

from datetime import date

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history
from portal.organizations.models import Organization
from portal.pledges.domain import note_report
from portal.pledges.models import Pledge
from portal.publication.models import Record
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, publish_pledge

NOW = timezone.now()
SECRETARIAT = system("tests")


def test_a_report_brings_row_and_record_up_to_date_and_leaves_what_waits(organization: Organization) -> None:
    pledge = make_pledge(organization, title="As published")
    publish_pledge(pledge)
    Pledge.objects.update(title="Not read by anybody yet")
    note_report(pledge, stage="fulfilled", reported_on=date(2025, 3, 1), actor=SECRETARIAT, now=NOW)
    stored, record = Pledge.objects.get(), Record.objects.get(kind="pledge")
    assert (stored.stage, stored.reported_on) == ("fulfilled", date(2025, 3, 1))
    assert (record.facts["stage"], record.facts["last_report_on"]) == ("fulfilled", "2025-03-01")
    assert (record.title, record.version) == ("As published", 2)
    assert history("pledge", pledge.key).last().details == {"stage": "fulfilled", "on": "2025-03-01"}  # type: ignore[union-attr]


def test_an_earlier_report_that_comes_late_turns_nothing_back(organization: Organization) -> None:
    pledge = make_pledge(organization)
    publish_pledge(pledge)
    for stage, day in (("fulfilled", date(2025, 3, 1)), ("planning", date(2024, 3, 1))):
        note_report(pledge, stage=stage, reported_on=day, actor=SECRETARIAT, now=NOW)
    record = Record.objects.get(kind="pledge")
    assert (record.facts["stage"], record.facts["last_report_on"], record.version) == (
        "fulfilled",
        "2025-03-01",
        2,
    )


def test_who_may_not_and_what_is_not_public_is_refused(organization: Organization, focal_point: User) -> None:
    pledge = make_pledge(organization, state=SubmissionState.SUBMITTED)
    day = date(2025, 3, 1)
    with pytest.raises(NotAllowed):
        note_report(pledge, stage="planning", reported_on=day, actor=person(focal_point), now=NOW)
    with pytest.raises(Incomplete):
        note_report(pledge, stage="done", reported_on=day, actor=SECRETARIAT, now=NOW)
    with pytest.raises(WrongState):
        note_report(pledge, stage="planning", reported_on=day, actor=SECRETARIAT, now=NOW)
    assert Pledge.objects.get().reported_on is None
