"""Pages of countries: what is public of each, counted once, and nothing else."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from portal.common.actors import system
from portal.organizations.models import Organization
from portal.plan.enums import NodeKind
from portal.plan.models import PriorityAction, PriorityCycle
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from portal.submissions.states import SubmissionState
from tests.factories.networks import make_network, make_network_member
from tests.factories.organizations import make_listed, make_organization
from tests.factories.plan import make_framework, make_node, make_public_pledge
from tests.factories.records import (
    make_intervention,
    make_pledge,
    make_practice,
    publish_intervention,
    publish_pledge,
    publish_practice,
)
from tests.thinning import rarely

pytestmark = pytest.mark.django_db


def _rows(client: Client) -> dict[str, list[str]]:
    table = client.get("/en/countries/?format=csv").content.decode("utf-8-sig")
    return {
        row["id"]: [row[name] for name in ("pledges", "contributions")]
        for row in csv.DictReader(io.StringIO(table))
    }


def test_list_page_file_and_api_tell_the_same(client: Client) -> None:
    here = make_organization(name="Here", country="HT")
    publish_pledge(make_pledge(here, country="HT"))
    publish_intervention(make_intervention(here, country="HT", title="Said in public"))
    make_pledge(here, country="HT", title="SECRET-PLEDGE")
    assert _rows(client)["HT"] == ["1", "1"]
    rows = client.get("/api/v1/countries?size=100").json()["results"]
    assert {row["id"]: [str(row["pledges"]), str(row["contributions"])] for row in rows} == _rows(client)
    page = client.get("/en/countries/ht/").text
    assert ("Said in public" in page, "SECRET-PLEDGE" in page) == (True, False)
    publish_pledge(make_pledge(make_organization(name="Silent"), country="MX"))
    assert "Nobody has spoken from this country." in client.get("/en/countries/mx/").text


def test_only_countries_that_there_are_have_a_page(client: Client) -> None:
    told = {path: client.get(f"/en/countries/{path}/").status_code for path in ("cl", "CL", "xx", "zz", "fr")}
    assert told == {"cl": 200, "CL": 301, "xx": 404, "zz": 404, "fr": 404}
    assert client.get("/en/countries/CL/").headers["Location"] == "/en/countries/cl/"
    files = {
        form: client.get(f"/en/countries/cl/heard/?format={form}").status_code for form in ("svg", "doc")
    }
    assert files == {"svg": 200, "doc": 404}


def test_what_is_not_public_is_neither_told_nor_counted(client: Client, organization: Organization) -> None:
    kept = publish_pledge(make_pledge(organization, country="HT", title="KEPT-PLEDGE"))
    for title in ("GONE-PLEDGE", "GONE-TOO"):
        gone = make_pledge(organization, country="HT", title=title)
        publish_pledge(gone)
        withdraw(RecordKind.PLEDGE, gone.key, actor=system("tests"), now=timezone.now())
    make_intervention(organization, country="HT", title="DRAFT-SAID")
    make_practice(organization, country="HT", title="DRAFT-PRACTICE", state=SubmissionState.SUBMITTED)
    make_organization(name="HIDDEN-BODY", country="HT")
    page = client.get("/en/countries/ht/")
    told = {title: title in page.text for title in ("KEPT", "GONE", "DRAFT", "HIDDEN")}
    assert told == {"KEPT": True, "GONE": False, "DRAFT": False, "HIDDEN": False}
    assert [total["value"] for total in page.context["totals"]] == ["0", "1", "0", "1"]
    assert page.context["totals"][1]["notes"][0] == "of 1 published"
    assert _rows(client)["HT"] == ["1", "0"]
    assert client.get("/en/countries/ht/?format=json").json()["figures"]["pledges"] == 1
    withdraw(RecordKind.PLEDGE, kept.source_key, actor=system("tests"), now=timezone.now())
    assert _rows(client)["HT"] == ["0", "0"]
    assert client.get("/en/countries/ht/").context["is_empty"]


@pytest.mark.long
def test_a_country_outside_has_a_page_as_long_as_anything_is_public(client: Client) -> None:
    abroad = make_organization(name="Abroad", country="NO", type_code="state")
    record = publish_pledge(make_pledge(abroad, country="NO"))
    pages = (f"/en/pledges/{record.public_id}/", "/en/follow-up/", "/en/countries/")
    told = {path: '"/en/countries/no/"' in client.get(path, follow=True).text for path in pages}
    assert told == dict.fromkeys(pages, True)
    assert client.get("/en/countries/no/").status_code == 200
    for kind, key in ((RecordKind.PLEDGE, record.source_key), (RecordKind.ORGANIZATION, abroad.key)):
        withdraw(kind, key, actor=system("tests"), now=timezone.now())
    assert client.get("/en/countries/no/").status_code == 404


def test_contributions_are_of_so_many_organizations(client: Client, organization: Organization) -> None:
    other = make_organization(name="Ministry", type_code="state")
    for each in (organization, organization, other):
        publish_intervention(make_intervention(each))
    publish_practice(make_practice(other))
    page = client.get("/en/countries/mx/").context
    assert (page["totals"][0]["value"], page["totals"][0]["notes"]) == (
        "4",
        ["of 2 organizations", "led by refugees: 1"],
    )
    bars = client.get("/en/countries/mx/heard/?format=json").json()
    assert {row["type"]: row["contributions"] for row in bars} == {"refugee_led": 2, "state": 2}
    assert "Academia" in page["figures"][-1].note


def test_map_shades_those_that_share_a_public_pledge(client: Client, organization: Organization) -> None:
    for title, state in (("Public", SubmissionState.PUBLISHED), ("Private", SubmissionState.DRAFT)):
        pledge = make_pledge(organization, title=title, state=state)
        code = "GT" if title == "Public" else "PA"
        pledge.places.create(country=code, role="origin")
        if title == "Public":
            publish_pledge(pledge)
    for here, other in (("mx", "GT"), ("gt", "MX")):
        rows = client.get(f"/en/countries/{here}/map/?format=json").json()
        assert {row["country"] for row in rows if row["pledges"]} == {other}
    squares = client.get("/en/countries/mx/").text
    assert '<nav aria-label="You are here">' in squares
    assert (squares.count("is-now"), squares.count('aria-current="page"') >= 1) == (1, True)


def test_mechanisms_are_those_of_public_members_today(client: Client, organization: Organization) -> None:
    today, gone = timezone.now().date(), make_listed(name="Gone", country="MX")
    made = {
        name: make_network(slug=name, name_en=f"NET-{name}", kind=kind, is_public=is_public)
        for name, kind, is_public in (
            ("open", "mechanism", True),
            ("closed", "mechanism", False),
            ("plain", "network", True),
            ("past", "mechanism", True),
            ("unseen", "mechanism", True),
        )
    }
    for name, network in made.items():
        until = today - timedelta(days=1) if name == "past" else None
        make_network_member(network, gone if name == "unseen" else organization, until=until)
    withdraw(RecordKind.ORGANIZATION, gone.key, actor=system("tests"), now=timezone.now())
    page = client.get("/en/countries/mx/")
    assert [row["label"] for row in page.context["mechanisms"]] == ["NET-open"]
    assert page.text.count("NET-") == 1


def test_actions_by_axis_and_those_that_go_first(client: Client, organization: Organization) -> None:
    plan = make_framework(in_force=True)
    axis = make_node(plan, "1", kind=NodeKind.AXIS)
    keys = [make_node(plan, f"1.{place}", axis).key for place in (1, 2, 3)]
    year = timezone.now().year
    cycle = PriorityCycle.objects.create(framework=plan, first_year=year, last_year=year)
    for code in ("1.1", "1.3"):
        PriorityAction.objects.create(cycle=cycle, node=plan.nodes.get(code=code))
    make_public_pledge(*keys[:2], country="MX")
    make_public_pledge(keys[2], country="BZ")
    page = client.get("/en/countries/mx/").context
    assert [row[1:] for row in page["axes"]] == [["2 of 3", "0 of 2", "0 of 2"]]
    assert page["first"] == {
        "told": "1 of 2 actions that go first have a pledge of the country.",
        "rows": [{"label": "1.1", "url": "/en/plan/plan-a/1.1/"}],
    }
    assert page["totals"][2]["notes"] == ["67% of 3 in the plan; 1 of 2: 50% of 2 that go first"]


@pytest.mark.few(1)
@pytest.mark.parametrize(("state", "shared"), [("confirmed", {"BZ"}), ("named", set()), ("declined", set())])
def test_a_party_shares_a_pledge_once_it_has_confirmed(
    client: Client, organization: Organization, state: str, shared: set[str]
) -> None:
    ministry = make_listed(country="BZ")
    pledge = make_pledge(organization)
    pledge.parties.create(organization=ministry, role="partner", state=state)
    publish_pledge(pledge)
    rows = client.get("/en/countries/mx/map/?format=json").json()
    assert {row["country"] for row in rows if row["pledges"]} == shared
    withdraw(RecordKind.ORGANIZATION, ministry.key, actor=system("tests"), now=timezone.now())
    rows = client.get("/en/countries/mx/map/?format=json").json()
    assert not [row for row in rows if row["pledges"]]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("interventions", "practices", "path"),
    [(2, 0, "/en/interventions/?country=MX"), (0, 2, "/en/practices/?country=MX"), (1, 1, "")],
)
def test_number_of_contributions_leads_to_as_many(
    client: Client, organization: Organization, interventions: int, practices: int, path: str
) -> None:
    for _ in range(interventions):
        publish_intervention(make_intervention(organization))
    for _ in range(practices):
        publish_practice(make_practice(organization))
    page = client.get("/en/countries/mx/")
    total = page.context["totals"][0]
    assert (total["value"], total["url"]) == ("2", path)
    assert "Nobody has spoken from this country." not in page.text
    assert not path or client.get(path).context["page"].paginator.count == 2


@pytest.mark.few(1)
@pytest.mark.parametrize("language", ["es", "en", "pt", "fr"])
def test_an_empty_country_is_one_sentence_in_each_language(client: Client, language: str) -> None:
    page = client.get(f"/{language}/countries/ve/")
    with translation.override(language):
        told = gettext("Nothing that organizations from there said or promised is published yet.")
    assert (page.status_code, escape(told) in page.text) == (200, True)
    assert "keys--totals" not in page.text
    assert page.context["figures"] == []
    ways = ("countries", "follow-up", "follow-up/gaps/actions-without-pledge", "consultations")
    assert [row["url"] for row in page.context["ways"]] == [f"/{language}/{way}/" for way in ways]


@pytest.mark.parametrize(("path", "cost"), [("/en/countries/mx/", 11), ("/en/countries/", 1)])
@pytest.mark.parametrize("number", [rarely(1), 4])
def test_pages_cost_the_same_with_much(
    client: Client,
    organization: Organization,
    number: int,
    path: str,
    cost: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(number):
        pledge = make_pledge(organization)
        pledge.places.create(country=("GT", "BZ", "PA", "CR")[place], role="origin")
        publish_pledge(pledge)
        publish_intervention(make_intervention(organization))
        make_network_member(make_network(slug=f"m-{place}", kind="mechanism", is_public=True), organization)
    client.get(path)
    with django_assert_num_queries(cost):
        client.get(path)
