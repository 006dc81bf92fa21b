"""Mechanisms: a kind of network with a list of its own, a presidency that passes, plan nodes and projects."""

from datetime import date

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.common.amounts import amount_of
from portal.common.errors import Incomplete
from portal.networks.models import Network
from portal.networks.queries import past_presidencies, public_networks
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_listed, make_organization, publish_organization
from tests.factories.networks import make_network, make_network_member
from tests.markup import dense

ROOM = "/en/desk/networks/"


def number_of(organization: Organization) -> str:
    return Record.objects.get(source_key=organization.key).public_id


def test_mechanisms_have_a_list_of_their_own(client: Client, mechanism: Network) -> None:
    make_network(slug="other", is_public=True, name_en="Plain network")
    assert "quito-test" in client.get("/en/mechanisms/").content.decode()
    page = client.get("/en/networks/").content.decode()
    assert ("quito-test" in page, "Plain network" in page) == (False, True)
    assert client.get("/pt/networks/quito-test/").url == "/pt/mechanisms/quito-test/"
    assert client.get("/en/mechanisms/other/").url == "/en/networks/other/"


def test_a_page_says_what_nobody_has_checked(client: Client, mechanism: Network) -> None:
    page = dense(client.get("/en/mechanisms/quito-test/").content.decode())
    assert "facts not checked" in page
    assert '<p class="lead" lang="es">Países que trabajan juntos.</p>' in page
    Network.objects.filter(pk=mechanism.pk).update(checked_on=date(2026, 5, 4))
    assert "4 May 2026" in dense(client.get("/en/mechanisms/quito-test/").content.decode())


def test_the_presidency_passes_on_its_day(mechanism: Network, organization: Organization) -> None:
    following = make_listed(name="Second Body")
    make_network_member(
        mechanism, organization, "presidency", since=date(2025, 1, 1), until=date(2025, 12, 31)
    )
    make_network_member(mechanism, following, "presidency", since=date(2026, 1, 1))
    told = []
    for day in (date(2025, 12, 31), date(2026, 1, 1)):
        presidency = public_networks(day)[0].presidency
        past = [row.record.public_id for row in past_presidencies(mechanism, "en", day)]
        told.append((presidency and presidency.public_id, past))
    first, second = number_of(organization), number_of(following)
    assert told == [(first, []), (second, [first])]


def test_the_page_says_who_presides_and_who_did(
    client: Client, mechanism: Network, organization: Organization
) -> None:
    following = make_listed(name="Second Body")
    make_network_member(
        mechanism, organization, "presidency", since=date(2025, 1, 1), until=date(2025, 12, 31)
    )
    make_network_member(mechanism, following, "presidency", since=date(2026, 1, 1))
    page = dense(client.get("/en/mechanisms/quito-test/").content.decode())
    assert "1 January 2025 to 31 December 2025" in page
    assert client.get("/api/v1/mechanisms").json()["results"][0]["presidency"] == number_of(following)


def test_a_presidency_stands_beside_membership_but_not_twice(
    mechanism: Network, organization: Organization
) -> None:
    make_network_member(mechanism, organization, "presidency", since=date(2025, 1, 1))
    with pytest.raises(Incomplete):
        make_network_member(mechanism, organization, "presidency", since=date(2025, 6, 1))


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_en": ""}, "title_es"),
        ({"nodes": "chile-2024:99.9"}, "nodes"),
        ({"starts_on": "2026-05-01", "ends_on": "2026-04-01"}, "ends_on"),
        ({"amount": "25000"}, "currency"),
        ({"amount": "-1", "currency": "USD"}, "amount"),
        ({"currency": "dollars"}, "currency"),
        ({"currency": "ZZZ"}, "currency"),
        ({"amount": "1e9", "currency": "USD"}, "amount"),
        ({"amount": "1.2.3", "currency": "USD"}, "amount"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"countries": ["QQ"]}, "countries"),
    ],
)
def test_a_project_that_does_not_fit_is_refused_at_its_field(
    client: Client, editor: User, mechanism: Network, typed: dict[str, object], field: str
) -> None:
    client.force_login(editor)
    answer = client.post(
        f"{ROOM}{mechanism.key}/projects/new/", {"title_en": "Bridges", "state": "planned"} | typed
    )
    assert field in answer.context["form"].errors
    assert not mechanism.projects.exists()


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1,5", "1.50"), ("25.000", "25000.00"), ("1,500,000.50", "1500000.50"), ("0", "0.00")],
)
def test_an_amount_is_read_as_that_of_a_pledge(
    client: Client, editor: User, mechanism: Network, typed: str, kept: str
) -> None:
    client.force_login(editor)
    new = f"{ROOM}{mechanism.key}/projects/new/"
    assert client.post(
        new, {"title_en": "Bridges", "state": "planned", "amount": typed, "currency": "usd"}
    ).url
    project = mechanism.projects.get()
    assert (str(project.amount), project.currency) == (kept, "USD")
    page = f"{ROOM}{mechanism.key}/projects/{project.key}/"
    html = client.get(page).text
    shown = html.split('name="amount"')[1].split('value="')[1].split('"')[0]
    assert amount_of(shown) == project.amount


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("since", "until", "is_refused"),
    [
        (None, None, True),
        (None, date(2024, 12, 31), False),
        (date(2024, 6, 1), date(2025, 1, 1), True),
        (date(2025, 12, 31), None, True),
        (date(2026, 1, 1), None, False),
    ],
)
def test_one_organization_presides_at_a_time(
    client: Client,
    editor: User,
    mechanism: Network,
    organization: Organization,
    since: date | None,
    until: date | None,
    is_refused: bool,
) -> None:
    following = make_organization(name="Following", state="verified")
    publish_organization(following)
    held = {"since": date(2025, 1, 1), "until": date(2025, 12, 31)}
    make_network_member(mechanism, organization, "presidency", **held)
    client.force_login(editor)
    typed = {"organization": "Following", "role": "presidency", "since": since or "", "until": until or ""}
    answer = client.post(f"{ROOM}{mechanism.key}/members/new/", typed)
    assert (answer.status_code == 302) is not is_refused
    assert mechanism.memberships.filter(organization=following).exists() is not is_refused
    if is_refused:
        assert "since" in answer.context["form"].errors
        make_network_member(mechanism, following, "member", since=since, until=until)
        member = mechanism.memberships.get(organization=following)
        again = client.post(f"{ROOM}{mechanism.key}/members/{member.pk}/", typed)
        member.refresh_from_db()
        assert (again.status_code, member.role) == (200, "member")


def test_an_editor_writes_a_project_down_and_takes_it_away(
    client: Client, editor: User, mechanism: Network
) -> None:
    client.force_login(editor)
    typed = {"title_fr": "Ponts", "state": "ended", "funders": "Fund A\nFund B", "countries": ["PE", "CL"]}
    assert client.post(f"{ROOM}{mechanism.key}/projects/new/", typed).status_code == 302
    project = mechanism.projects.get()
    assert (project.funders, project.countries, project.title("en")) == (
        ["Fund A", "Fund B"],
        ["PE", "CL"],
        "Ponts",
    )
    page = client.get("/en/mechanisms/quito-test/").content.decode()
    assert ('lang="fr"' in page, "Fund A, Fund B" in page) == (True, True)
    client.post(f"{ROOM}{mechanism.key}/projects/{project.key}/remove/")
    assert not mechanism.projects.exists()
