"""Who may do what with an intervention, in every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.interventions import rules
from portal.interventions.enums import InterventionState
from portal.interventions.queries import visible_to
from portal.organizations.models import Organization
from tests.factories import make_intervention

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
    intervention = make_intervention(organization, state=InterventionState(state))
    answers = {name: getattr(rules, rule)(actor, intervention) for name, actor in actors.items()}
    assert answers == {name: state in TABLE[rule].get(name, ()) for name in actors}


@pytest.mark.parametrize("state", STATES)
def test_visible_to_agrees_with_can_see(
    state: str, actors: dict[str, Actor], organization: Organization
) -> None:
    intervention = make_intervention(organization, state=InterventionState(state))
    found = {name: visible_to(actor).filter(pk=intervention.pk).count() for name, actor in actors.items()}
    assert found == {name: int(rules.can_see(actor, intervention)) for name, actor in actors.items()}


def test_a_moderator_who_belongs_to_the_organization_decides_nothing(
    organization: Organization, moderator: User
) -> None:
    intervention = make_intervention(organization, state=InterventionState.SUBMITTED)
    organization.memberships.create(user=moderator, role="viewer", since=intervention.created_at)
    assert rules.can_moderate(person(moderator), intervention) is False


def test_an_inactive_person_is_a_visitor(organization: Organization, focal_point: User) -> None:
    intervention = make_intervention(organization)
    focal_point.is_active = False
    assert rules.can_see(person(focal_point), intervention) is False


def test_the_role_of_another_actor_is_not_taken_over(
    organization: Organization, focal_point: User, other_org_member: User
) -> None:
    """A row read for one person is judged anew for another."""
    make_intervention(organization)
    row = visible_to(person(focal_point)).get()
    assert rules.can_edit(person(focal_point), row) is True
    assert rules.can_edit(person(other_org_member), row) is False
