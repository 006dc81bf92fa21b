"""The table of who of the staff may do what (`docs/staff.md`) says what the rules and permissions say."""

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

import portal
import search
from portal.accounts.groups import ensure_groups
from portal.accounts.models import User
from portal.common.actors import VISITOR, Actor, Group, person
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from tests.factories import make_claim, make_intervention, make_listed, make_organization, make_user
from tests.factories.conclusions import make_conclusions
from tests.factories.objections import make_objection

PAGE = Path(settings.BASE_DIR) / "docs" / "staff.md"
ROW = re.compile(r"^\| [^|`]+ \| `(?P<name>[\w.]+)` \|(?P<cells>.+)\|$", re.MULTILINE)
COLUMNS = ("visitor", "member", *Group)
WORDS = {True: "yes", False: "–"}
# Rules about something of others, which every person below is a stranger to.
SUBJECTS: dict[str, Callable[[], object]] = {
    "portal.submissions.rules.may_review": lambda: make_intervention(
        _other(), state=SubmissionState.SUBMITTED, title="A text"
    ),
    "portal.organizations.rules.may_review": lambda: make_organization(state=OrganizationState.SUBMITTED),
    "portal.organizations.rules.may_review_claim": lambda: make_claim(make_listed(), make_user()),
    "portal.organizations.rules.may_mark_at_risk": lambda: make_organization(
        state=OrganizationState.SUBMITTED
    ),
    "portal.conclusions.rules.may_publish": make_conclusions,
    "portal.conclusions.objections.rules.may_decide": lambda: _objection(),
}
pytestmark = pytest.mark.django_db


def _other() -> Organization:
    return make_organization(state=OrganizationState.VERIFIED, owner=make_user())


def _objection() -> object:
    other = _other()
    return make_objection(other, other.members.get())


def rules_of_staff() -> Iterator[str]:
    """Names of all rules that ask for the person alone."""
    for package in (portal, search):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith(".rules"):
                yield from _alone(module.name)


def _alone(name: str) -> Iterator[str]:
    for function in vars(import_module(name)).values():
        is_rule = inspect.isfunction(function) and function.__module__ == name and function.__name__[0] != "_"
        if is_rule and [*inspect.signature(function).parameters] == ["actor"]:
            yield f"{name}.{function.__name__}"


def table() -> dict[str, list[str]]:
    rows = ROW.finditer(PAGE.read_text())
    return {row["name"]: [cell.strip() for cell in row["cells"].split("|")] for row in rows}


@pytest.fixture
def people(focal_point: User, organization: object) -> list[User | None]:
    """Nobody, the owner of an organization, somebody of each task."""
    ensure_groups()
    return [None, focal_point, *(User.objects.get(pk=make_user(group).pk) for group in Group)]


def asked(name: str, people: list[User | None]) -> list[str]:
    if name.startswith(("portal.", "search.")):
        module, _dot, rule = name.rpartition(".")
        function, subjects = (
            getattr(import_module(module), rule),
            [SUBJECTS[name]()] if name in SUBJECTS else [],
        )
        return [WORDS[bool(function(_actor(user), *subjects))] for user in people]
    return [WORDS[bool(user and user.has_perm(name))] for user in people]


def _actor(user: User | None) -> Actor:
    return person(user) if user else VISITOR


def test_the_table_says_what_the_rules_say(people: list[User | None]) -> None:
    said = table()
    assert len(said) > 25
    assert said == {name: asked(name, people) for name in said}


def test_no_rule_of_the_staff_is_left_out() -> None:
    assert [name for name in rules_of_staff() if name not in table()] == []
