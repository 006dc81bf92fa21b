"""The rooms of seats at the desk: what each shows, of what, to whom, and at which cost."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import system
from portal.followup.cycles.domain import freeze_cycle, open_cycle
from portal.followup.models import Body
from portal.followup.rooms.lists import Part
from portal.followup.rooms.platform import money, projects, support, unfunded
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from tests.factories import (
    make_organization,
    make_pledge,
    make_report,
    publish_pledge,
    publish_report,
)
from tests.factories.followup import make_assessment, make_body, make_cycle, make_seat, publish_assessment
from tests.factories.help import public_pledge
from tests.factories.networks import make_network, make_project
from tests.factories.plan import make_framework, make_node
from tests.thinning import rarely
from tests.work.conftest import do_all

CANARY = "zunzuncanario"
NOW = timezone.now()
TODAY = NOW.date()
ROOM = "/en/desk/follow-up/"
ROOMS = {"room": ROOM, "platform": f"{ROOM}platform/", "observatory": f"{ROOM}observatory/"}


@pytest.fixture
def commission(organization: Organization) -> Body:
    """`focal_point` acts on a seat in it."""
    body = make_body("commission", may_assess=True, runs_cycles=True)
    make_seat(body, organization)
    return body


def fulfilled(organization: Organization, **fields: object) -> Pledge:
    pledge = make_pledge(organization, stage="fulfilled", reported_on=TODAY, **fields)
    publish_pledge(pledge)
    return pledge


def part(client: Client, slug: str) -> Part:
    """Of the commission's room."""
    (only,) = [part for part in client.get(ROOM).context["parts"] if part.slug == slug]
    assert isinstance(only, Part)
    return only


@pytest.mark.parametrize(
    ("kind", "may", "opens"),
    [
        ("commission", {"runs_cycles": True}, (200, 404, 404)),
        ("commission", {}, (200, 404, 404)),
        ("mechanism", {}, (200, 404, 404)),
        ("platform", {}, (302, 200, 404)),
        ("observatory", {"may_assess": True}, (302, 404, 200)),
        ("observatory", {"runs_cycles": True}, (200, 404, 200)),
    ],
)
def test_each_kind_of_seat_has_its_room(
    client: Client,
    organization: Organization,
    focal_point: User,
    kind: str,
    may: dict[str, bool],
    opens: tuple[int, ...],
) -> None:
    seat = make_seat(make_body(kind, **may), organization)
    client.force_login(focal_point)
    pages = [client.get(path) for path in ROOMS.values()]
    assert tuple(page.status_code for page in pages) == opens
    if opens[0] == 302:
        assert pages[0].headers["Location"] == ROOMS[kind]
    seat.until = TODAY - timedelta(days=1)
    seat.since = seat.until
    seat.save()
    assert {client.get(path).status_code for path in ROOMS.values()} == {404}


LISTS = {"commission": (200, 200, 200), "platform": (404, 404, 404), "observatory": (404, 200, 404)}


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_read_by_who_reads_the_room_that_leads_to_it(
    client: Client, organization: Organization, focal_point: User, other_organization: Organization, kind: str
) -> None:
    make_seat(make_body(kind), organization)
    open_cycle(make_cycle("grf"), actor=system("tests"), now=NOW)
    for number in range(4):
        fulfilled(other_organization, title=f"{CANARY} {number}")
    third = fulfilled(make_organization(name="Third"), title=CANARY)
    publish_assessment(make_assessment(third, other_organization))
    client.force_login(focal_point)
    answers = [client.get(f"{ROOM}{name}/") for name in ("reported", "waiting", "replies")]
    assert tuple(answer.status_code for answer in answers) == LISTS[kind]
    if kind != "platform":
        room = client.get(ROOMS["observatory" if kind == "observatory" else "room"])
        (waiting,) = (part for part in room.context["parts"] if part.slug == "waiting")
        assert (waiting.more, waiting.more_url, len(waiting.rows)) == ("All 4", f"{ROOM}waiting/", 3)
        assert client.get(waiting.more_url).text.count(f">{CANARY} ") == 4


@pytest.mark.long
def test_who_has_reported_is_told_with_both_totals_and_as_a_file(
    client: Client, commission: Body, focal_point: User, other_organization: Organization
) -> None:
    cycle = open_cycle(make_cycle("grf"), actor=system("tests"), now=NOW)
    told, silent = (make_pledge(other_organization) for _each in range(2))
    for pledge in (told, silent):
        publish_pledge(pledge)
    fulfilled(other_organization)
    publish_report(make_report(told))
    make_report(silent, text=CANARY)
    client.force_login(focal_point)
    page = client.get(ROOM)
    assert page.context["heading"] == f"{cycle.title('en')}: 1 of 2 pledges asked have a report"
    assert "1 of 2 (50%). Of all that are published: 1 of 3 (33%)." in page.text
    public = client.get("/en/follow-up/cycles/grf/").context["figure"]
    assert (page.context["reported"].plot, page.context["reported"].said) == (public.plot, public.said)
    assert CANARY not in page.text
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ROOM}reported/?format=csv").text.lstrip("\ufeff"))))
    assert [(row["reported"], row["asked"]) for row in rows] == [("1", "2")]
    assert client.get(f"{ROOM}reported/").status_code == 200
    assert client.get(f"{ROOM}reported/?format=exe").status_code == 404


@pytest.mark.long
def test_the_room_tells_of_a_frozen_cycle_what_its_snapshot_holds(
    client: Client, commission: Body, focal_point: User, other_organization: Organization
) -> None:
    cycle = open_cycle(make_cycle("grf"), actor=system("tests"), now=NOW)
    publish_pledge(make_pledge(other_organization))
    cycle = freeze_cycle(cycle, actor=system("tests"), now=timezone.now())
    publish_pledge(make_pledge(other_organization))
    client.force_login(focal_point)
    page = client.get(ROOM)
    assert page.context["heading"] == f"{cycle.title('en')}: 0 of 1 pledges asked have a report"
    assert "0 of 1 (0%). Of all that are published: 0 of 1 (0%)." in page.text
    type(cycle).objects.update(turnout={})
    page = client.get(ROOM)
    assert (page.context["heading"], page.context["reported"]) == (cycle.title("en"), None)
    assert client.get(f"{ROOM}reported/").status_code == 404


def test_assessments_wait_yours_first_and_those_of_ones_own_pledges_are_hidden(
    client: Client,
    commission: Body,
    organization: Organization,
    focal_point: User,
    other_organization: Organization,
) -> None:
    free, mine, taken = (fulfilled(other_organization, title=title) for title in ("Free", "Mine", "Taken"))
    fulfilled(organization, title=CANARY)
    late = make_pledge(other_organization, title="Late", ends_on=TODAY - timedelta(days=9), reported_on=TODAY)
    publish_pledge(late)
    done = fulfilled(make_organization(name="Third"), title="Assessed")
    publish_assessment(make_assessment(done, organization, commission))
    make_assessment(mine, organization, commission)
    colleague = make_organization(name="Colleague")
    make_seat(commission, colleague)
    make_assessment(taken, colleague, commission, title=CANARY)
    # Another body's draft is nobody's business here.
    make_assessment(free, make_organization(name="Elsewhere"), make_body(may_assess=True))
    client.force_login(focal_point)
    waiting = part(client, "waiting")
    assert waiting.number == 4
    whole = client.get(f"{ROOM}waiting/")
    assert [(row.title, row.badge) for row in whole.context["rows"]] == [
        ("Mine", "yours"),
        ("Free", "nobody has begun it"),
        ("Late", "nobody has begun it"),
        ("Taken", "in work"),
    ]
    assert "1 is hidden from you: your organization is a party." in whole.text
    assert CANARY not in whole.text


@pytest.mark.long
def test_open_replies_stand_with_the_days_that_are_left(
    client: Client, commission: Body, organization: Organization, focal_point: User
) -> None:
    pledge = fulfilled(make_organization(name="Third"))
    record = publish_assessment(make_assessment(pledge, organization, commission))
    client.force_login(focal_point)
    assert [(row.meta[0], row.badge) for row in part(client, "replies").rows] == [
        (record.public_id, "30 days left")
    ]
    assert record.public_id in client.get(f"{ROOM}replies/").text
    old = NOW - timedelta(days=31)
    type(record).objects.filter(pk=record.pk).update(published_at=old)
    assert part(client, "replies").number == 0


def test_the_observatory_sees_its_own_assessments_at_work(
    client: Client, organization: Organization, focal_point: User, other_organization: Organization
) -> None:
    body = make_body("observatory", may_assess=True)
    make_seat(body, organization)
    make_assessment(fulfilled(other_organization, title="Free"), other_organization, title=CANARY)
    make_assessment(fulfilled(make_organization(name="Third")), organization, body, title="Ours")
    client.force_login(focal_point)
    page = client.get(ROOMS["observatory"])
    own, waiting, notes = page.context["parts"]
    assert (notes.number, notes.slug) == (0, "notes")
    assert [row.title for row in own.rows] == ["Ours"]
    assert [row.badge for row in waiting.rows] == ["yours", "nobody has begun it"]
    assert CANARY not in page.text
    assert {str(card.title) for card in page.context["cards"]} == {"Saved searches", "Dossiers"}


def test_money_is_never_added_up_across_currencies(other_organization: Organization) -> None:
    brought: list[dict[str, object]] = [
        {"amount": Decimal(100), "currency": "USD"},
        {"amount": Decimal(50), "currency": "USD", "stage": "fulfilled"},
        {"amount": Decimal("7.50"), "currency": "EUR", "stage": "in_progress"},
        {},
    ]
    for fields in brought:
        publish_pledge(make_pledge(other_organization, **fields))
    make_pledge(other_organization, amount=Decimal(999), currency="USD")
    rows, named, of_all = money()
    assert {row.currency: (dict(row.amounts), dict(row.pledges)) for row in rows} == {
        "USD": ({"pledged": 150, "fulfilled": 50}, {"pledged": 2, "fulfilled": 1}),
        "EUR": (
            {"pledged": Decimal("7.50"), "in_progress": Decimal("7.50")},
            {"pledged": 1, "in_progress": 1},
        ),
    }
    assert (named, of_all) == (3, 4)


def test_an_action_has_money_once_a_public_pledge_brings_some(organization: Organization) -> None:
    framework = make_framework(in_force=True)
    for code in ("1.1", "1.2", "1.3", "1.4"):
        make_node(framework, code)
    links = {
        "1.1": ({"contributions": ["financial"]}, True),
        "1.2": ({"contributions": ["policy"]}, True),
        "1.3": ({"amount": Decimal(5), "currency": "USD"}, True),
        "1.4": ({"contributions": ["financial"]}, False),
    }
    for code, (fields, is_public) in links.items():
        pledge = make_pledge(organization, **fields)
        pledge.links.create(
            relation="carries_out", target=f"{framework.slug}:{code}", asserted_by="parties", asserted_at=NOW
        )
        if is_public:
            publish_pledge(pledge)
    rows, of_all = unfunded()
    assert ([node.code for node in rows], of_all) == (["1.2", "1.4"], 4)


def test_needs_offers_and_projects_are_counted_of_what_there_is(
    organization: Organization, other_organization: Organization
) -> None:
    near = {"country": "MX"}
    public_pledge(organization, needs=["financial"], **near)
    public_pledge(organization, needs=["policy"], country="BZ")
    public_pledge(other_organization, pledge_kind="matching", contributions=["financial"], **near)
    make_pledge(organization, needs=["financial"])
    told = support()
    assert (len(told.open), told.needs, told.offers, told.used, told.pledges) == (2, 2, 1, 0, 3)
    assert len(told.with_offer) == 1
    network = make_network(is_public=True)
    make_project(network, state="running", amount=Decimal(10), currency="USD")
    make_project(network, state="planned", amount=Decimal(5), currency="EUR")
    make_project(make_network(is_public=False), title_en=CANARY)
    counted, rows = projects()
    assert (counted.of_all, counted.with_amount) == (2, 2)
    assert [row.state for row in rows] == ["running", "planned"]


SEATS: dict[str, dict[str, object]] = {
    "room": {"kind": "commission", "may_assess": True, "runs_cycles": True},
    "platform": {"kind": "platform", "may_assess": True},
    "observatory": {"kind": "observatory", "may_assess": True},
}


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("name", "cost", "number"),
    [
        *(("room", 27, 1), ("room", 27, 3), ("platform", 11, 3), ("observatory", 13, 3)),
        *(rarely("platform", 11, 1), rarely("observatory", 13, 1)),
    ],
)
def test_each_room_costs_the_same_with_few_and_many_rows(
    client: Client,
    organization: Organization,
    focal_point: User,
    other_organization: Organization,
    name: str,
    cost: int,
    number: int,
) -> None:
    body = make_body(**SEATS[name])
    make_seat(body, organization)
    open_cycle(make_cycle(), actor=system("tests"), now=NOW)
    make_node(make_framework(in_force=True), "1.1")
    network = make_network(is_public=True)
    for _each in range(number):
        publish_pledge(make_pledge(other_organization, needs=["financial"]))
        make_assessment(fulfilled(other_organization), organization, body)
        publish_assessment(make_assessment(fulfilled(make_organization(name="Third")), organization, body))
        make_project(network)
    client.force_login(focal_point)
    client.get(ROOMS[name])
    with CaptureQueriesContext(connection) as captured:
        assert client.get(ROOMS[name]).status_code == 200
    assert len(captured) == cost


@pytest.mark.long
def test_the_room_offers_no_opening_out_of_turn_and_a_pack_that_is_ready_to_read(
    client: Client, commission: Body, focal_point: User
) -> None:
    later = make_cycle("later", opens_on=TODAY + timedelta(days=1), closes_on=TODAY + timedelta(days=9))
    client.force_login(focal_point)
    assert f"{ROOM}later/open/" not in client.get(ROOM).text
    later.opens_on = TODAY
    later.save()
    assert f'href="{ROOM}later/open/"' in client.get(ROOM).text
    cycle = open_cycle(later, actor=system("tests"), now=NOW)
    freeze_cycle(cycle, actor=system("tests"), now=timezone.now())
    before = client.get(ROOM).text
    do_all("long")
    after = client.get(ROOM).text
    words = ("Prepare review pack", "Read the review pack")
    assert [[word in page for word in words] for page in (before, after)] == [[True, False], [False, True]]
