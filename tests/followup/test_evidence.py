"""The search that every pledge and every part of a plan leads to, for the words of its title."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from portal.followup.search_links import search_for
from portal.organizations.models import Organization
from tests.factories import make_pledge, publish_pledge
from tests.factories.plan import make_framework, make_node


def test_pledges_and_actions_link_to_a_search_for_their_words(
    client: Client, organization: Organization
) -> None:
    record = publish_pledge(make_pledge(organization, title="Casas & escolas"))
    node = make_node(make_framework(in_force=True), "1.1")
    for path, title in ((record.path("en"), "Casas & escolas"), (node.path("en"), "Node 1.1 in en")):
        address = search_for(title, "en")
        assert parse_qs(urlsplit(address).query) == {"q": [title]}
        assert f'href="{address}"' in client.get(path).text
