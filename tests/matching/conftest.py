"""A pledge that needs something and one of another organization that brings it."""

import pytest

from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from tests.factories.help import public_pledge


@pytest.fixture
def need(organization: Organization) -> Pledge:
    return public_pledge(organization, title="Two offices", needs=["financial", "technical"])


@pytest.fixture
def offer(other_organization: Organization) -> Pledge:
    brought = {"pledge_kind": "matching", "contributions": ["financial"]}
    return public_pledge(other_organization, title="A fund for offices", **brought)
