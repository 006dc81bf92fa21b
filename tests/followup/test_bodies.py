"""Bodies of the follow-up: rights follow from the seats of the day; what is public of them; the admin."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, Group, person
from portal.common.languages import CODES
from portal.followup import rules
from portal.followup.models import Body, Seat
from portal.followup.queries import seats_of
from portal.organizations.enums import Role
from portal.organizations.models import Membership, Organization
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from tests.factories import make_organization, make_user, publish_organization
from tests.factories.followup import LONG_AGO, make_body, make_seat
from tests.thinning import rarely

CANARY = "zunzuncanario"
TODAY = timezone.now().date()
DAY = timedelta(days=1)
ADD = "/admin/snippets/followup/body/add/"


def rights(user: User, day: date = TODAY) -> tuple[bool, bool, bool]:
    actor = person(user)
    return (
        rules.may_follow_up(actor, day),
        rules.may_assess(actor, day),
        rules.may_run_cycles(actor, day),
    )


def test_rights_follow_from_the_seats_of_the_day(organization: Organization, focal_point: User) -> None:
    assert rights(focal_point) == (False, False, False)
    seat = make_seat(make_body(may_assess=True), organization, until=TODAY)
    assert [rights(focal_point, day) for day in (LONG_AGO - DAY, TODAY, TODAY + DAY)] == [
        (False, False, False),
        (True, True, False),
        (False, False, False),
    ]
    make_seat(make_body(runs_cycles=True), organization)
    seat.delete()
    assert rights(focal_point) == (True, False, True)


@pytest.mark.parametrize(("role", "may"), [(role, role != Role.VIEWER) for role in Role])
def test_only_who_writes_for_the_organization_acts_on_its_seat(
    organization: Organization, focal_point: User, role: Role, may: bool
) -> None:
    make_seat(make_body(may_assess=True), organization)
    Membership.objects.filter(user=focal_point).update(role=role)
    assert rules.may_assess(person(focal_point), TODAY) == may


def test_nobody_else_acts_on_the_seat_of_a_named_person(
    organization: Organization, focal_point: User, member_editor: User
) -> None:
    make_seat(make_body(may_assess=True), organization, person=member_editor)
    assert (rights(focal_point)[1], rights(member_editor)[1]) == (False, True)
    Membership.objects.filter(user=member_editor).delete()
    assert rights(member_editor) == (False, False, False)


@pytest.mark.parametrize("group", Group)
def test_no_group_gives_what_a_seat_gives(organization: Organization, group: Group) -> None:
    make_seat(make_body(may_assess=True, runs_cycles=True), organization)
    assert rights(make_user(group)) == (False, False, False)
    assert not rules.may_follow_up(VISITOR, TODAY)


@pytest.mark.few(2)
@pytest.mark.parametrize("code", CODES)
def test_pages_show_who_holds_a_seat_today(client: Client, organization: Organization, code: str) -> None:
    body = make_body(may_assess=True, **{f"mandate_{code}": "It reads what was reported."})
    make_body(slug="hidden", is_public=False, **{f"title_{each}": CANARY for each in CODES})
    make_seat(body, organization)
    make_seat(body, make_organization(name=CANARY))
    past = make_organization(name="Past")
    make_seat(body, past, until=TODAY - DAY)
    listed, page = (
        client.get(f"/{code}/follow-up/bodies/"),
        client.get(f"/{code}/follow-up/bodies/{body.slug}/"),
    )
    assert (listed.status_code, page.status_code, page.cookies) == (200, 200, {})
    assert f"Body {body.slug.removeprefix('body-')} in {code}" in listed.text
    assert ("It reads what was reported." in page.text, "Red Uno" in page.text) == (True, True)
    assert [word for word in (CANARY, "Past") if word in listed.text + page.text] == []
    assert client.get(f"/{code}/follow-up/bodies/hidden/").status_code == 404


def test_bodies_are_data(client: Client, organization: Organization) -> None:
    body = make_body(may_assess=True, source="Plan, chapter 5", slug="commission", mandate_en="=1+1")
    make_body(slug="hidden", is_public=False)
    make_seat(body, organization, until=TODAY)
    number = Record.objects.get(kind=RecordKind.ORGANIZATION, source_key=organization.key).public_id
    told = client.get("/api/v1/bodies?ui=en").json()
    assert (told["count"], told["results"][0]["seats"]) == (
        1,
        [
            {
                "constituency": "academia",
                "organization": number,
                "since": LONG_AGO.isoformat(),
                "until": TODAY.isoformat(),
            }
        ],
    )
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/en/follow-up/bodies/?format=csv").content.decode("utf-8-sig"))
        )
    )
    assert [(row["id"], row["seats"], row["mandate"], row["may_assess"]) for row in rows] == [
        ("commission", f"academia {number}", "'=1+1", "yes")
    ]
    assert client.get("/en/follow-up/bodies/?format=pdf").status_code == 404
    assert b"<title>Body" in client.get("/en/follow-up/bodies/feed/").content


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_pages_take_as_many_queries_with_many_seats(
    client: Client, db: None, django_assert_num_queries: object, number: int
) -> None:
    body = make_body()
    for at in range(number):
        organization = make_organization(name=f"Holder {at}", state="verified")
        publish_organization(organization)
        make_seat(body, organization)
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get("/en/follow-up/bodies/")


def typed(number: str, **fields: object) -> dict[str, object]:
    seat = {
        "constituency": "academia",
        "organization": number,
        "person": "",
        "since": "2024-01-01",
        "until": "",
    }
    counts = {"seats-TOTAL_FORMS": 1, "seats-INITIAL_FORMS": 0, "seats-0-ORDER": "1"}
    return {
        "slug": "observatory",
        "kind": "observatory",
        "title_en": "Observatory",
        "may_assess": "on",
        **counts,
        **{f"seats-0-{name}": value for name, value in (seat | fields).items()},
    }


@pytest.mark.long
def test_an_editor_gives_a_seat_by_number_and_address(
    client: Client, organization: Organization, focal_point: User
) -> None:
    number = Record.objects.get(kind=RecordKind.ORGANIZATION, source_key=organization.key).public_id
    client.force_login(make_user(Group.EDITOR, language="en"))
    assert client.post(ADD, typed(number, person=focal_point.email)).status_code == 302
    body = Body.objects.get()
    assert rights(focal_point) == (True, True, False)
    page = client.get(f"/admin/snippets/followup/body/edit/{body.pk}/").text
    assert (f'value="{number}"' in page, f'value="{focal_point.email}"' in page) == (True, True)


@pytest.mark.long
def test_a_seat_that_cannot_be_is_refused_at_its_field(client: Client, organization: Organization) -> None:
    number = Record.objects.get(kind=RecordKind.ORGANIZATION, source_key=organization.key).public_id
    client.force_login(make_user(Group.EDITOR, language="en"))
    for wrong, field in (
        ({"organization": "O-99999"}, "organization"),
        ({"organization": str(organization.pk)}, "organization"),
        ({"person": "nobody@example.org"}, "person"),
        ({"until": "2023-12-31"}, "until"),
        ({"constituency": "kings"}, "constituency"),
    ):
        response = client.post(ADD, typed(number, **wrong))
        errors = response.context["form"].formsets["seats"].forms[0].errors
        assert (response.status_code, list(errors)) == (200, [field]), wrong
        assert str(wrong[field]) in response.text or field == "constituency"
    assert (Body.objects.count(), Seat.objects.count()) == (0, 0)


@pytest.mark.parametrize("group", [Group.MODERATOR, Group.COMMISSIONER, Group.OBSERVATORY])
def test_nobody_but_editors_gives_seats(client: Client, organization: Organization, group: Group) -> None:
    client.force_login(make_user(group))
    assert client.post(ADD, typed("O-00001")).status_code in (302, 403)
    assert Body.objects.count() == 0


def test_a_seat_of_an_organization_that_is_not_public_gives_nothing(
    organization: Organization, focal_point: User
) -> None:
    make_seat(make_body(runs_cycles=True, may_assess=True), organization)
    before = rules.may_run_cycles(person(focal_point), TODAY)
    Organization.objects.filter(pk=organization.pk).update(state="submitted")
    assert (before, seats_of(person(focal_point), TODAY).exists()) == (True, False)
