"""Public pages of organizations."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.common.languages import CODES
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    publish_intervention,
    publish_organization,
    publish_pledge,
)
from tests.thinning import rarely

CANARY = "kanarienvogel"


def listed(**fields: object) -> Record:
    return publish_organization(make_organization(state=OrganizationState.VERIFIED, **fields))


def titles(client: Client, path: str) -> list[str]:
    return [item.title for item in client.get(path).context["items"]]


@pytest.mark.few(1)
@pytest.mark.parametrize("code", CODES)
def test_list_is_in_order_of_names(client: Client, db: None, code: str) -> None:
    listed(name="B")
    listed(name="A")
    assert titles(client, f"/{code}/organizations/") == ["A", "B"]


def test_list_filters_by_type_and_country(client: Client, db: None) -> None:
    listed(name="A", type_code="municipality")
    listed(name="B", country="HT")
    names = [
        titles(client, f"/en/organizations/?{query}")
        for query in ("type=municipality", "country=HT", "type=x")
    ]
    assert names == [["A"], ["B"], []]


def test_list_is_cut_into_pages_that_keep_the_filters(client: Client, db: None) -> None:
    first = listed(name="A")
    Record.objects.bulk_create(_copy(first, n) for n in range(24))
    response = client.get("/en/organizations/?country=MX&page=2")
    assert [len(response.context["page"]), response.context["page"].number] == [5, 2]
    assert 'href="?country=MX&amp;page=1"' in response.content.decode()


@pytest.mark.parametrize("number", [10, rarely(200)])
def test_list_takes_seven_queries_at_most(
    client: Client, db: None, django_assert_max_num_queries: object, number: int
) -> None:
    first = listed()
    Record.objects.bulk_create(_copy(first, n) for n in range(number - 1))
    client.get("/en/organizations/")
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        client.get("/en/organizations/?country=MX")


def _copy(record: Record, number: int) -> Record:
    copied = Record.objects.get(pk=record.pk)
    copied.pk, copied.source_key = None, f"00000000-0000-0000-0000-{number:012d}"
    copied.published_at = record.published_at - timedelta(hours=number)
    return copied


def test_page_shows_what_the_organization_published(client: Client, organization: Organization) -> None:
    intervention = publish_intervention(make_intervention(organization, title="Contribución"))
    pledge = publish_pledge(make_pledge(organization, title="Promesa"))
    make_intervention(organization, title=CANARY)
    record = Record.objects.get(kind=RecordKind.ORGANIZATION)
    response = client.get(record.path("en"))
    assert [[item.url for item in part["items"]] for part in response.context["parts"]] == [
        [intervention.path("en")],
        [],
        [pledge.path("en")],
        [],
    ]
    assert CANARY not in response.content.decode()


@pytest.mark.long
def test_page_leads_to_the_whole_list_where_there_is_more(client: Client, organization: Organization) -> None:
    for _ in range(11):
        publish_intervention(make_intervention(organization))
    record = Record.objects.get(kind=RecordKind.ORGANIZATION)
    response = client.get(record.path("en"))
    every = response.context["parts"][0]["all"]
    assert (len(response.context["parts"][0]["items"]), every) == (
        10,
        f"/en/interventions/?organization={record.public_id}",
    )
    assert client.get(every).context["page"].paginator.count == 11


@pytest.mark.parametrize("number", [rarely(1), 10])
def test_page_query_count_does_not_grow(
    client: Client, organization: Organization, django_assert_num_queries: object, number: int
) -> None:
    for _ in range(number):
        publish_intervention(make_intervention(organization))
        publish_pledge(make_pledge(organization))
    record = Record.objects.get(kind=RecordKind.ORGANIZATION)
    client.get(record.path("en"))
    with django_assert_num_queries(16):  # type: ignore[operator]
        client.get(record.path("en"))


@pytest.mark.parametrize(
    "state", [state for state in OrganizationState if state != OrganizationState.VERIFIED]
)
def test_nothing_of_an_unverified_organization_is_public(
    client: Client, db: None, state: OrganizationState
) -> None:
    make_organization(name=CANARY, description=CANARY, evidence=CANARY, state=state)
    assert CANARY not in client.get("/es/organizations/").content.decode()
    assert client.get("/es/organizations/O-00001/").status_code == 404


def test_page_keeps_evidence_and_members_private(client: Client, organization: Organization) -> None:
    Organization.objects.filter(pk=organization.pk).update(evidence=CANARY, reason=CANARY)
    page = client.get(Record.objects.get(kind=RecordKind.ORGANIZATION).path("es")).content.decode()
    assert (CANARY in page, "focal@example.org" in page, "Focal point" in page) == (False, False, False)


def test_withdrawn_organization_is_gone(client: Client, organization: Organization) -> None:
    record = Record.objects.get(kind=RecordKind.ORGANIZATION)
    domain.withdraw(RecordKind.ORGANIZATION, organization.key, actor=system("tests"), now=timezone.now())
    response = client.get(record.path("pt"))
    assert (response.status_code, organization.name in response.content.decode()) == (410, False)
    assert response["Cache-Control"] == "no-cache"
    assert titles(client, "/pt/organizations/") == []


def test_number_in_another_spelling_leads_to_the_address(client: Client, organization: Organization) -> None:
    record = Record.objects.get(kind=RecordKind.ORGANIZATION)
    response = client.get(f"/en/organizations/o-{record.pk}/")
    assert (response.status_code, response["Location"]) == (301, record.path("en"))
