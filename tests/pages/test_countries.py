"""Pages of countries: what is public of each, counted once, and nothing else."""

import csv
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.organizations.models import Organization
from tests.factories.organizations import make_organization
from tests.factories.records import make_intervention, make_pledge, publish_intervention, publish_pledge

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
    assert "Nobody has spoken from this country." in client.get("/en/countries/mx/").text


def test_only_countries_that_there_are_have_a_page(client: Client) -> None:
    told = {path: client.get(f"/en/countries/{path}/").status_code for path in ("cl", "CL", "xx", "zz", "fr")}
    assert told == {"cl": 200, "CL": 301, "xx": 404, "zz": 404, "fr": 404}
    assert client.get("/en/countries/CL/").headers["Location"] == "/en/countries/cl/"
    files = {
        form: client.get(f"/en/countries/cl/heard/?format={form}").status_code for form in ("svg", "doc")
    }
    assert files == {"svg": 200, "doc": 404}


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_costs_the_same_with_much(
    client: Client, organization: Organization, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        publish_pledge(make_pledge(organization))
        publish_intervention(make_intervention(organization))
    path = f"/en/countries/{organization.country.lower()}/"
    client.get(path)
    with django_assert_num_queries(13):
        client.get(path)
