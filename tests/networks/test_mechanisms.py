"""Mechanisms: a kind of network with a list of its own, a presidency that passes, plan nodes and projects."""

from datetime import date

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.common.errors import Incomplete
from portal.networks.models import Network
from portal.networks.queries import past_presidencies, public_networks
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_listed
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


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_en": ""}, "title_es"),
        ({"nodes": "chile-2024:99.9"}, "nodes"),
        ({"starts_on": "2026-05-01", "ends_on": "2026-04-01"}, "ends_on"),
        ({"amount": "25000"}, "currency"),
        ({"amount": "-1", "currency": "USD"}, "amount"),
        ({"currency": "dollars"}, "currency"),
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
