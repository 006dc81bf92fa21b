"""Exports and feeds of every list of records: what its page shows under its filters, and nothing else."""

import pytest
from defusedxml import ElementTree
from django.test import Client

from portal.common.languages import CODES
from portal.conclusions.enums import PartKind
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.records.types import record_types
from tests.cast import make_focal_point, make_red_uno
from tests.factories import (
    make_consultation,
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_report,
    publish_intervention,
    publish_pledge,
    publish_practice,
    publish_report,
)
from tests.factories.backed_conclusions import make_conclusions, make_part, publish_draft
from tests.factories.followup import (
    make_assessment,
    make_observation,
    publish_assessment,
    publish_observation,
)
from tests.records.exported import READERS, content_of
from tests.thinning import in_turn

CANARY = "kanarienvogel"
ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = [declared.path for declared in record_types()]


@pytest.fixture(scope="module")
def everything_kept(module_rows: None) -> Organization:
    """Of each kind something in Mexico; what organizations write in Brazil too, and drafts of all."""
    make_focal_point()
    organization, pages = make_red_uno(), make_consultation()
    publish_draft(make_conclusions(pages))
    make_part(make_conclusions(pages, number=2), PartKind.RECOMMENDATION, body=CANARY)
    for country in ("MX", "BR"):
        publish_intervention(make_intervention(organization, country=country))
        pledge = make_pledge(organization, country=country)
        record = publish_pledge(pledge)
        publish_report(make_report(pledge))
        outside = make_organization(state=OrganizationState.VERIFIED, country=country)
        publish_assessment(make_assessment(pledge, outside))
        publish_observation(make_observation(outside, record=record))
        publish_practice(make_practice(organization, country=country))
    make_intervention(organization, title=CANARY)
    make_pledge(organization, title=CANARY)
    make_practice(organization, title=CANARY)
    make_report(pledge, title=CANARY, text=CANARY)
    make_observation(outside, record=record, title=CANARY, text=CANARY)
    return organization


@pytest.fixture
def everything(everything_kept: Organization, db: None) -> Organization:
    return everything_kept


@pytest.mark.few(4)
@pytest.mark.parametrize(("path", "form"), in_turn(list(PATHS), list(READERS)))
def test_export_holds_what_the_list_shows(
    client: Client, everything: Organization, path: str, form: str
) -> None:
    for query in ("", "country=MX", "country=BR"):
        shown = [item.url for item in client.get(f"/en/{path}/?{query}").context["items"]]
        content = content_of(client, f"/en/{path}/?{query}&format={form}")
        rows = READERS[form](content)
        assert [row["url"].removeprefix("http://testserver").split("/en/")[-1] for row in rows] == [
            url.removeprefix("/en/") for url in shown
        ]
        assert CANARY.encode() not in content


@pytest.mark.few(4)
@pytest.mark.parametrize("path", PATHS)
def test_every_row_of_an_export_has_every_column(client: Client, everything: Organization, path: str) -> None:
    heading = [set(row) for form in ("csv", "json") for row in READERS[form](
        content_of(client, f"/es/{path}/?format={form}"))]  # fmt: skip
    assert len({frozenset(each) for each in heading}) == 1
    assert {"id", "title", "organization", "country", "year", "url"} <= heading[0]


@pytest.mark.few(4)
@pytest.mark.parametrize(("path", "code"), in_turn(PATHS, CODES))
def test_list_names_its_feed_which_holds_what_it_shows(
    client: Client, everything: Organization, path: str, code: str
) -> None:
    page = client.get(f"/{code}/{path}/?country=MX&page=1")
    feed = page.context["feed"]
    text = page.content.decode()
    title = page.context["type"].plural
    assert f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{feed}">' in text
    response = client.get(feed)
    root = ElementTree.fromstring(response.content)
    links = [entry.find(f"{ATOM}link").get("href") for entry in root.iter(f"{ATOM}entry")]
    assert [link.partition(f"/{code}/")[2] for link in links] == [
        item.url.removeprefix(f"/{code}/") for item in page.context["items"]
    ]
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert client.get(feed, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert CANARY not in response.text
