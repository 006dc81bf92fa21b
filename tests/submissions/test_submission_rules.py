"""Who may do what with a submission: every rule over types, people and states."""

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.organizations.models import Organization
from portal.submissions import rules
from portal.submissions.queries import versions_of, visible_to
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import Kind

STATES = ("draft", "submitted", "in_review", "returned", "published", "correcting", "withdrawn")
OPEN = ("draft", "returned", "correcting")
AFTER = ("submitted", "in_review", "returned", "published", "correcting", "withdrawn")
WAITING = ("submitted", "in_review")
WITHDRAWABLE = (*WAITING, "returned", "published", "correcting")

# rule -> actor -> states in which it says yes; an actor not named never may.
TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "can_view": {
        "owner": STATES,
        "signatory": STATES,
        "member editor": STATES,
        "viewer": STATES,
        "moderator": AFTER,
        "administrator": AFTER,
        "system": AFTER,
    },
    "can_edit": {"owner": OPEN, "signatory": OPEN, "member editor": OPEN},
    "can_submit": {"owner": OPEN, "signatory": OPEN},
    "can_withdraw": {"owner": WITHDRAWABLE, "signatory": WITHDRAWABLE},
    "can_recall": {"owner": ("submitted",), "signatory": ("submitted",)},
    "can_correct": {
        "owner": ("in_review", "published"),
        "signatory": ("in_review", "published"),
        "member editor": ("published",),
    },
    "can_take_up": {"owner": ("withdrawn",), "signatory": ("withdrawn",)},
    "can_delete": {"owner": ("draft",), "signatory": ("draft",)},
    "may_write_for": dict.fromkeys(("owner", "signatory", "member editor"), STATES),
    "may_speak_for": dict.fromkeys(("owner", "signatory"), STATES),
    "may_delete": dict.fromkeys(("owner", "signatory"), STATES),
    "may_review": dict.fromkeys(("moderator", "administrator", "system"), STATES),
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


@pytest.mark.parametrize("state", STATES)
def test_rules_by_actor_and_state(
    kind: Kind,
    state: str,
    actors: dict[str, Actor],
    organization: Organization,
    consultation_pages: ConsultationTree,
) -> None:
    row = kind.make(organization, consultation_pages, state)
    answers = {
        (rule, name): getattr(rules, rule)(actor, row) for rule in TABLE for name, actor in actors.items()
    }
    assert answers == {(rule, name): state in TABLE[rule].get(name, ()) for rule, name in answers}


@pytest.mark.parametrize("state", STATES)
def test_visible_to_agrees_with_can_view(
    kind: Kind,
    state: str,
    actors: dict[str, Actor],
    organization: Organization,
    consultation_pages: ConsultationTree,
) -> None:
    row = kind.make(organization, consultation_pages, state)
    visible = {name: visible_to(kind.of, actor).filter(pk=row.pk).count() for name, actor in actors.items()}
    assert visible == {name: int(rules.can_view(actor, row)) for name, actor in actors.items()}


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_who_wrote_a_draft_deletes_it_while_writing_for_the_organization(
    kind: Kind,
    role: str,
    organization: Organization,
    member_editor: User,
    consultation_pages: ConsultationTree,
) -> None:
    row = kind.make(organization, consultation_pages, author=member_editor)
    organization.memberships.filter(user=member_editor).update(role=role)
    assert rules.can_delete(person(member_editor), row) is (role == "editor")


def test_a_moderator_who_belongs_to_the_organization_decides_nothing(
    kind: Kind, organization: Organization, moderator: User, consultation_pages: ConsultationTree
) -> None:
    row = kind.make(organization, consultation_pages, "submitted")
    organization.memberships.create(user=moderator, role="viewer", since=row.created_at)
    assert rules.may_review(person(moderator), row) is False


def test_a_moderator_who_submitted_it_decides_nothing_after_leaving(
    kind: Kind, organization: Organization, moderator: User, consultation_pages: ConsultationTree
) -> None:
    """Somebody else began it; four eyes are those of two persons all the same."""
    row = kind.make(organization, consultation_pages, "submitted")
    before = rules.may_review(person(moderator), row)
    versions_of(row).update(submitted_by=moderator)
    assert (before, rules.may_review(person(moderator), row)) == (True, False)


def test_an_inactive_person_is_a_visitor(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    row = kind.make(organization, consultation_pages)
    focal_point.is_active = False
    assert rules.can_view(person(focal_point), row) is False


def test_the_role_of_another_actor_is_not_taken_over(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    other_org_member: User,
    consultation_pages: ConsultationTree,
) -> None:
    """A row read for one person is judged anew for another."""
    kind.make(organization, consultation_pages)
    row = visible_to(kind.of, person(focal_point)).get()
    assert rules.can_edit(person(focal_point), row) is True
    assert rules.can_edit(person(other_org_member), row) is False
