"""Who is silent: the same pledges on the dashboard, in the list, in the review pack and in the rooms."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from portal.followup.dashboard.scope import scope_of
from portal.followup.dashboard.totals import totals
from portal.followup.pack.held import Held
from portal.followup.rooms.commission import silent_pledges
from portal.followup.snapshots import content_of
from portal.organizations.models import Organization
from portal.pledges.standing import standings
from tests.factories.followup import make_cycle
from tests.factories.records import make_pledge, make_report, publish_pledge, publish_report

pytestmark = pytest.mark.django_db
# Day of the last report, last day of the pledge, stage: and whether it is silent.
TABLE = {
    "never": (None, None, "in_progress", True),
    "long ago": (date(2020, 1, 1), None, "in_progress", True),
    "overdue, reported of late": ("late", date(2020, 1, 1), "in_progress", False),
    "of late": ("late", None, "in_progress", False),
    "fulfilled": (date(2020, 1, 1), None, "fulfilled", False),
}


def test_silent_is_one_thing_everywhere(client: Client, organization: Organization) -> None:
    today = timezone.now().date()
    for title, (reported, ends_on, stage, _is_silent) in TABLE.items():
        pledge = make_pledge(organization, title=title, ends_on=ends_on)
        publish_pledge(pledge)
        if reported:
            on = today if reported == "late" else reported
            publish_report(make_report(pledge, reported_on=on, stage=stage))
    expected = sorted(title for title, row in TABLE.items() if row[3])
    rows = client.get("/api/v1/pledges?silent=12").json()["results"]
    names = {row["id"]: row["title"] for row in client.get("/api/v1/pledges").json()["results"]}
    assert sorted(row["title"] for row in rows) == expected
    header = {total.name.code: total.number for total in totals(scope_of(QueryDict(), "en"))}
    assert header["silent"] == len(expected)
    silent, _hidden = silent_pledges(standings(), (), today)
    assert sorted(names[f"P-{row.standing.pk:05d}"] for row in silent) == expected
    pack = Held(content_of(make_cycle("grf"), timezone.now()))
    assert sorted(names[row["id"]] for row in pack.silent) == expected
