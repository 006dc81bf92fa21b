"""Every public reader of a membership honours its first and last day, both included."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories.networks import make_network, make_network_member
from tests.factories.records import make_intervention, publish_intervention

pytestmark = pytest.mark.django_db
DAY, TODAY = timedelta(days=1), timezone.now().date()


def readers(client: Client, organization: Organization) -> dict[str, bool]:
    """Whether each reads the organization as a member today."""
    number = Record.objects.get(source_key=organization.key).public_id
    rows = client.get("/api/v1/networks").json()["results"]
    members = client.get("/api/v1/organizations?network=river").json()["results"]
    files = {form: client.get(f"/en/networks/?format={form}").getvalue() for form in ("csv", "json")}
    said = client.get("/en/interventions/?network=river&format=json").getvalue()
    return {
        "api": [row["members"] for row in rows] == [1],
        "api of organizations": [row["id"] for row in members] == [number],
        "csv": b",1,," in files["csv"],
        "json": b'"members": 1' in files["json"] or b'"members":1' in files["json"],
        "feed": "1 organization" in client.get("/en/networks/feed/").text,
        "page": number in client.get("/en/networks/river/").text,
        "list": "1 organization" in client.get("/en/networks/").text,
        "page of the organization": "River Network" in client.get(f"/en/organizations/{number}/").text,
        "page of the country": "Quito of tests" in client.get("/en/countries/mx/").text,
        "list of organizations": number in client.get("/en/organizations/?network=river").text,
        "what members say": b"We say" in said,
    }


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("since", "until", "is_member"),
    [
        (TODAY, TODAY, True),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
    ],
)
def test_each_reader_honours_the_days(
    client: Client, organization: Organization, since: date | None, until: date | None, is_member: bool
) -> None:
    publish_intervention(make_intervention(organization, title="We say"))
    network = make_network(slug="river", is_public=True, name_en="River Network")
    mechanism = make_network(slug="quito-test", is_public=True, kind="mechanism", name_en="Quito of tests")
    for each in (network, mechanism):
        make_network_member(each, organization, since=since, until=until)
    read = readers(client, organization)
    assert {name for name, told in read.items() if told != is_member} == set()
