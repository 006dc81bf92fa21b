"""Who decides about an organization never belonged to it, and two decide where it is at risk."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import NotAllowed, WrongState
from portal.moderation.domain import decide
from portal.organizations import domain, rules
from portal.organizations.domain import OrganizationFields
from portal.organizations.enums import OrganizationState as S
from portal.organizations.enums import Role
from portal.organizations.member_models import Invitation
from portal.organizations.members.domain import leave
from portal.organizations.members.rules import may_appoint
from portal.organizations.models import Organization
from portal.organizations.verifying import standing
from tests.factories import make_claim, make_listed, make_organization, make_user
from tests.factories.organizations import add_member

NOW = timezone.now()


@pytest.fixture
def waiting(db: None) -> Organization:
    return make_organization(state=S.SUBMITTED, owner=make_user())


def invited(organization: Organization, email: str, **more: object) -> Invitation:
    values: dict[str, Any] = {"role": Role.OWNER, "language": "es", "sent_at": NOW, "digest": email, **more}
    return Invitation.objects.create(
        organization=organization, email=email, **{"expires_at": NOW + timedelta(days=1), **values}
    )


def test_who_left_it_decides_nothing_about_it(waiting: Organization, moderator: User) -> None:
    assert rules.may_review(person(moderator), waiting)
    add_member(waiting, moderator, Role.OWNER)
    leave(waiting, actor=person(moderator), now=NOW - timedelta(days=4000))
    assert not rules.may_review(person(moderator), waiting)
    assert not may_appoint(person(moderator), waiting)
    with pytest.raises(NotAllowed):
        domain.verify_organization(waiting, actor=person(moderator), now=NOW)
    with pytest.raises(NotAllowed):
        decide("organization", waiting.key, "verified", actor=person(moderator), now=NOW)


def test_who_wrote_it_down_decides_nothing_about_it(moderator: User, focal_point: User) -> None:
    given: dict[str, Any] = {"name": "Casa", "type_code": "refugee_led", "country": "MX", "language": "es"}
    made = domain.create_organization(fields=OrganizationFields(**given), actor=person(moderator), now=NOW)
    made.memberships.update(user=focal_point)
    assert not rules.may_review(person(moderator), made)


def test_who_is_invited_decides_nothing_while_the_invitation_stands(
    waiting: Organization, moderator: User, administrator: User
) -> None:
    row = invited(waiting, moderator.email)
    assert not rules.may_review(person(moderator), waiting)
    assert rules.may_review(person(administrator), waiting)
    for values in ({"revoked_at": NOW}, {"expires_at": NOW - timedelta(days=1)}):
        Invitation.objects.filter(pk=row.pk).update(revoked_at=None)
        Invitation.objects.filter(pk=row.pk).update(**values)
        assert rules.may_review(person(moderator), waiting)


def test_who_left_decides_about_no_claim(moderator: User, focal_point: User) -> None:
    claim = make_claim(make_listed(), focal_point)
    assert rules.may_review_claim(person(moderator), claim)
    add_member(claim.organization, make_user(), Role.OWNER)
    add_member(claim.organization, moderator, Role.VIEWER)
    leave(claim.organization, actor=person(moderator), now=NOW)
    assert not rules.may_review_claim(person(moderator), claim)


def test_nobody_takes_the_mark_off_their_own(waiting: Organization, client: Client) -> None:
    protection = make_user(Group.PROTECTION)
    Organization.objects.filter(pk=waiting.pk).update(is_at_risk=True)
    add_member(waiting, protection, Role.VIEWER)
    given: dict[str, Any] = {"is_at_risk": False, "reason": "R", "now": NOW}
    with pytest.raises(NotAllowed):
        standing.mark_at_risk(waiting, actor=person(protection), **given)
    client.force_login(protection)
    assert client.get(f"/en/desk/organizations/{waiting.key}/risk/").status_code == 404
    other = person(make_user(Group.PROTECTION))
    assert standing.mark_at_risk(waiting, actor=other, **given).is_at_risk is False


def test_who_took_the_mark_away_does_not_verify_alone(waiting: Organization, moderator: User) -> None:
    both = person(make_user(Group.PROTECTION, Group.MODERATOR))
    Organization.objects.filter(pk=waiting.pk).update(is_at_risk=True)
    standing.mark_at_risk(waiting, is_at_risk=False, reason="R", actor=both, now=NOW)
    with pytest.raises(NotAllowed):
        domain.verify_organization(waiting, actor=both, now=NOW)
    with pytest.raises(WrongState):
        decide("organization", waiting.key, "verified", actor=both, now=NOW)
    assert domain.verify_organization(waiting, actor=person(moderator), now=NOW).state == "verified"


def test_at_risk_two_end_a_suspension(moderator: User, administrator: User) -> None:
    made = make_organization(state=S.SUSPENDED, is_at_risk=True)
    first: dict[str, Any] = {"actor": person(moderator), "now": NOW}
    second = first | {"actor": person(administrator)}
    with pytest.raises(WrongState):
        standing.reinstate_organization(made, **first)
    decide("organization", made.key, "first_yes", **first)
    with pytest.raises(NotAllowed):
        standing.reinstate_organization(made, **first)
    decide("organization", made.key, "reinstated", **second)
    made.refresh_from_db()
    assert (made.state, made.first_yes_by) == ("verified", None)
