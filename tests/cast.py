"""The cast of the tests as fixtures: people by role, two organizations, a consultation."""

import pytest

from portal.accounts.models import User
from portal.common.actors import Group
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from tests.factories import make_consultation, make_organization, make_user, publish_organization
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree


@pytest.fixture
def focal_point(db: None) -> User:
    """Owner of `organization`."""
    return make_user(email="focal@example.org", name="Focal point")


@pytest.fixture
def organization(focal_point: User) -> Organization:
    """Verified and in the ledger."""
    verified = make_organization(name="Red Uno", state=OrganizationState.VERIFIED, owner=focal_point)
    publish_organization(verified)
    return verified


@pytest.fixture
def member_editor(organization: Organization) -> User:
    return _member(organization, "editor-member@example.org", Role.EDITOR)


@pytest.fixture
def signatory(organization: Organization) -> User:
    return _member(organization, "signatory@example.org", Role.SIGNATORY)


@pytest.fixture
def viewer_member(organization: Organization) -> User:
    return _member(organization, "viewer@example.org", Role.VIEWER)


@pytest.fixture
def other_org_member(db: None) -> User:
    """Owner of `other_organization`."""
    return make_user(email="other@example.org", name="Other")


@pytest.fixture
def other_organization(other_org_member: User) -> Organization:
    verified = make_organization(name="Red Dos", state=OrganizationState.VERIFIED, owner=other_org_member)
    publish_organization(verified)
    return verified


@pytest.fixture
def moderator(db: None) -> User:
    return make_user(Group.MODERATOR, email="moderator@example.org", name="Moderator")


@pytest.fixture
def editor(db: None) -> User:
    return make_user(Group.EDITOR, email="editor@example.org", name="Editor")


@pytest.fixture
def commissioner(db: None) -> User:
    return make_user(Group.COMMISSIONER, email="commissioner@example.org", name="Commissioner")


@pytest.fixture
def administrator(db: None) -> User:
    user = make_user(Group.ADMINISTRATOR, email="administrator@example.org", name="Administrator")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    user.refresh_from_db()
    return user


@pytest.fixture
def consultation_pages(db: None) -> ConsultationTree:
    return make_consultation()


def _member(organization: Organization, email: str, role: Role) -> User:
    user = make_user(email=email, name=str(role.label))
    add_member(organization, user, role)
    return user
