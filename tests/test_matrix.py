"""Who comes in at every address of the portal: see `tests/matrix.py`. Trying all takes minutes: `long`."""

from collections.abc import Iterator

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.accounts.staff.routes import is_inside_admin, is_staff_route
from portal.common.actors import Group
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from tests import matrix
from tests.accounts.test_second_step import every_address
from tests.factories import make_intervention, make_user
from tests.test_addresses import TAKES, Theirs, _theirs, address, with_object

# Translations of words and the icons of the admin, without anything of ours.
WITHOUT_ACCOUNT = ("/admin/jsi18n/", "/admin/sprite/", "/django-admin/jsi18n/")
IN_ADMIN = (Group.EDITOR, Group.MODERATOR, Group.PROTECTION, Group.ADMINISTRATOR)
Cell = tuple[str, dict[str, object]]
pytestmark = pytest.mark.django_db


def signed_in(people: dict[str, User]) -> dict[str, Client]:
    clients = {role: Client(raise_request_exception=False) for role in people}
    for role, client in clients.items():
        client.force_login(people[role])
    return clients


def cells(theirs: list[Theirs]) -> Iterator[Cell]:
    """Each address with what the owner has there, and once without anything."""
    known = [(route, each.known) for each in theirs for route in with_object(each.prefix)]
    yield from known
    yield from ((route, {}) for route in TAKES if route not in {route for route, _known in known})


def test_every_address_has_a_kind() -> None:
    assert [route for route in TAKES if matrix.kind_of(route) is None] == []


def test_every_kind_has_addresses() -> None:
    kinds = {root: [route for route in TAKES if route.startswith(root)] for root in matrix.KINDS}
    assert [root for root, routes in kinds.items() if not routes] == []
    assert matrix.kind_of("xx/desk/something-new/") is None


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_each_address_lets_in_whom_its_kind_names(other_org_member: User) -> None:
    owner = make_user()
    theirs = _theirs(owner)
    organization = Organization.objects.filter(members=owner).order_by("pk")[0]
    waiting = make_intervention(organization, state=SubmissionState.SUBMITTED)
    queue = {"key": waiting.key, "kind": "intervention", "action": "approve"}
    theirs.append(Theirs("xx/desk/moderation/<", "", queue))
    clients = signed_in(matrix.people(owner, organization, other_org_member))
    wrong = []
    for route, known in cells(theirs):
        kind, path = matrix.kind_of(route), address(route, **known)
        for method in TAKES[route]:
            visitor = matrix.comes_in(Client(raise_request_exception=False), method, path)
            came = frozenset(role for role, each in clients.items() if matrix.comes_in(each, method, path))
            is_empty = not came and "<" not in route and route not in matrix.EMPTY
            if kind is None or is_empty or not kind.allows(visitor, came):
                wrong.append((method, route, visitor, sorted(came)))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.long
@pytest.mark.parametrize("role", [None, *Group])
def test_the_admins_let_in_whom_they_are_for(role: Group | None) -> None:
    """Wagtail's and Django's addresses, each with nothing behind it: nobody else gets an answer there."""
    client = signed_in({"": make_user(*filter(None, [role]))})[""]
    rooms = [path for path in every_address() if path.startswith(("/admin/", "/django-admin/"))]
    came = {path for path in rooms if is_staff_route(path) and matrix.comes_in(client, "GET", path)}
    is_open = {path for path in came if path.startswith(tuple(WITHOUT_ACCOUNT))}
    inside = {path for path in came if is_inside_admin(path)}
    assert not any(path.startswith("/django-admin/") for path in came - is_open)
    assert bool(inside) == (role in {Group.EDITOR, Group.ADMINISTRATOR})
    assert bool(came - is_open - inside) == (role in IN_ADMIN)
