"""What the read API tells of links: numbers that readers know, never keys of what is not public."""

from uuid import UUID

from django.test import Client
from django.utils import timezone

from portal.organizations.models import Organization
from tests.factories import make_pledge, publish_pledge
from tests.factories.plan import make_recommendation


def test_recommendations_are_told_by_number_and_only_where_they_are_public(
    client: Client, organization: Organization
) -> None:
    public, hidden = make_recommendation("Public"), UUID(int=7)
    pledge = make_pledge(organization)
    for target in (str(public.source_key), str(hidden)):
        said = {"asserted_by": "parties", "asserted_at": timezone.now()}
        pledge.links.create(relation="takes_up", target=target, **said)
    record = publish_pledge(pledge)
    told = client.get(f"/api/v1/pledges/{record.public_id}").json()["links"]
    assert [(row["relation"], row["target"]) for row in told] == [("takes_up", public.public_id)]
