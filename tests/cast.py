"""The cast of the tests as fixtures: people by role, two organizations, a consultation.

Each is made once per test database and copied into the tests (see `tests/kept_rows.py`).
"""

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.common.actors import Group
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from tests.factories import make_consultation, make_organization, make_user, publish_organization
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.kept_rows import keep, kept


@pytest.fixture(scope="session")
def keep_cast() -> Callable[[], None]:
    """To be called once the reference data is in the test database."""
    return _keep_cast


@kept()
def _focal_point() -> User:
    return make_user(email="focal@example.org", name="Focal point")


@kept()
def _other_org_member() -> User:
    return make_user(email="other@example.org", name="Other")


@kept()
def _organization() -> Organization:
    return _verified("Red Uno", owner="focal@example.org")


@kept()
def _other_organization() -> Organization:
    return _verified("Red Dos", owner="other@example.org")


@kept()
def _member_editor() -> User:
    return _member("editor-member@example.org", Role.EDITOR)


@kept()
def _signatory() -> User:
    return _member("signatory@example.org", Role.SIGNATORY)


@kept()
def _viewer_member() -> User:
    return _member("viewer@example.org", Role.VIEWER)


@kept()
def _moderator() -> User:
    return make_user(Group.MODERATOR, email="moderator@example.org", name="Moderator")


@kept()
def _editor() -> User:
    return make_user(Group.EDITOR, email="editor@example.org", name="Editor")


@kept()
def _commissioner() -> User:
    return make_user(Group.COMMISSIONER, email="commissioner@example.org", name="Commissioner")


@kept()
def _administrator() -> User:
    user = make_user(Group.ADMINISTRATOR, email="administrator@example.org", name="Administrator")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    user.refresh_from_db()
    return user


def _keep_cast() -> None:
    for person in (_focal_point, _other_org_member, *_STAFF):
        keep(person)
    keep(_organization, _focal_point)
    keep(_other_organization, _other_org_member)
    for member in (_member_editor, _signatory, _viewer_member):
        keep(member, _focal_point, _organization)


_STAFF: tuple[Callable[[], User], ...] = (_moderator, _editor, _commissioner, _administrator)


def _verified(name: str, *, owner: str) -> Organization:
    """Verified and in the ledger."""
    organization = make_organization(
        name=name, state=OrganizationState.VERIFIED, owner=User.objects.get(email=owner)
    )
    publish_organization(organization)
    return organization


def _member(email: str, role: Role) -> User:
    user = make_user(email=email, name=str(role.label))
    add_member(Organization.objects.get(name="Red Uno"), user, role)
    return user


@pytest.fixture
def focal_point(db: None) -> User:
    """Owner of `organization`."""
    return _focal_point()


@pytest.fixture
def organization(focal_point: User) -> Organization:
    """Verified and in the ledger."""
    return _organization()


@pytest.fixture
def member_editor(organization: Organization) -> User:
    return _member_editor()


@pytest.fixture
def signatory(organization: Organization) -> User:
    return _signatory()


@pytest.fixture
def viewer_member(organization: Organization) -> User:
    return _viewer_member()


@pytest.fixture
def other_org_member(db: None) -> User:
    """Owner of `other_organization`."""
    return _other_org_member()


@pytest.fixture
def other_organization(other_org_member: User) -> Organization:
    """Verified and in the ledger."""
    return _other_organization()


@pytest.fixture
def moderator(db: None) -> User:
    return _moderator()


@pytest.fixture
def editor(db: None) -> User:
    return _editor()


@pytest.fixture
def commissioner(db: None) -> User:
    return _commissioner()


@pytest.fixture
def administrator(db: None) -> User:
    return _administrator()


@pytest.fixture
def consultation_pages(db: None) -> ConsultationTree:
    return make_consultation()
