"""The directory of organizations: its order and filters, and the page of each with what it has published."""

from collections.abc import Iterator
from typing import Any

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.organizations.models import Organization
from portal.organizations.projection import project
from portal.publication.domain import publish
from portal.publication.models import Record
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    publish_intervention,
    publish_pledge,
)
from tests.factories.networks import make_network, make_network_member
from tests.factories.objections import publish_with_disposition
from tests.factories.organizations import publish_organization
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.records.exported import READERS, as_csv, content_of
from tests.thinning import rarely

ATOM = "{http://www.w3.org/2005/Atom}"
# As each language sorts them; without it, bytes would put Zeta before Ágora.
NAMES = ["1 Casa", "agua", "Ágora", "Ñandú", "Nandú", "Nandu", "Nzeta", "Oeste", "Œuvre", "Zeta", "zeta"]
ORDERED = {
    "es": ["1 Casa", "Ágora", "agua", "Nandu", "Nandú", "Nzeta", "Ñandú", "Oeste", "Œuvre", "zeta", "Zeta"],
    "en": ["1 Casa", "Ágora", "agua", "Nandu", "Nandú", "Ñandú", "Nzeta", "Oeste", "Œuvre", "zeta", "Zeta"],
}
ORDERED |= {"pt": ORDERED["en"], "fr": ORDERED["en"]}


def listed(name: str, **facts: str) -> Record:
    """A public organization with these facts."""
    record = publish_organization(make_organization(name=name))
    Record.objects.filter(pk=record.pk).update(facts=record.facts | facts)
    return record


def titles(client: Client, path: str) -> Iterator[str]:
    """Of all parts of a list."""
    number = 1
    while number:
        page = client.get(f"{path}{'&' if '?' in path else '?'}page={number}").context["page"]
        yield from (row.title for row in page)
        number = page.next_page_number() if page.has_next() else 0


@pytest.mark.few(2)
@pytest.mark.parametrize("code", CODES)
def test_the_directory_stands_in_the_order_of_the_language(client: Client, db: None, code: str) -> None:
    for name in NAMES:
        listed(name)
    path = f"/{code}/organizations/"
    assert [*titles(client, path)] == ORDERED[code]
    for form, read in READERS.items():
        rows = read(content_of(client, f"{path}?format={form}"))
        assert [row["title"] for row in rows] == ORDERED[code]


@pytest.mark.long
def test_a_name_in_the_readers_language_is_what_sorts(client: Client, db: None) -> None:
    for name, other in (("Bosque", "Woods"), ("Zorro", "A fox")):
        record = listed(name)
        record.translations.create(
            of_version=record.version, language="en", kind="official", title=other, texts={}
        )
    shown = dense(client.get("/en/organizations/").text)
    assert 0 < shown.index("A fox") < shown.index("Woods")
    assert [*titles(client, "/es/organizations/")] == ["Bosque", "Zorro"]


def test_a_name_of_its_own_in_the_readers_language_is_what_sorts(client: Client, db: None) -> None:
    listed("Bosque", name_en="Woods", name_es="Aaa")
    listed("Zorro", name_en="A fox")
    shown = dense(client.get("/en/organizations/").text)
    assert 0 < shown.index("A fox") < shown.index("Woods")
    assert [*titles(client, "/es/organizations/")] == ["Bosque", "Zorro"]


@pytest.mark.long
def test_each_stands_once_on_the_parts_of_a_list_also_where_names_are_equal(client: Client, db: None) -> None:
    made = [listed("Red").pk for _number in range(23)] + [listed("Rede").pk, listed("red").pk]
    parts = (client.get(f"/en/organizations/?page={number}").context["page"] for number in (1, 2))
    pks = [row.pk for part in parts for row in part]
    assert pks == [made[-1], *made[:-1]]


def test_who_asks_for_it_is_left_out_of_the_list_and_has_a_page(
    client: Client, organization: Organization
) -> None:
    listed("Beside")
    said = publish_intervention(make_intervention(organization))
    organization.out_of_directory, organization.country = True, "PE"
    record = publish(project(organization), actor=system("tests"), now=timezone.now())
    path = "/en/organizations/"
    assert [*titles(client, path)] == ["Beside"]
    for form, read in READERS.items():
        assert [row["title"] for row in read(content_of(client, f"{path}?format={form}"))] == ["Beside"]
    assert organization.name not in client.get(f"{path}feed/").text
    assert [row["title"] for row in client.get("/api/v1/organizations").json()["results"]] == ["Beside"]
    assert 'value="PE"' not in client.get(path).text
    for page in (record.path("en"), said.path("en"), f"/api/v1/organizations/{record.public_id}"):
        assert organization.name in client.get(page).text


@pytest.fixture
def several(db: None) -> None:
    """Of three the first works in Brazil and in Portuguese, the second says that refugees lead it."""
    listed("Works abroad", countries="PE BR", languages="es pt quc")
    listed("Led", refugee_led="declared")
    abroad = make_organization(name="Abroad", country="BR", language="pt", type_code="civil_society")
    record = publish_organization(abroad)
    Record.objects.filter(pk=record.pk).update(facts=record.facts | {"refugee_led": "confirmed"})
    led = Organization.objects.get(name="Led")
    Organization.objects.filter(pk=led.pk).update(state="verified")
    led.refresh_from_db()
    make_network_member(make_network(slug="rivers", is_public=True), led)


WANTED = {
    "country=BR": ["Abroad", "Works abroad"],
    "country=PE": ["Works abroad"],
    "country=MX": ["Led", "Works abroad"],
    "language=pt": ["Abroad", "Works abroad"],
    "language=quc": ["Works abroad"],
    "language=es": ["Led", "Works abroad"],
    "refugee_led=yes": ["Abroad", "Led"],
    "refugee_led=confirmed": ["Abroad"],
    "network=rivers": ["Led"],
    "type=civil_society": ["Abroad"],
    "country=BR&language=pt&refugee_led=yes": ["Abroad"],
}


def test_page_files_feed_and_api_know_the_same_filters(client: Client, several: None) -> None:
    for asked, wanted in WANTED.items():
        assert [*titles(client, f"/en/organizations/?{asked}")] == wanted, asked
        rows = as_csv(content_of(client, f"/en/organizations/?{asked}&format=csv"))
        assert [row["title"] for row in rows] == wanted, asked
        feed = ElementTree.fromstring(client.get(f"/en/organizations/feed/?{asked}").content)
        assert sorted(each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")) == wanted, asked
        told = client.get(f"/api/v1/organizations?{asked}").json()
        assert sorted(row["title"] for row in told["results"]) == wanted, asked


def test_countries_are_offered_where_an_organization_is_or_works(client: Client, several: None) -> None:
    form = client.get("/en/organizations/").context["filters"]
    assert [code for code, _name in form["language"].field.widget.choices] == ["", "quc", "pt", "es"]
    assert [code for code, _name in form["country"].field.widget.choices] == ["", "BR", "MX", "PE"]


def test_what_a_filter_has_not_is_refused(client: Client, several: None) -> None:
    make_network(slug="hidden")
    for asked in ("network=hidden", "network=none", "language=xx", "refugee_led=no", "country=ZZ"):
        assert client.get(f"/en/organizations/?{asked}&format=csv").status_code == 422, asked
        assert client.get(f"/api/v1/organizations?{asked}").status_code == 422, asked
        assert not [*titles(client, f"/en/organizations/?{asked}")], asked


def test_the_directory_leads_to_each_public_network_by_name(client: Client, db: None) -> None:
    for slug, name in (("zebra", "Zebra"), ("agora", "Ágora")):
        make_network(slug=slug, name_es=name, is_public=True)
    make_network(slug="hidden", name_es="Oculta")
    make_network(slug="mechanism", name_es="Mecanismo", kind="mechanism", is_public=True)
    [panel] = client.get("/es/organizations/").context["panels"]
    assert [row["url"] for row in panel["rows"]] == ["/es/networks/agora/", "/es/networks/zebra/"]


@pytest.mark.long
def test_what_members_of_a_network_said_is_a_list_of_its_own(
    client: Client, organization: Organization, other_organization: Organization
) -> None:
    network = make_network(slug="rivers", is_public=True)
    make_network_member(network, organization)
    publish_intervention(make_intervention(organization, title="Theirs"))
    publish_intervention(make_intervention(other_organization, title="Another"))
    assert [*titles(client, "/en/interventions/?network=rivers")] == ["Theirs"]
    told = client.get("/api/v1/interventions?network=rivers").json()
    assert [row["title"] for row in told["results"]] == ["Theirs"]
    assert "Theirs" in client.get("/en/networks/rivers/").text
    assert "Another" not in client.get("/en/networks/rivers/").text


def numbered(context: Any) -> dict[str, int]:
    return {part["anchor"]: part["number"] for part in context["parts"]}


def test_a_page_says_what_it_has_not(client: Client, organization: Organization) -> None:
    record = publish_organization(organization)
    page = dense(client.get(record.path("en")).text)
    for said in (
        "It belongs to no network today.",
        "It has not taken part in a consultation yet.",
        "It is no party of a pledge of another organization.",
        "No pledge published yet.",
        "Verified: the secretariat has seen proof of who it is.",
    ):
        assert said in page, said


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"listed": "yes"}, "Listed by the secretariat: it has not signed up itself."),
        ({"standing": "suspended"}, "Verified once, now suspended by the secretariat"),
        ({"standing": "lapsed"}, "It has not confirmed this year that its data are still true."),
    ],
)
def test_a_page_says_in_words_how_it_stands(
    client: Client, db: None, facts: dict[str, str], said: str
) -> None:
    assert said in dense(client.get(listed("Red", **facts).path("en")).text)


def test_a_page_tells_what_became_of_what_it_said(
    client: Client, organization: Organization, consultation_pages: ConsultationTree
) -> None:
    told = publish_with_disposition(organization, tree=consultation_pages, title="Said", reason="Why")
    author = Record.objects.get(source_key=organization.key)
    publish_intervention(
        make_intervention(organization, questions=consultation_pages.questions[:1], title="Later")
    )
    context = client.get(author.path("en")).context
    blocks = {each["context"].get("anchor"): each["context"] for each in context["blocks"]}
    [row] = blocks["consultations"]["rows"]
    assert (row["number"], [str(each.text) for each in row["outcomes"]]) == (
        "2 contributions",
        ["Out of scope: 1"],
    )
    assert client.get(row["conclusions"]).status_code == 200
    [part] = [each for each in context["parts"] if each["anchor"] == "intervention"]
    badges = {item.title: [str(badge.text) for badge in item.badges] for item in part["items"]}
    assert "Out of scope" in badges["Said"]
    assert "Out of scope" not in badges["Later"]
    assert told.intervention.title == "Said"


@pytest.mark.parametrize("number", [rarely(1), 9])
def test_a_page_costs_the_same_for_one_and_for_many(
    client: Client, organization: Organization, consultation_pages: ConsultationTree, number: int
) -> None:
    author = publish_organization(organization)
    for each in range(number):
        publish_intervention(
            make_intervention(organization, questions=consultation_pages.questions[:1], title=f"I {each}")
        )
        publish_pledge(make_pledge(organization, title=f"P {each}"))
        make_network_member(make_network(slug=f"net-{each}", is_public=True), organization)
    path = author.path("en")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    assert len(captured) == 18


@pytest.mark.long
def test_lists_bear_a_record_whose_author_is_not_named(client: Client, organization: Organization) -> None:
    for record in (
        publish_intervention(make_intervention(organization, title="Unnamed")),
        publish_pledge(make_pledge(organization, title="Unnamed")),
    ):
        Record.objects.filter(pk=record.pk).update(organization=None)
    for path in ("interventions", "pledges"):
        assert "Unnamed" in client.get(f"/en/{path}/").text
        assert as_csv(content_of(client, f"/en/{path}/?format=csv"))[0]["organization"] == ""
        assert client.get(f"/en/{path}/feed/").status_code == 200
        assert client.get(f"/api/v1/{path}").json()["results"][0]["organization"] is None
