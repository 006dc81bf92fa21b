"""What a person leaves behind in organizations when the account is erased; the configuration declares it."""

from collections.abc import Iterator

from portal.accounts.leaving import Leaving
from portal.accounts.models import User
from portal.common.reviews import Link
from portal.organizations.members.domain import release
from portal.organizations.members.queries import owned_alone


def left_alone(user: User, language: str) -> Iterator[Link]:
    """Organizations that would have no owner, each with the page of its members."""
    for organization in owned_alone(user):
        yield Link(organization.name, f"/{language}/desk/organizations/{organization.key}/members/")


MEMBERSHIPS = Leaving(give_up=release, left_alone=left_alone)
