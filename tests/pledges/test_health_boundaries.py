"""Under a stopped clock: how fresh the report of a pledge is around 12 and 24 months and its last day.

The day is that of UTC, wherever reader and server are.
"""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from portal.organizations.models import Organization
from portal.pledges.facts import Health
from portal.publication.figures import note_change
from portal.publication.models import Record
from tests.factories import make_pledge, publish_pledge
from tests.followup.told import rows_of
from tests.records.exported import as_csv, content_of
from tests.thinning import rarely

NOON = "2025-06-15T12:00:00+00:00"
# The clock, the last report, the last day, the stage, and what is told.
CASES = [
    # The day before 12 months are over, the day itself, the day after.
    (NOON, "2024-06-16", "", "in_progress", Health.CURRENT),
    (NOON, "2024-06-15", "", "in_progress", Health.DUE),
    rarely(NOON, "2024-06-14", "", "in_progress", Health.DUE),
    # The same for 24 months.
    (NOON, "2023-06-16", "", "in_progress", Health.DUE),
    (NOON, "2023-06-15", "", "in_progress", Health.STALE),
    rarely(NOON, "2023-06-14", "", "in_progress", Health.STALE),
    # Before, on and after its last day.
    rarely(NOON, "2025-06-01", "2025-06-16", "in_progress", Health.CURRENT),
    (NOON, "2025-06-01", "2025-06-15", "in_progress", Health.CURRENT),
    (NOON, "2025-06-01", "2025-06-14", "in_progress", Health.OVERDUE),
    (NOON, "2025-06-01", "2025-06-14", "fulfilled", Health.CURRENT),
    # Who never reported is told so first, and overdue goes before silent.
    (NOON, "", "2025-06-14", "in_progress", Health.NEVER_REPORTED),
    (NOON, "2020-01-01", "2025-06-14", "in_progress", Health.OVERDUE),
    rarely(NOON, "2020-01-01", "2025-06-15", "in_progress", Health.STALE),
    # A report, a clock and a last day on 29 February.
    ("2025-02-28T12:00:00+00:00", "2024-02-29", "", "planning", Health.CURRENT),
    ("2025-03-01T12:00:00+00:00", "2024-02-29", "", "planning", Health.DUE),
    rarely("2026-02-28T12:00:00+00:00", "2024-02-29", "", "planning", Health.DUE),
    rarely("2026-03-01T12:00:00+00:00", "2024-02-29", "", "planning", Health.STALE),
    rarely("2024-02-29T12:00:00+00:00", "2023-02-28", "", "planning", Health.DUE),
    rarely("2024-02-29T12:00:00+00:00", "2023-03-01", "", "planning", Health.CURRENT),
    rarely("2024-02-29T12:00:00+00:00", "2024-01-01", "2024-02-29", "planning", Health.CURRENT),
    rarely("2024-03-01T12:00:00+00:00", "2024-01-01", "2024-02-29", "planning", Health.OVERDUE),
    # The last moment of a day and the first of the next.
    rarely("2025-06-14T23:59:59+00:00", "2024-06-15", "2025-06-14", "planning", Health.CURRENT),
    rarely("2025-06-15T00:00:00+00:00", "2024-06-15", "", "planning", Health.DUE),
    rarely("2025-06-15T00:00:00+00:00", "2025-06-01", "2025-06-14", "planning", Health.OVERDUE),
    # The evening before in Mexico City, and the morning after in Tokyo.
    ("2025-06-14T23:30:00-06:00", "2024-06-15", "", "planning", Health.DUE),
    ("2025-06-15T08:30:00+09:00", "2024-06-15", "", "planning", Health.CURRENT),
]


@pytest.fixture
def record(organization: Organization) -> Record:
    return publish_pledge(make_pledge(organization))


@pytest.mark.few(5)
@pytest.mark.parametrize(("clock", "reported", "ends", "stage", "told"), CASES)
def test_every_room_tells_the_same_health(
    client: Client,
    record: Record,
    monkeypatch: pytest.MonkeyPatch,
    clock: str,
    reported: str,
    ends: str,
    stage: str,
    told: Health,
) -> None:
    """`timezone.now` gives the moment in UTC."""
    moment = datetime.fromisoformat(clock).astimezone(UTC)
    facts = record.facts | {"last_report_on": reported, "ends_on": ends, "stage": stage}
    Record.objects.filter(pk=record.pk).update(facts=facts)
    note_change()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    rooms = (
        client.get(record.path("en")).context["badges"][1].text,
        client.get("/en/pledges/").context["items"][0].badges[1].text,
        as_csv(content_of(client, "/en/pledges/?format=csv"))[0]["health"],
        client.get(f"/api/v1/pledges/{record.public_id}").json()["health"],
    )
    assert rooms == (told.label, told.label, told.value, told.value)
    listed = [client.get(f"/api/v1/pledges?health={each.value}").json()["count"] for each in Health]
    counted = [row["pledges"] for row in rows_of("freshness")]
    assert listed == counted == [int(each == told) for each in Health]
