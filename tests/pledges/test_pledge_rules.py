"""Who may do what with a pledge, in every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.organizations.models import Organization
from portal.pledges import rules
from portal.pledges.enums import PledgeLifecycle
from portal.pledges.queries import visible_to
from tests.factories import make_pledge

STATES = ("draft", "submitted", "returned", "published", "withdrawn")
OPEN = ("draft", "returned")
AFTER = ("submitted", "returned", "published", "withdrawn")
WITHDRAWABLE = ("submitted", "returned", "published")

# rule -> actor -> states in which it says yes; an actor not named never may.
TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "can_see": {
        "owner": STATES,
        "signatory": STATES,
        "member editor": STATES,
        "viewer": STATES,
        "moderator": AFTER,
        "administrator": AFTER,
        "system": AFTER,
    },
    "can_write": {"owner": STATES, "signatory": STATES, "member editor": STATES},
    "can_edit": {"owner": OPEN, "signatory": OPEN, "member editor": OPEN},
    "can_hand_in": {"owner": STATES, "signatory": STATES},
    "can_submit": {"owner": OPEN, "signatory": OPEN},
    "can_withdraw": {"owner": WITHDRAWABLE, "signatory": WITHDRAWABLE},
    "can_moderate": {"moderator": STATES, "administrator": STATES, "system": STATES},
}


@pytest.fixture
def actors(
    focal_point: User,
    signatory: User,
    member_editor: User,
    viewer_member: User,
    other_org_member: User,
    other_organization: Organization,
    moderator: User,
    editor: User,
    commissioner: User,
    administrator: User,
) -> dict[str, Actor]:
    people = {
        "owner": focal_point,
        "signatory": signatory,
        "member editor": member_editor,
        "viewer": viewer_member,
        "other organization": other_org_member,
        "moderator": moderator,
        "secretariat editor": editor,
        "commissioner": commissioner,
        "administrator": administrator,
        "visitor": AnonymousUser(),
    }
    return {name: person(user) for name, user in people.items()} | {"system": system("tests")}


@pytest.mark.parametrize("rule", TABLE)
@pytest.mark.parametrize("state", STATES)
def test_rules_by_actor_and_state(
    rule: str, state: str, actors: dict[str, Actor], organization: Organization
) -> None:
    pledge = make_pledge(organization, lifecycle=PledgeLifecycle(state))
    answers = {name: getattr(rules, rule)(actor, pledge) for name, actor in actors.items()}
    assert answers == {name: state in TABLE[rule].get(name, ()) for name in actors}


@pytest.mark.parametrize("state", STATES)
def test_visible_to_agrees_with_can_see(
    state: str, actors: dict[str, Actor], organization: Organization
) -> None:
    pledge = make_pledge(organization, lifecycle=PledgeLifecycle(state))
    found = {name: visible_to(actor).filter(pk=pledge.pk).count() for name, actor in actors.items()}
    assert found == {name: int(rules.can_see(actor, pledge)) for name, actor in actors.items()}


def test_a_moderator_who_belongs_to_the_organization_decides_nothing(
    organization: Organization, moderator: User
) -> None:
    pledge = make_pledge(organization, lifecycle=PledgeLifecycle.SUBMITTED)
    organization.memberships.create(user=moderator, role="viewer", since=pledge.created_at)
    assert rules.can_moderate(person(moderator), pledge) is False


def test_an_inactive_person_is_a_visitor(organization: Organization, focal_point: User) -> None:
    pledge = make_pledge(organization)
    focal_point.is_active = False
    assert rules.can_see(person(focal_point), pledge) is False


def test_the_role_of_another_actor_is_not_taken_over(
    organization: Organization, focal_point: User, other_org_member: User
) -> None:
    """A row read for one person is judged anew for another."""
    make_pledge(organization)
    row = visible_to(person(focal_point)).get()
    assert rules.can_edit(person(focal_point), row) is True
    assert rules.can_edit(person(other_org_member), row) is False
