"""Networks in public: their list, their page, and the pages of their members."""

from datetime import date, timedelta

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.common.actors import system
from portal.networks.models import Network
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.models import Record
from tests.factories import make_listed, make_organization, make_pledge, publish_pledge
from tests.factories.networks import make_network, make_network_member
from tests.markup import dense
from tests.thinning import rarely

CANARY = "quetzalcanario"
ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = {
    "es": "Red de las Cuencas",
    "en": "River Network",
    "pt": "Rede das Bacias",
    "fr": "Réseau des bassins",
}
PAGE = "/en/networks/rivers/"
TODAY = timezone.now().date()
DAY = timedelta(days=1)


@pytest.fixture
def network(db: None) -> Network:
    names = {f"name_{code}": name for code, name in NAMES.items()}
    return make_network(slug="rivers", is_public=True, acronym="RN", **names)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert (response.status_code, response.cookies) == (200, {})
    return dense(response.content.decode())


def _word(language: str) -> str:
    return {"es": "Redes", "en": "Networks", "pt": "Redes", "fr": "Réseaux"}[language]


def page_of(organization: Organization, language: str = "en") -> str:
    return Record.objects.get(source_key=organization.key).path(language)


@pytest.mark.few(2)
@pytest.mark.parametrize("language", NAMES)
def test_a_network_has_a_page_in_four_languages(
    client: Client, network: Network, organization: Organization, language: str
) -> None:
    make_network_member(network, organization)
    page = text_of(client, f"/{language}/networks/rivers/")
    assert f'<h1 class="title">{NAMES[language]}</h1>' in page
    assert f'href="{page_of(organization, language)}"' in page
    for code in NAMES:
        assert f'hreflang="{code}" href="http://testserver/{code}/networks/rivers/"' in page
    listed = text_of(client, f"/{language}/networks/")
    assert f'<a href="/{language}/networks/rivers/">{NAMES[language]}</a>' in listed


def test_it_leads_to_its_members_and_they_lead_back(
    client: Client, network: Network, organization: Organization
) -> None:
    make_network_member(network, organization, "lead", since=date(2021, 5, 3))
    make_network_member(network, make_listed(name="Ministry of the Coast"), "observer")
    page = text_of(client, PAGE)
    assert page.index("<h2>Lead</h2>") < page.index("Red Uno") < page.index("<h2>Observer</h2>")
    assert page.count("Listed by the secretariat") == 1
    assert "Lead since 3 May 2021" in page
    back = text_of(client, page_of(organization))
    assert f'<a href="{PAGE}">River Network</a><span class="soft">Lead since 3 May 2021</span>' in back


@pytest.mark.few(1)
@pytest.mark.parametrize("language", NAMES)
def test_the_list_has_a_feed(
    client: Client, network: Network, organization: Organization, language: str
) -> None:
    make_network_member(network, organization)
    path = f"/{language}/networks/feed/"
    assert f'type="application/atom+xml" title="{_word(language)}" href="{path}"' in text_of(
        client, f"/{language}/networks/"
    )
    response = client.get(path)
    [entry] = ElementTree.fromstring(response.content).iter(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href")) == (
        NAMES[language],
        f"{settings.SITE_URL}/{language}/networks/rivers/",
    )
    again = client.get(path, headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_network_that_is_not_public_is_nowhere(client: Client, organization: Organization) -> None:
    hidden = make_network(slug="hidden", name_en=CANARY)
    make_network_member(hidden, organization)
    assert CANARY not in client.get("/en/networks/feed/").text
    assert client.get("/en/networks/hidden/").status_code == 404
    assert CANARY not in text_of(client, "/en/networks/")
    assert CANARY not in text_of(client, page_of(organization))


@pytest.mark.few(3)
@pytest.mark.parametrize(
    ("since", "until", "is_shown"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY - 9 * DAY, None, True),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
    ],
)
def test_only_members_of_today_are_shown(
    client: Client,
    network: Network,
    organization: Organization,
    since: date | None,
    until: date | None,
    is_shown: bool,
) -> None:
    make_network_member(network, organization, since=since, until=until)
    assert ("Red Uno" in text_of(client, PAGE)) == is_shown
    assert ("River Network" in text_of(client, page_of(organization))) == is_shown
    assert ("1 organization" if is_shown else "no organization yet") in text_of(client, "/en/networks/")


def test_a_member_that_is_not_public_is_not_named(client: Client, network: Network) -> None:
    """It was public when it joined; also one that has been verified and has no record yet."""
    gone = make_listed(name=f"Gone {CANARY}")
    make_network_member(network, gone)
    make_network_member(network, make_organization(name=CANARY, state=OrganizationState.VERIFIED))
    assert text_of(client, PAGE).count(CANARY) == 1
    withdraw("organization", gone.key, actor=system("tests"), now=timezone.now())
    for path in (PAGE, "/en/networks/"):
        page = text_of(client, path)
        assert CANARY not in page
        assert "no organization yet" in page
    assert "No public organization belongs to it today." in text_of(client, PAGE)


@pytest.mark.parametrize("number", [rarely(1), 4, rarely(25)])
def test_pages_cost_the_same_for_one_and_for_many(
    client: Client, organization: Organization, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    networks = [make_network(slug=f"net-{each}", is_public=True) for each in range(number)]
    for network in networks:
        make_network_member(network, organization)
        make_network_member(networks[0], make_listed(language="pt"))
    costs = {"/en/networks/": 3, "/en/networks/net-0/": 12, page_of(organization): 11}
    for path, cost in costs.items():
        client.get(path)
        with django_assert_num_queries(cost):
            client.get(path)


@pytest.mark.long
def test_a_network_says_where_its_members_are_what_they_say_and_how_to_join(
    client: Client, network: Network, organization: Organization
) -> None:
    make_network_member(network, organization)
    make_network_member(network, organization, "presidency")
    make_network_member(network, make_listed(name="Ministry"))
    publish_pledge(make_pledge(organization, title="Theirs"))
    page = client.get(PAGE)
    rows = [(row["label"], row["badge"]) for row in page.context["countries"]]
    assert rows == [("Belize", "1"), ("Mexico", "1")]
    for row, name in zip(page.context["countries"], ("Ministry", "Red Uno"), strict=True):
        assert [each.title for each in client.get(row["url"]).context["page"]] == [name]
    for said in ("Theirs", "None of its members has told one yet.", "How to join"):
        assert said in page.text, said
    Network.objects.filter(pk=network.pk).update(words={"joining": {"en": "Write to the lead."}})
    assert "Write to the lead." in client.get(PAGE).text


def test_a_mechanism_of_states_is_not_joined(client: Client, db: None) -> None:
    make_network(slug="states", kind="mechanism", is_public=True)
    assert "How to join" not in client.get("/en/mechanisms/states/").text
