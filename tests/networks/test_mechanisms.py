"""Mechanisms: a kind of network with a list of its own, a presidency that passes, plan nodes and projects."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client

from portal.accounts.models import User
from portal.common.errors import Incomplete
from portal.networks.models import Network
from portal.networks.queries import past_presidencies, public_networks
from portal.organizations.models import Organization
from portal.plan.models import PlanNode
from portal.publication.models import Record
from tests.factories import make_listed
from tests.factories.networks import make_network, make_network_member, make_project
from tests.markup import dense

ROOM = "/en/desk/networks/"


@pytest.fixture
def mechanism(organization: Organization) -> Network:
    """With a plan node and a project on another one; the organization is a member."""
    network = make_network(
        slug="quito-test",
        kind="mechanism",
        is_public=True,
        themes=("chile-2024:1.1",),
        words={"about": {"es": "Países que trabajan juntos."}, "duties": {"en": "A report a year."}},
    )
    make_network_member(network, organization)
    return network


@pytest.fixture
def plan(db: None) -> None:
    call_command("load_reference", verbosity=0)


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


def test_mechanism_project_and_plan_node_lead_to_each_other(
    client: Client, mechanism: Network, plan: None
) -> None:
    project = make_project(mechanism, nodes=("chile-2024:1.2",), amount=Decimal("25000"), currency="USD")
    page = client.get("/en/mechanisms/quito-test/").content.decode()
    assert "/en/plan/chile-2024/1.1/" in page
    assert "/en/plan/chile-2024/1.2/" in page
    assert "25000 USD" in page
    assert "/en/mechanisms/quito-test/" in client.get("/en/plan/chile-2024/1.1/").content.decode()
    assert (
        f"/en/mechanisms/quito-test/#{project.key}" in client.get("/en/plan/chile-2024/1.2/").content.decode()
    )


def test_what_is_not_public_works_on_nothing(client: Client, plan: None) -> None:
    hidden = make_network(slug="hidden", kind="mechanism", themes=("chile-2024:1.1",), name_en="Hidden one")
    make_project(hidden, title_en="Hidden work", nodes=("chile-2024:1.1",))
    page = client.get("/en/plan/chile-2024/1.1/").content.decode()
    assert "Hidden" not in page
    assert "hidden" not in client.get("/api/v1/mechanisms").content.decode()
    assert client.get("/en/mechanisms/hidden/").status_code == 404


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


def test_an_editor_says_of_a_mechanism_what_readers_see(client: Client, editor: User, plan: None) -> None:
    network = Network.objects.get(slug="mirps")
    client.force_login(editor)
    typed = {f"name_{code}": f"Name {code}" for code in ("es", "en", "pt", "fr")}
    typed |= {
        "kind": "mechanism",
        "about_pt": "Palavras",
        "themes": "chile-2024:1.1; chile-2024:2",
        "is_public": "on",
    }
    typed |= {"is_public": "on", "framework": "quito", "checked_on": "2026-02-03", "source": "Its own site"}
    client.post(f"{ROOM}{network.key}/change/", typed)
    network.refresh_from_db()
    assert (network.words, network.themes) == (
        {"about": {"pt": "Palavras"}},
        ["chile-2024:1.1", "chile-2024:2"],
    )
    page = client.get("/pt/mechanisms/mirps/").content.decode()
    assert all(word in page for word in ("Palavras", "Its own site", "/pt/plan/quito/1/"))


def test_reference_adds_what_is_missing_and_changes_nothing(client: Client, plan: None) -> None:
    Network.objects.filter(slug="mirps").update(name_en="Ours")
    Network.objects.filter(slug="sica").delete()
    call_command("load_reference", verbosity=0)
    assert Network.objects.get(slug="mirps").name_en == "Ours"
    assert client.get("/api/v1/mechanisms").json()["count"] == 9
    known = set(PlanNode.objects.values_list("key", flat=True))
    assert {key for network in Network.objects.all() for key in network.themes} <= known
    for network in Network.objects.all():
        assert {len(told) for told in network.words.values()} == {4}


@pytest.mark.parametrize("name", ["mechanisms", "networks"])
def test_lists_are_files_feeds_and_strict_lists_of_the_api(client: Client, plan: None, name: str) -> None:
    count = client.get(f"/api/v1/{name}?size=100").json()["count"]
    assert len(client.get(f"/en/{name}/?format=json").json()) == count
    assert client.get(f"/en/{name}/feed/").content.count(b"<entry") == count
    assert (
        client.get(f"/api/v1/{name}?color=red").status_code,
        client.get(f"/en/{name}/?format=pdf").status_code,
    ) == (
        422,
        404,
    )


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_costs_the_same_for_one_and_for_many(
    client: Client, mechanism: Network, plan: None, number: int, django_assert_num_queries: object
) -> None:
    for each in range(number):
        make_project(mechanism, nodes=("chile-2024:1.2",), title_en=f"Project {each}")
        make_network_member(mechanism, make_listed(name=f"Body {each}"))
    client.get("/en/mechanisms/quito-test/")
    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get("/en/mechanisms/quito-test/")
