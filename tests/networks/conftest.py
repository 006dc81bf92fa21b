"""A mechanism of the tests' own."""

import pytest

from portal.networks.models import Network
from portal.organizations.models import Organization
from tests.factories.networks import make_network, make_network_member


@pytest.fixture
def mechanism(organization: Organization) -> Network:
    """With a plan node and a project on another one; the organization is a member."""
    network = make_network(
        slug="quito-test",
        kind="mechanism",
        is_public=True,
        themes=("chile-2024:1.1",),
        words={"about": {"es": "Países que trabajan juntos."}, "duties": {"en": "A report a year."}},
    )
    make_network_member(network, organization)
    return network
