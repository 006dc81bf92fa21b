"""The cast of the tests as fixtures: people by role, two organizations, a consultation.

Each is made once per test database and copied into the tests (see `tests/kept_rows.py`).
"""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

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
def make_focal_point() -> User:
    return make_user(email="focal@example.org", name="Focal point")


@kept()
def make_other_org_member() -> User:
    return make_user(email="other@example.org", name="Other")


@kept()
def make_red_uno() -> Organization:
    return _verified("Red Uno", owner="focal@example.org")


@kept()
def make_red_dos() -> Organization:
    return _verified("Red Dos", owner="other@example.org")


@kept()
def make_member_editor() -> User:
    return _member("editor-member@example.org", Role.EDITOR)


@kept()
def make_signatory() -> User:
    return _member("signatory@example.org", Role.SIGNATORY)


@kept()
def make_viewer_member() -> User:
    return _member("viewer@example.org", Role.VIEWER)


@kept()
def make_moderator() -> User:
    return make_user(Group.MODERATOR, email="moderator@example.org", name="Moderator")


@kept()
def make_editor() -> User:
    return make_user(Group.EDITOR, email="editor@example.org", name="Editor")


@kept()
def make_commissioner() -> User:
    return make_user(Group.COMMISSIONER, email="commissioner@example.org", name="Commissioner")


@kept()
def make_administrator() -> User:
    user = make_user(Group.ADMINISTRATOR, email="administrator@example.org", name="Administrator")
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    user.refresh_from_db()
    return user


def _keep_cast() -> None:
    for person in (make_focal_point, make_other_org_member, *_STAFF):
        keep(person)
    keep(make_red_uno, make_focal_point)
    keep(make_red_dos, make_other_org_member)
    for member in (make_member_editor, make_signatory, make_viewer_member):
        keep(member, make_focal_point, make_red_uno)


_STAFF: tuple[Callable[[], User], ...] = (make_moderator, make_editor, make_commissioner, make_administrator)


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


@pytest.fixture(scope="module")
def module_rows(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Rows that a fixture of a module's scope writes are there for all its tests and go after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def focal_point(db: None) -> User:
    """Owner of `organization`."""
    return make_focal_point()


@pytest.fixture
def organization(focal_point: User) -> Organization:
    """Verified and in the ledger."""
    return make_red_uno()


@pytest.fixture
def member_editor(organization: Organization) -> User:
    return make_member_editor()


@pytest.fixture
def signatory(organization: Organization) -> User:
    return make_signatory()


@pytest.fixture
def viewer_member(organization: Organization) -> User:
    return make_viewer_member()


@pytest.fixture
def other_org_member(db: None) -> User:
    """Owner of `other_organization`."""
    return make_other_org_member()


@pytest.fixture
def other_organization(other_org_member: User) -> Organization:
    """Verified and in the ledger."""
    return make_red_dos()


@pytest.fixture
def moderator(db: None) -> User:
    return make_moderator()


@pytest.fixture
def editor(db: None) -> User:
    return make_editor()


@pytest.fixture
def commissioner(db: None) -> User:
    return make_commissioner()


@pytest.fixture
def administrator(db: None) -> User:
    return make_administrator()


@pytest.fixture
def people(
    focal_point: User, moderator: User, editor: User, commissioner: User, administrator: User
) -> dict[str, object]:
    """By their names, for tables of who may."""
    return {
        "focal point": focal_point,
        "moderator": moderator,
        "editor": editor,
        "commissioner": commissioner,
        "administrator": administrator,
        "visitor": AnonymousUser(),
    }


@pytest.fixture
def consultation_pages(db: None) -> ConsultationTree:
    return make_consultation()
