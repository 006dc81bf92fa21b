"""Notes of contacts with silent parties: for seats in bodies that run cycles, never for a party."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Group, person, system
from portal.common.errors import Incomplete, NotAllowed
from portal.common.formatting import day
from portal.followup.contacting.domain import KEPT, ContactFields, erase_old_notes, note_contact
from portal.followup.contacting.queries import REST
from portal.followup.contacting.rules import can_contact
from portal.followup.models import Body, ContactNote, Seat
from portal.followup.rooms.seat_cards import commission_card
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Membership, Organization
from portal.pledges.enums import PartyState
from portal.pledges.models import Pledge
from tests.factories import make_organization, make_pledge, make_user, publish_pledge
from tests.factories.followup import make_body, make_contact_note, make_seat
from tests.factories.organizations import add_member
from tests.thinning import rarely

CANARY = "zunzuncanario"
NOW = timezone.now()
TODAY = NOW.date()
DAY = timedelta(days=1)
BOARD = "/en/desk/follow-up/"
LIST = "/en/desk/follow-up/silent/"
FIELDS = ContactFields(on=TODAY, way="call", whom="The desk", said="Next month.")


@pytest.fixture
def body(db: None) -> Body:
    return make_body(runs_cycles=True)


@pytest.fixture
def seat(body: Body, organization: Organization) -> Seat:
    """Of `focal_point`."""
    return make_seat(body, organization)


@pytest.fixture
def silent(other_organization: Organization) -> Pledge:
    """Public, of somebody else, never reported on, with a note."""
    pledge = make_pledge(other_organization, title="A silent pledge", country="MX")
    publish_pledge(pledge)
    make_contact_note(pledge, other_organization, said=CANARY)
    return pledge


def page_of(pledge: Pledge) -> str:
    return f"{LIST}{publish_pledge(pledge).public_id}/"


def seated(body: Body, **days: object) -> User:
    owner = make_user()
    make_seat(
        body, make_organization(name="Another holder", owner=owner, state=OrganizationState.VERIFIED), **days
    )
    return owner


def with_role(role: Role) -> Callable[[Body], User]:
    def make(body: Body) -> User:
        user = seated(body)
        Membership.objects.filter(user=user).update(role=role)
        return user

    return make


def in_another_body(body: Body) -> User:
    return seated(make_body("observatory", may_assess=True))


def in_a_mechanism(body: Body) -> User:
    return seated(make_body("mechanism", may_assess=True))


def in_another_commission(body: Body) -> User:
    return seated(make_body("commission", may_assess=True))


def named_other(body: Body) -> User:
    return seated(body, person=make_user())


READERS: dict[str, tuple[Callable[[Body], User], bool]] = {
    "seat": (seated, True),
    "editor of the organization": (with_role(Role.EDITOR), True),
    "viewer of the organization": (with_role(Role.VIEWER), False),
    "seat that ended yesterday": (lambda body: seated(body, until=TODAY - DAY), False),
    "seat from tomorrow": (lambda body: seated(body, since=TODAY + DAY), False),
    "seat of a named other": (named_other, False),
    "seat in a body that runs no cycles": (in_another_body, False),
    "seat in a mechanism": (in_a_mechanism, False),
    "seat in a commission that runs no cycles": (in_another_commission, False),
    **{str(group): (lambda body, group=group: make_user(group), False) for group in Group},  # type: ignore[misc]
}


@pytest.mark.parametrize("reader", READERS)
def test_only_seats_in_bodies_that_run_cycles_read_and_write_notes(
    client: Client, body: Body, silent: Pledge, reader: str
) -> None:
    make, may = READERS[reader]
    user, page = make(body), page_of(silent)
    client.force_login(user)
    shown = client.get(page)
    assert (shown.status_code, CANARY in shown.text) == ((200, True) if may else (404, False))
    assert client.get(LIST).status_code == (200 if may else 404)
    assert can_contact(person(user), silent, TODAY) == may
    if not may:
        assert client.post(page, {"on": TODAY, "way": "call", "said": "x"}).status_code == 404
        with pytest.raises(NotAllowed):
            note_contact(silent, fields=FIELDS, actor=person(user), now=NOW)
        assert ContactNote.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "may"), [(seated, True), (in_a_mechanism, False), (in_another_commission, False)]
)
def test_the_board_tells_of_contacts_only_whom_their_pages_are_open_to(
    client: Client,
    body: Body,
    silent: Pledge,
    other_organization: Organization,
    make: Callable[[Body], User],
    may: bool,
) -> None:
    user, until = make(body), TODAY + 40 * DAY
    make_contact_note(silent, other_organization, said=CANARY, whom=CANARY, on=TODAY, wait_until=until)
    other = make_pledge(other_organization, title="Nobody contacted")
    publish_pledge(other)
    client.force_login(user)
    board = client.get(BOARD)
    (part,) = (part for part in board.context["parts"] if part.slug == "silent")
    assert (part.number, len(part.rows), CANARY in board.text) == (2, 2, False)
    told = ("2 contacts", "no contact noted", f"wait until {day(until)}", "Note a contact", LIST)
    assert [word in board.text for word in told] == [may] * len(told)
    assert client.get(part.more_url).status_code == 200
    assert {client.get(row.url).status_code for row in part.rows} == {200}
    card = commission_card(person(user), "en", TODAY)
    assert [(duty.todo, duty.url) for duty in card.duties] == (
        [("Contact the party", page_of(other))] if may else []
    )


@pytest.mark.parametrize("state", [PartyState.NAMED, PartyState.CONFIRMED, "keeper"])
def test_no_party_reads_what_was_noted_of_it(
    client: Client, body: Body, silent: Pledge, other_organization: Organization, state: str
) -> None:
    """Also who belongs to it with a seat of another organization."""
    user = seated(body)
    party = other_organization
    if state != "keeper":
        party = make_organization(name="Party")
        silent.parties.create(organization=party, role="partner", state=state)
    add_member(party, user, Role.VIEWER)
    client.force_login(user)
    assert client.get(page_of(silent)).status_code == 404
    rows = client.get(LIST)
    assert (CANARY in rows.text, "A silent pledge" in rows.text) == (False, False)
    assert "1 is hidden from you: your organization is a party." in rows.text
    with pytest.raises(NotAllowed):
        note_contact(silent, fields=FIELDS, actor=person(user), now=NOW)


def test_the_system_notes_nothing(silent: Pledge) -> None:
    with pytest.raises(NotAllowed):
        note_contact(silent, fields=FIELDS, actor=system("tests"), now=NOW)


def test_a_note_is_kept_once_with_its_author_and_event(
    client: Client, seat: Seat, focal_point: User, silent: Pledge
) -> None:
    client.force_login(focal_point)
    page = page_of(silent)
    typed = {
        "on": "2026-01-31",
        "way": "meeting",
        "whom": "The  desk",
        "said": "In May.",
        "wait_until": "01/06/2026",
    }
    typed["draft_key"] = "6f1f6a1e-5a9f-4f0c-9c7d-0d8f5a4ad0aa"
    assert [client.post(page, typed).status_code for _press in range(2)] == [302, 302]
    note = ContactNote.objects.get(said="In May.")
    assert (note.on, note.way, note.whom, note.wait_until, note.author, note.organization) == (
        date(2026, 1, 31),
        "meeting",
        "The desk",
        date(2026, 6, 1),
        focal_point,
        seat.organization,
    )
    told = events.history("contact_note", str(note.key))
    assert [(row.action, row.details) for row in told] == [("noted", {})]
    assert client.post(page, typed | {"said": "In May, and in June."}).status_code == 302
    assert ContactNote.objects.filter(said__startswith="In May").count() == 2


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"on": "31 of May"}, "Write a day as 2024-05-31 or 31/05/2024."),
        ({"on": ""}, "Fill in: Day of the contact."),
        ({"on": (TODAY + DAY).isoformat()}, "This day is still to come. Write the day of the contact."),
        ({"way": ""}, "Choose one: How."),
        ({"on": "1900-01-01"}, "The pledge is known since 1 January "),
        ({"on": "31/02/2026"}, "There is no such day. Check the day and the month."),
        ({"on": "2026-04-31"}, "There is no such day. Check the day and the month."),
        ({"said": "word " * 500}, "Shorten this to 2000 characters; it has 2499."),
        ({"whom": "x" * 900}, "Shorten this to 200 characters; it has 900."),
        ({"wait_until": "2099-12-31"}, "Wait for a year at most"),
        ({"way": "smoke"}, "Select a valid choice."),
        ({"said": "  "}, "Fill in: What was said."),
        ({"wait_until": "2020-01-01"}, "Wait until a day after the contact."),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_typed_is_lost(
    client: Client, seat: Seat, focal_point: User, silent: Pledge, typed: dict[str, str], told: str
) -> None:
    client.force_login(focal_point)
    sent = {
        "on": "2026-01-31",
        "way": "call",
        "whom": "Somebody typed",
        "said": "Words typed",
        "wait_until": "",
    }
    shown = client.post(page_of(silent), sent | typed)
    (field,) = typed
    messages = shown.context["form"].errors[field]
    assert (shown.status_code, ContactNote.objects.count()) == (200, 1)
    assert any(told in text or told in shown.text for text in messages)
    assert (typed.get("whom", "Somebody typed") in shown.text, "Words typed" in shown.text) == (
        True,
        "said" not in typed,
    )


def test_the_verb_refuses_what_no_form_lets_through(seat: Seat, focal_point: User, silent: Pledge) -> None:
    wrong = ContactFields(on=TODAY + DAY, way="smoke", whom="", said=" ", wait_until=TODAY - DAY)
    with pytest.raises(Incomplete) as refused:
        note_contact(silent, fields=wrong, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in refused.value.problems] == ["on", "wait_until", "way", "said"]


@pytest.mark.long
def test_who_is_waited_for_stands_last_and_filters_narrow_the_list(
    client: Client, seat: Seat, focal_point: User, silent: Pledge, other_organization: Organization
) -> None:
    waited = make_pledge(other_organization, title="Waited for", country="GT", forum="2019")
    publish_pledge(waited)
    make_contact_note(waited, other_organization, wait_until=TODAY + DAY)
    publish_pledge(make_pledge(other_organization, title="Reported", reported_on=TODAY))
    client.force_login(focal_point)
    pages = {
        query: [row.above for row in client.get(f"{LIST}?{query}").context["rows"]]
        for query in ("", "country=GT", "contacts=waiting", "contacts=none", "health=stale", "country=QQ")
    }
    both = ["A silent pledge", "Waited for"]
    assert pages == {
        "": both,
        "country=GT": ["Waited for"],
        "contacts=waiting": ["Waited for"],
        "contacts=none": [],
        "health=stale": [],
        "country=QQ": [],
    }
    assert "This list has no such choice, so it shows nothing." in client.get(f"{LIST}?country=QQ").text
    assert "No silent pledge is like that." in client.get(f"{LIST}?health=stale").text


@pytest.mark.long
def test_who_was_contacted_lately_is_not_asked_next(
    client: Client, seat: Seat, focal_point: User, silent: Pledge, other_organization: Organization
) -> None:
    """Behind those that nobody has contacted for a fortnight, though it is silent for longer."""
    older = make_pledge(other_organization, title="Contacted before", forum="2019")
    fresh = make_pledge(other_organization, title="Never contacted", forum="2023")
    for pledge in (older, fresh):
        publish_pledge(pledge)
    make_contact_note(older, other_organization, on=TODAY - REST)
    client.force_login(focal_point)
    page = client.get(LIST)
    order = ["Contacted before", "Never contacted", "A silent pledge"]
    assert [row.above for row in page.context["rows"]] == order
    room = client.get("/en/desk/follow-up/")
    (part,) = (part for part in room.context["parts"] if part.slug == "silent")
    assert [row.above for row in part.rows] == order
    card = commission_card(person(focal_point), "en", TODAY)
    assert [duty.meta[0] for duty in card.duties] == [publish_pledge(row).public_id for row in (older, fresh)]


@pytest.mark.parametrize("number", [rarely(1), 4])
def test_list_and_page_cost_the_same_with_few_and_many(
    client: Client, seat: Seat, focal_point: User, other_organization: Organization, number: int
) -> None:
    for _each in range(number):
        pledge = make_pledge(other_organization)
        publish_pledge(pledge)
        for _note in range(number):
            make_contact_note(pledge, other_organization)
    client.force_login(focal_point)
    costs = []
    for path in (LIST, page_of(pledge)):
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path).status_code == 200
        costs.append(len(captured))
    assert costs == [11, 10]


def test_words_about_persons_are_erased_after_two_years(silent: Pledge, organization: Organization) -> None:
    ContactNote.objects.all().delete()
    old = make_contact_note(silent, organization, on=TODAY - KEPT - DAY)
    young = make_contact_note(silent, organization, on=TODAY - KEPT)
    erase_old_notes(now=NOW)
    kept = {row.pk: (row.whom, row.said) for row in ContactNote.objects.all()}
    assert kept == {old.pk: ("", ""), young.pk: ("Desk for migration", "They report next month.")}
