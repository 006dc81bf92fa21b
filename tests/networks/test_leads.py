"""A network leads segments of consultations on its days: set at the desk, read on the pages of both."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person, system
from portal.common.errors import Incomplete, NotAllowed
from portal.networks.leads import LeadFields, add_lead, change_lead, remove_lead
from portal.networks.models import Network, NetworkLead
from tests.factories import make_user
from tests.factories.browser import Browser
from tests.factories.networks import make_network
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
DAY, NOW = timedelta(days=1), timezone.now()
TODAY = NOW.date()
CONSULTATION, SEGMENT = "/en/consultations/first/", "/en/consultations/first/segment-one/"


@pytest.fixture
def network(consultation_pages: ConsultationTree) -> Network:
    return make_network(slug="river", is_public=True, name_en="River Network", name_pt="Rede do Rio")


def key_of(tree: ConsultationTree) -> object:
    return tree.segment["es"].translation_key


def lead(network: Network, tree: ConsultationTree, **days: date | None) -> NetworkLead:
    fields = LeadFields(key_of(tree), **days)  # type: ignore[arg-type]
    return add_lead(network, fields=fields, actor=system("tests"), now=NOW)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return dense(response.content.decode())


def pages(tree: ConsultationTree) -> dict[str, str]:
    return {"segment": tree.segment["en"].url, "consultation": tree.consultation["en"].url}


DAYS = [
    (None, None, True),
    (TODAY, TODAY, True),
    rarely(TODAY - 9 * DAY, None, True),
    rarely(None, TODAY, True),
    (TODAY + DAY, None, False),
    (None, TODAY - DAY, False),
]


@pytest.mark.few(2)
@pytest.mark.parametrize(("since", "until", "is_shown"), DAYS)
def test_a_lead_is_read_on_its_days(
    client: Client,
    network: Network,
    consultation_pages: ConsultationTree,
    since: date | None,
    until: date | None,
    is_shown: bool,
) -> None:
    lead(network, consultation_pages, since=since, until=until)
    shown = [
        '<a href="/en/networks/river/">River Network</a>' in text_of(client, path)
        for path in pages(consultation_pages).values()
    ]
    own = text_of(client, "/en/networks/river/")
    told = [row["led_by"] for row in client.get("/api/v1/segments?ui=en").json()["results"]]
    assert shown == [is_shown, is_shown]
    assert ("Segments that it leads" in own, pages(consultation_pages)["segment"] in own) == (is_shown,) * 2
    assert told == [["river"] if is_shown else []]


def test_a_network_that_is_not_public_leads_nothing_in_public(
    client: Client, network: Network, consultation_pages: ConsultationTree
) -> None:
    lead(network, consultation_pages)
    hidden = make_network(slug="hidden", name_en="Zunzuncanario")
    lead(hidden, consultation_pages)
    (row,) = client.get("/api/v1/segments").json()["results"]
    assert row["led_by"] == ["river"]
    for path in pages(consultation_pages).values():
        told = client.get(path).content.decode()
        assert ("/river/" in told, "/hidden/" in told, "Zunzuncanario" in told) == (True, False, False)


def test_what_is_no_public_segment_any_more_is_not_named(
    client: Client, network: Network, consultation_pages: ConsultationTree
) -> None:
    lead(network, consultation_pages)
    for page in consultation_pages.segment.values():
        page.unpublish()
    assert "Segments that it leads" not in text_of(client, "/en/networks/river/")


def test_in_the_same_days_it_leads_a_segment_once(
    network: Network, consultation_pages: ConsultationTree
) -> None:
    first = lead(network, consultation_pages, until=TODAY)
    with pytest.raises(Incomplete) as refused:
        lead(network, consultation_pages, since=TODAY)
    assert [problem.field for problem in refused.value.problems] == ["segment"]
    later = lead(network, consultation_pages, since=TODAY + DAY)
    fields = LeadFields(key_of(consultation_pages), TODAY, TODAY - DAY)  # type: ignore[arg-type]
    with pytest.raises(Incomplete) as refused:
        change_lead(later, fields=fields, actor=system("tests"), now=NOW)
    assert [problem.field for problem in refused.value.problems] == ["until"]
    assert {*NetworkLead.objects.all()} == {first, later}


def test_editors_alone_say_who_leads(
    network: Network, consultation_pages: ConsultationTree, moderator: User, focal_point: User
) -> None:
    row = lead(network, consultation_pages)
    fields = LeadFields(row.segment_key)
    for user in (moderator, focal_point, make_user()):
        given = {"actor": person(user), "now": NOW}
        with pytest.raises(NotAllowed):
            add_lead(network, fields=fields, **given)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            change_lead(row, fields=fields, **given)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            remove_lead(row, **given)  # type: ignore[arg-type]
    assert NetworkLead.objects.get() == row


@pytest.mark.long
def test_at_the_desk_from_adding_to_removing(
    network: Network, consultation_pages: ConsultationTree, editor: User
) -> None:
    browser, room = Browser(), f"/en/desk/networks/{network.key}/"
    browser.force_login(editor)
    add = f"{room}leads/new/"
    assert add in browser.get(room).content.decode()
    told = browser.send(browser.form_at(add, add), since="2024-05-01").content.decode()
    assert ("Choose the segment." in told, "2024-05-01" in told) == (True, True)
    key = str(key_of(consultation_pages))
    browser.send(browser.form_at(add, add), segment=key, since="2024-05-01")
    row = NetworkLead.objects.get()
    page = f"{room}leads/{row.pk}/"
    assert "since 1 May 2024" in dense(browser.get(room).content.decode())
    browser.send(browser.form_at(page, page), until="2024-05-17")
    row.refresh_from_db()
    assert (row.since, row.until) == (date(2024, 5, 1), date(2024, 5, 17))
    assert "1 May 2024 to 17 May 2024" in dense(browser.get(room).content.decode())
    browser.send(browser.form_at(f"{page}remove/", f"{page}remove/"))
    assert not NetworkLead.objects.exists()
