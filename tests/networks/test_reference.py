"""The mechanisms and networks of the reference data: their plan nodes, pages, lists, files and their cost."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.networks.forms import NodesField
from portal.networks.models import Network
from portal.plan.models import PlanNode
from tests.factories import make_listed
from tests.factories.networks import make_network, make_network_member, make_project
from tests.thinning import rarely

ROOM = "/en/desk/networks/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _reference(module_rows: None) -> None:
    call_command("load_reference", verbosity=0)


@pytest.mark.long
def test_mechanism_project_and_plan_node_lead_to_each_other(client: Client, mechanism: Network) -> None:
    project = make_project(mechanism, nodes=("chile-2024:1.2",), amount=Decimal("25000"), currency="USD")
    page = client.get("/en/mechanisms/quito-test/").content.decode()
    assert "/en/plan/chile-2024/1.1/" in page
    assert "/en/plan/chile-2024/1.2/" in page
    assert "25,000 USD" in page
    assert "/en/mechanisms/quito-test/" in client.get("/en/plan/chile-2024/1.1/").content.decode()
    assert (
        f"/en/mechanisms/quito-test/#{project.key}" in client.get("/en/plan/chile-2024/1.2/").content.decode()
    )


def test_what_is_not_public_works_on_nothing(client: Client) -> None:
    hidden = make_network(slug="hidden", kind="mechanism", themes=("chile-2024:1.1",), name_en="Hidden one")
    make_project(hidden, title_en="Hidden work", nodes=("chile-2024:1.1",))
    page = client.get("/en/plan/chile-2024/1.1/").content.decode()
    assert "Hidden" not in page
    assert "hidden" not in client.get("/api/v1/mechanisms").content.decode()
    assert client.get("/en/mechanisms/hidden/").status_code == 404


def test_an_editor_says_of_a_mechanism_what_readers_see(client: Client, editor: User) -> None:
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


def test_keys_of_plan_nodes_are_looked_up_together_and_the_unknown_one_is_named(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    field = NodesField()
    with django_assert_num_queries(1):
        assert field.clean("chile-2024:1.1, chile-2024:1.2; chile-2024:2") == (
            "chile-2024:1.1",
            "chile-2024:1.2",
            "chile-2024:2",
        )
    with pytest.raises(ValidationError, match=re.escape("chile-2024:99.9")):
        field.clean("chile-2024:1.1 chile-2024:99.9")


def test_reference_adds_what_is_missing_and_changes_nothing(client: Client) -> None:
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
def test_lists_are_files_feeds_and_strict_lists_of_the_api(client: Client, name: str) -> None:
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


@pytest.mark.parametrize("number", [rarely(1), 12])
def test_a_page_costs_the_same_for_one_and_for_many(
    client: Client, mechanism: Network, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        make_project(mechanism, nodes=("chile-2024:1.2",), title_en=f"Project {each}")
        make_network_member(mechanism, make_listed(name=f"Body {each}"))
    client.get("/en/mechanisms/quito-test/")
    with django_assert_num_queries(14):
        client.get("/en/mechanisms/quito-test/")
