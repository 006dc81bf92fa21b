"""Who may do what with an organization, in every state."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.organizations import rules
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.queries import visible_to, with_role

STATES = tuple(state.value for state in OrganizationState)
SENT = tuple(state for state in STATES if state != "draft")
EDITABLE = ("draft", "info_requested", "verified", "declined", "lapsed")
SENDABLE = ("draft", "info_requested", "declined")
PROVING = ("draft", "submitted", "info_requested", "declined")
STANDING = ("verified", "lapsed")
PEOPLE = (
    "owner",
    "signatory",
    "member editor",
    "viewer",
    "other organization",
    "moderator",
    "secretariat editor",
    "administrator",
)

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "can_view": {
        **dict.fromkeys(("owner", "signatory", "member editor", "viewer"), STATES),
        **dict.fromkeys(("moderator", "administrator"), SENT),
    },
    "can_edit": dict.fromkeys(("owner", "signatory", "member editor"), EDITABLE),
    "can_submit": {"owner": SENDABLE},
    "can_change_listed": dict.fromkeys(("moderator", "secretariat editor", "administrator"), ("listed",)),
    "can_claim": dict.fromkeys(PEOPLE, ("listed",)),
    "can_prove": dict.fromkeys(("owner", "signatory", "member editor"), PROVING),
    "can_ask_for_vouchers": dict.fromkeys(("owner", "signatory"), PROVING),
    "can_appeal": dict.fromkeys(("owner", "signatory"), ("declined",)),
    "can_confirm": dict.fromkeys(("owner", "signatory"), STANDING),
    "may_submit": {"owner": STATES},
    "may_review": dict.fromkeys(("moderator", "administrator"), STATES),
    "may_write_for": dict.fromkeys(("owner", "signatory", "member editor"), STATES),
    "may_speak_for": dict.fromkeys(("owner", "signatory"), STATES),
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
        "administrator": administrator,
        "visitor": AnonymousUser(),
    }
    return {name: person(user) for name, user in people.items()}


@pytest.mark.parametrize("state", STATES)
def test_rules_by_actor_and_state(state: str, actors: dict[str, Actor], organization: Organization) -> None:
    organization.state = state
    answers = {
        (rule, name): getattr(rules, rule)(actor, organization)
        for rule in TABLE
        for name, actor in actors.items()
    }
    assert answers == {(rule, name): state in TABLE[rule].get(name, ()) for rule, name in answers}


@pytest.mark.parametrize("state", STATES)
def test_visible_to_agrees_with_can_view(
    state: str, actors: dict[str, Actor], organization: Organization
) -> None:
    Organization.objects.filter(pk=organization.pk).update(state=state, reason="Because.")
    organization.refresh_from_db()
    counts = {name: visible_to(actor).filter(pk=organization.pk).count() for name, actor in actors.items()}
    assert counts == {name: int(rules.can_view(actor, organization)) for name, actor in actors.items()}


def test_a_row_that_knows_the_role_asks_nothing_more(
    organization: Organization, focal_point: User, django_assert_num_queries: object
) -> None:
    actor = person(focal_point)
    row = with_role(Organization.objects.all(), actor, "pk").get()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert rules.can_edit(actor, row) is True
