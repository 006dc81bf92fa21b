"""Who is silent: the same pledges on the dashboard, in the list, in the review pack and in the rooms."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.charts.plots import Steps
from portal.common.actors import person, system
from portal.followup.cycles.domain import open_cycle
from portal.followup.dashboard.scope import scope_of
from portal.followup.dashboard.silence import figure
from portal.followup.dashboard.totals import totals
from portal.followup.pack.held import Held
from portal.followup.rooms.commission import silent_pledges
from portal.followup.rooms.owed import reports_owed
from portal.followup.rooms.seat_cards import commission_card
from portal.followup.snapshots.files import content_of
from portal.organizations.models import Organization
from portal.pledges.standing import standings
from portal.submissions.states import SubmissionState
from tests.factories.followup import make_body, make_cycle, make_seat
from tests.factories.records import make_pledge, make_report, publish_pledge, publish_report

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
DUE = TODAY.replace(day=min(TODAY.day, 28), year=TODAY.year - 1)
# Day of the last report, what else the pledge says, stage: and whether it is silent.
TABLE: dict[str, tuple[date | None, dict[str, Any], str, bool]] = {
    "never": (None, {}, "in_progress", True),
    "never, of this year": (None, {"forum": ""}, "in_progress", False),
    "long ago": (date(2020, 1, 1), {}, "in_progress", True),
    "a year ago": (DUE, {}, "in_progress", True),
    "overdue, reported of late": (TODAY, {"ends_on": date(2020, 1, 1)}, "in_progress", False),
    "of late": (TODAY, {}, "in_progress", False),
    "fulfilled": (date(2020, 1, 1), {}, "fulfilled", False),
}


def test_silent_is_one_thing_everywhere(
    client: Client,
    organization: Organization,
    focal_point: User,
    other_organization: Organization,
    other_org_member: User,
) -> None:
    make_seat(make_body(runs_cycles=True), other_organization)
    for title, (reported, fields, stage, _is_silent) in TABLE.items():
        pledge = make_pledge(organization, title=title, **fields)
        publish_pledge(pledge)
        if reported:
            publish_report(make_report(pledge, reported_on=reported, stage=stage))
    expected = sorted(title for title, row in TABLE.items() if row[3])
    rows = client.get("/api/v1/pledges?silent=12").json()["results"]
    names = {row["id"]: row["title"] for row in client.get("/api/v1/pledges").json()["results"]}
    assert sorted(row["title"] for row in rows) == expected
    assert silent_of_dashboard() == (len(expected), len(expected))
    silent, _hidden = silent_pledges(standings(), (), person(other_org_member), TODAY)
    assert sorted(names[f"P-{row.standing.pk:05d}"] for row in silent) == expected
    pack = Held(content_of(make_cycle("grf"), timezone.now()))
    assert sorted(names[row["id"]] for row in pack.silent) == expected
    owed = reports_owed(person(focal_point), "en", None, TODAY)
    assert sorted(duty.title for duty in owed.duties) == expected
    card = commission_card(person(other_org_member), "en", TODAY)
    assert str(card.told).startswith(f"{len(expected)} ")
    assert [duty.since for duty in card.duties[:2]] == [row.standing.since for row in silent[:2]]


@pytest.mark.parametrize("is_open", [True, False])
def test_a_report_that_waits_is_not_asked_for_again(
    organization: Organization, other_organization: Organization, focal_point: User, *, is_open: bool
) -> None:
    """Submitted before the cycle was opened, by any party."""
    waiting, silent, shared = (
        make_pledge(organization, title=title) for title in ("read", "silent", "shared")
    )
    for pledge in (waiting, silent, shared):
        publish_pledge(pledge)
    make_report(waiting, state=SubmissionState.SUBMITTED)
    make_report(shared, organization=other_organization, state=SubmissionState.SUBMITTED)
    make_report(silent)
    cycle = open_cycle(make_cycle(), actor=system("tests"), now=timezone.now()) if is_open else None
    owed = reports_owed(person(focal_point), "en", cycle, TODAY)
    assert ([duty.title for duty in owed.duties], owed.of_all, owed.waiting) == (["silent"], 3, 2)


def silent_of_dashboard() -> tuple[int, int]:
    """In its header, and in the figure after twelve months."""
    scope = scope_of(QueryDict(), "en")
    header = next(total.number for total in totals(scope) if total.name.code == "silent")
    plot = figure(scope).plot
    assert isinstance(plot, Steps)
    return header, plot.numbers[12]
