"""Which role does what, verb by verb: a viewer reads, an editor writes, a signatory submits, an owner all."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.errors import EditConflict, NotAllowed, OutOfDate, WrongState
from portal.organizations.domain import OrganizationFields, submit_organization, update_organization
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.members import domain as members
from portal.organizations.members import inviting, joining
from portal.organizations.members.inviting import Invited
from portal.organizations.models import Organization
from portal.pledges.joining import ask_to_join, decide_party
from portal.submissions import domain, queries
from portal.submissions.types import submission_types
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    make_practice,
    make_report,
    make_user,
    publish_pledge,
)
from tests.factories.followup import make_assessment, make_observation, make_reply
from tests.factories.organizations import add_member

NOW = timezone.now()
ALL = tuple(Role)
WRITE = (Role.EDITOR, Role.SIGNATORY, Role.OWNER)
SPEAK = (Role.SIGNATORY, Role.OWNER)
OWN = (Role.OWNER,)
FIELDS = OrganizationFields(name="Red Uno", type_code="refugee_led", country="MX", language="es")
Verb = Callable[[Actor], object]


def rows_of(organization: Organization) -> dict[str, Callable[..., Any]]:
    """What makes a row of each kind, in any state."""
    pledge, theirs = make_pledge(organization), make_pledge(make_organization(name="Maker"))
    record = publish_pledge(theirs)
    assessed = make_assessment(pledge, make_organization(name="Assessor"))
    return {
        "intervention": lambda **said: make_intervention(organization, **said),
        "practice": lambda **said: make_practice(organization, **said),
        "pledge": lambda **said: make_pledge(organization, **said),
        "report": lambda **said: make_report(pledge, **said),
        "assessment": lambda **said: make_assessment(theirs, organization, **said),
        "reply": lambda **said: make_reply(assessed, organization, **said),
        "observation": lambda **said: make_observation(organization, record=record, **said),
    }


def written(of: Any, make: Callable[..., Any]) -> dict[str, tuple[tuple[Role, ...], Verb]]:
    """Who may do what with a text of a kind."""
    draft, waiting = make(state="draft"), make(state="submitted")
    key = draft.submit_key
    return {
        "read": (ALL, lambda actor: must(queries.visible_to(of, actor).filter(pk=draft.pk).exists())),
        "start": (
            WRITE,
            lambda actor: domain.create_draft(
                of, organization=draft.organization, language="es", actor=actor, now=NOW, key=uuid4()
            ),
        ),
        "save": (
            WRITE,
            lambda actor: domain.save_draft(draft, fields=None, revision=-1, actor=actor, now=NOW),  # type: ignore[arg-type]
        ),
        "submit": (SPEAK, lambda actor: domain.submit(draft, submit_key=key, actor=actor, now=NOW)),
        "recall": (SPEAK, lambda actor: domain.recall(waiting, actor=actor, now=NOW)),
        "withdraw": (SPEAK, lambda actor: domain.withdraw(waiting, actor=actor, now=NOW)),
        "delete": (SPEAK, lambda actor: domain.delete_draft(draft, actor=actor, now=NOW)),
    }


def must(is_there: bool) -> None:
    if not is_there:
        raise NotAllowed("read")


def may(verb: Verb, actor: Actor) -> bool:
    """Whether the verb lets the actor do it; that it finds something missing is no refusal of the person."""
    try:
        with transaction.atomic():
            verb(actor)
            transaction.set_rollback(True)
    except NotAllowed:
        return False
    except (WrongState, EditConflict, OutOfDate):
        return True
    return True


@pytest.fixture
def actors(
    organization: Organization,
    focal_point: User,
    signatory: User,
    member_editor: User,
    viewer_member: User,
    other_org_member: User,
    other_organization: Organization,
) -> dict[str, Actor]:
    """By role; the last one belongs to another organization."""
    people = {
        Role.OWNER: focal_point,
        Role.SIGNATORY: signatory,
        Role.EDITOR: member_editor,
        Role.VIEWER: viewer_member,
        "other": other_org_member,
    }
    return {str(role): person(user) for role, user in people.items()}


def allowed(verbs: dict[str, tuple[tuple[Role, ...], Verb]], actors: dict[str, Actor]) -> dict[str, set[str]]:
    return {
        name: {role for role, actor in actors.items() if may(verb, actor)}
        for name, (_roles, verb) in verbs.items()
    }


def test_texts_of_each_kind(organization: Organization, actors: dict[str, Actor]) -> None:
    rows = rows_of(organization)
    assert {of.kind for of in submission_types()} == rows.keys()
    for of in submission_types():
        verbs = written(of, rows[of.kind])
        expected = {name: set(map(str, roles)) for name, (roles, _verb) in verbs.items()}
        assert (of.kind, allowed(verbs, actors)) == (of.kind, expected)


@pytest.mark.long
def test_the_organization_and_its_members(organization: Organization, actors: dict[str, Actor]) -> None:
    guest = make_user()
    member = add_member(organization, make_user(), Role.VIEWER)
    to = Invited("guest@example.org", Role.VIEWER, "en")
    asked = joining.ask(organization, text="Me", actor=person(guest), now=NOW)
    invitation = inviting.invite(organization, to=to, actor=actors["owner"], now=NOW)
    other = make_pledge(make_organization(name="Keeper", state=OrganizationState.VERIFIED))
    party = other.parties.create(organization=organization, role="partner")
    publish_pledge(other)
    verbs: dict[str, tuple[tuple[Role, ...], Verb]] = {
        "profile": (
            WRITE,
            lambda actor: update_organization(organization, fields=FIELDS, actor=actor, now=NOW),
        ),
        "submit": (OWN, lambda actor: submit_organization(organization, actor=actor, now=NOW)),
        "role": (OWN, lambda actor: members.change_role(member, role=Role.EDITOR, actor=actor, now=NOW)),
        "remove": (OWN, lambda actor: members.remove(member, actor=actor, now=NOW)),
        "invite": (OWN, lambda actor: inviting.invite(organization, to=to, actor=actor, now=NOW)),
        "resend": (OWN, lambda actor: inviting.resend(invitation, actor=actor, now=NOW)),
        "revoke": (OWN, lambda actor: inviting.revoke(invitation, actor=actor, now=NOW)),
        "let in": (OWN, lambda actor: joining.let_join(asked, role=Role.OWNER, actor=actor, now=NOW)),
        "decline": (OWN, lambda actor: joining.decline(asked, reason="No", actor=actor, now=NOW)),
        "leave": (ALL, lambda actor: members.leave(organization, actor=actor, now=NOW)),
        "be named a party": (
            SPEAK,
            lambda actor: decide_party(party, is_accepted=True, actor=actor, now=NOW),
        ),
        "ask to be named": (
            SPEAK,
            lambda actor: ask_to_join(other, organization=organization, role="host", actor=actor, now=NOW),
        ),
    }
    expected = {name: set(map(str, roles)) for name, (roles, _verb) in verbs.items()}
    assert allowed(verbs, actors) == expected
