"""The list of a kind of record: what its filters offer."""

from django.test import Client

from portal.organizations.models import Organization
from tests.factories import make_pledge, publish_pledge


def test_a_page_offers_only_countries_that_its_records_have(
    client: Client, organization: Organization
) -> None:
    publish_pledge(make_pledge(organization, country="BR"))
    publish_pledge(make_pledge(organization, country="CO"))

    def offered(query: str = "") -> list[str]:
        field = client.get(f"/en/pledges/{query}").context["filters"].fields["country"]
        return [code for code, _label in field.widget.choices]

    assert offered() == ["", "BR", "CO"]
    assert offered("?country=MX") == ["", "BR", "CO", "MX"]
