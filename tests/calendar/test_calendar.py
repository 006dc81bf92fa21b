"""The calendar: its file as a library reads it, its page, its feed, and what stands in none of them."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from portal.calendar.entries import Entry, entries
from portal.calendar.ics import calendar_of
from portal.common.languages import CODES
from portal.consultations.page_models import ConsultationPage
from portal.followup.cycles.reference import load_cycles
from portal.followup.models import ReviewCycle
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.pages.models import TimelinePage
from tests.factories import make_home, make_organization, make_pledge, publish_pledge
from tests.factories.followup import make_assessment, make_cycle, publish_assessment
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

CANARY = "zunzuncanario"
FILE, PAGE, FEED = "/en/calendar.ics", "/en/calendar/", "/en/calendar/feed/"
DEADLINE = datetime(2031, 6, 14, 23, 59, tzinfo=UTC)


def read(client: Client, address: str = FILE) -> dict[str, Any]:
    """The events by their summary, as the library reads them."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in events}


def set_dates(tree: ConsultationTree, **dates: Any) -> None:
    ConsultationPage.objects.update(**dates, last_published_at=datetime(2026, 5, 1, 8, tzinfo=UTC))


def test_the_file_tells_cycles_by_their_days(client: Client, db: None) -> None:
    cycle = make_cycle("grf", opens_on=date(2030, 1, 1), closes_on=date(2031, 12, 31))
    make_cycle("sure", verified=True)
    told = read(client)
    last = told["Last day for reports: Cycle grf in en"]
    assert last.decoded("DTSTART") == date(2031, 12, 31)
    assert last.decoded("DTEND") == date(2032, 1, 1)
    assert last["URL"].endswith("/en/follow-up/cycles/grf/")
    assert last.decoded("DTSTAMP") == cycle.updated_at.replace(microsecond=0)
    assert (str(last["STATUS"]), str(told["Last day for reports: Cycle sure in en"]["STATUS"])) == (
        "TENTATIVE",
        "CONFIRMED",
    )
    assert told["Review cycle begins: Cycle grf in en"].decoded("DTSTART") == date(2030, 1, 1)


def test_a_deadline_stands_by_the_clock_of_its_place(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    meeting = {"starts_on": date(2031, 6, 1), "ends_on": date(2031, 6, 2), "place": "Bogotá"}
    set_dates(consultation_pages, deadline=DEADLINE, time_zone="America/Bogota", **meeting)
    told = read(client)
    (deadline,) = (event for name, event in told.items() if name.startswith("Last moment"))
    starts = deadline.decoded("DTSTART")
    assert (starts, starts.tzname(), "DTEND" in deadline) == (DEADLINE, "-05", False)
    assert deadline["DTSTART"].params["TZID"] == "America/Bogota"
    assert b"BEGIN:VTIMEZONE\r\nTZID:America/Bogota" in client.get(FILE).content
    (meeting_event,) = (event for event in told.values() if event.get("LOCATION") == "Bogotá")
    assert (meeting_event.decoded("DTSTART"), meeting_event.decoded("DTEND")) == (
        date(2031, 6, 1),
        date(2031, 6, 3),
    )


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_an_event_is_the_same_one_in_every_language(client: Client, db: None, code: str) -> None:
    make_cycle("grf")
    told = read(client, f"/{code}/calendar.ics")
    assert {str(event["UID"]) for event in told.values()} == {str(each.uid) for each in entries("es")}
    assert all(f"in {code}" in name for name in told)


def test_lines_end_as_the_standard_says(client: Client, db: None) -> None:
    title = "Ñandú, día; “última” \\ llamada " * 8
    make_cycle("grf", title_es=title, source="x")
    content = client.get("/es/calendar.ics").content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    names = [name for name in read(client, "/es/calendar.ics") if title.strip() in name]
    assert len(names) == 2


def test_the_same_rows_give_the_same_file_and_an_etag(client: Client, db: None) -> None:
    cycle = make_cycle("grf")
    first = client.get(FILE)
    again = client.get(FILE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, first.cookies) == (304, {})
    cycle.closes_on += timedelta(days=1)
    cycle.save()
    assert client.get(FILE).headers["ETag"] != first.headers["ETag"]


def test_filters_give_the_dates_of_one(client: Client, consultation_pages: ConsultationTree) -> None:
    set_dates(consultation_pages, deadline=DEADLINE)
    make_cycle("grf")
    make_cycle("hlom")
    slug = consultation_pages.consultation["es"].slug
    assert len(read(client)) == 5
    assert {name.split(": ")[1] for name in read(client, f"{FILE}?cycle=grf")} == {"Cycle grf in en"}
    (only,) = read(client, f"{FILE}?consultation={slug}").values()
    assert only.decoded("DTSTART") == DEADLINE
    for query in ("cycle=nothing", "consultation=grf", f"cycle={slug}"):
        assert client.get(f"{FILE}?{query}").status_code == 422


def test_what_is_not_public_stands_nowhere(client: Client, consultation_pages: ConsultationTree) -> None:
    set_dates(consultation_pages, deadline=DEADLINE, title=CANARY)
    ConsultationPage.objects.update(live=False)
    for address in (FILE, PAGE, FEED, f"{PAGE}?format=csv"):
        assert CANARY not in client.get(address).content.decode()


def test_replies_stand_there_while_they_can_be_given(client: Client, organization: Organization) -> None:
    pledge = make_pledge(organization)
    publish_pledge(pledge)
    other = publish_assessment(make_assessment(pledge, _assessor()))
    (event,) = read(client).values()
    assert event.decoded("DTSTART") == (other.published_at + timedelta(days=30)).date()
    assert event["URL"].endswith(other.path("en"))


def _assessor() -> Organization:
    return make_organization(state=OrganizationState.VERIFIED)


def test_the_page_tells_what_is_to_come_and_what_is_over(client: Client, db: None) -> None:
    today = timezone.now().date()
    make_cycle("over", opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    make_cycle("coming", opens_on=today, closes_on=today + timedelta(days=9))
    page = client.get(PAGE)
    assert ([len(page.context[name]) for name in ("coming", "over")], page.cookies) == ([2, 2], {})
    assert 'type="text/calendar"' in page.text
    feed = client.get(FEED).content.decode()
    assert (feed.count("<entry"), "Cycle over" in feed) == (2, False)
    rows = json.loads(client.get(f"{PAGE}?format=json").content)
    assert [(row["slug"], row["confirmed"]) for row in rows] == [
        *[("over", "no")] * 2,
        *[("coming", "no")] * 2,
    ]
    assert client.get(f"{PAGE}?format=pdf").status_code == 404


@pytest.mark.parametrize("number", [rarely(1), 4])
def test_the_queries_do_not_depend_on_the_dates(
    client: Client,
    consultation_pages: ConsultationTree,
    django_assert_num_queries: Callable[[int], Any],
    number: int,
) -> None:
    set_dates(consultation_pages, deadline=DEADLINE)
    for _ in range(number):
        make_cycle()
    client.get(FILE)
    with django_assert_num_queries(6):
        client.get(FILE)


def test_a_day_of_the_timeline_is_one_to_keep(client: Client, db: None) -> None:
    home = make_home()["es"]
    day = (timezone.now() + timedelta(days=40)).date().isoformat()
    blocks = [
        {"type": "entry", "value": {"starts_on": day, "precision": precision, "title": precision}}
        for precision in ("day", "month")
    ]
    home.add_child(
        instance=TimelinePage(title="Timeline", slug="timeline", locale=home.locale, entries=blocks)
    )
    told = read(client, "/es/calendar.ics")
    assert [str(event.decoded("DTSTART")) for event in told.values()] == [day]


def test_a_moment_in_utc_needs_no_zone() -> None:
    row = Entry(
        key="x",
        of="cycle",
        slug="x",
        title="One\nline",
        starts=DEADLINE.astimezone(ZoneInfo("UTC")),
        url="/en/x/",
        changed=DEADLINE,
    )
    (event,) = Calendar.from_ical(calendar_of([row], "en")).walk("VEVENT")
    assert (event.decoded("DTSTART"), str(event["SUMMARY"])) == (DEADLINE, "One line")


def test_every_cycle_of_the_reference_has_a_source_and_is_to_be_confirmed(db: None) -> None:
    assert (load_cycles(), load_cycles()) == (5, 0)
    rows = ReviewCycle.objects.values_list("source", "verified", "closes_on__year")
    assert [(bool(source), verified, year) for source, verified, year in rows] == [
        (True, False, year) for year in (2025, 2027, 2029, 2031, 2033)
    ]
