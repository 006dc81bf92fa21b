"""What is decided about an appeal is what was read; who declined does not decide it again alone."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.common.errors import NotAllowed, WrongState
from portal.moderation.domain import decide
from portal.organizations import domain, rules
from portal.organizations.domain import OrganizationFields
from portal.organizations.enums import OrganizationState as S
from portal.organizations.models import Appeal, Organization
from portal.organizations.verifying import appeals
from portal.publication.models import Record
from tests.factories import make_organization, make_user

NOW = timezone.now()
OTHER = OrganizationFields(
    name="Agencia que nadie ha leido",
    type_code="un_agency",
    country="HN",
    language="es",
    description="Otra cosa.",
    evidence="Otra prueba.",
)


@pytest.fixture
def declined(db: None, moderator: User) -> Organization:
    owner = make_user(email="asking@example.org")
    return make_organization(
        name="Red Buena",
        state=S.DECLINED,
        owner=owner,
        evidence="Registro 9",
        ground="not_found",
        decided_at=NOW,
        decided_by=moderator,
    )


@pytest.fixture
def owner(declined: Organization) -> Actor:
    return person(declined.memberships.get().user)


def appealed(organization: Organization, owner: Actor) -> Appeal:
    return appeals.appeal(organization, text="We exist.", language="en", actor=owner, now=NOW)


def test_the_profile_rests_while_an_appeal_waits(
    declined: Organization, owner: Actor, administrator: User
) -> None:
    row = appealed(declined, owner)
    assert rules.can_edit(owner, declined) is False
    with pytest.raises(WrongState):
        domain.update_organization(declined, fields=OTHER, actor=owner, now=NOW)
    appeals.dismiss_appeal(row, reason="No trace.", actor=person(administrator), now=NOW)
    assert rules.can_edit(owner, declined) is True
    changed = domain.update_organization(declined, fields=OTHER, actor=owner, now=NOW)
    assert changed.name == "Agencia que nadie ha leido"


def test_who_changed_the_profile_submits_it_instead(
    client: Client, declined: Organization, owner: Actor
) -> None:
    page, way = f"/en/desk/organizations/{declined.key}/", f"{declined.key}/appeal/"
    client.force_login(declined.memberships.get().user)
    assert (way in client.get(page).text, client.get(f"{page}appeal/").status_code) == (True, 200)
    domain.update_organization(declined, fields=OTHER, actor=owner, now=NOW)
    assert (way in client.get(page).text, client.get(f"{page}appeal/").url) == (False, page)
    with pytest.raises(WrongState):
        appealed(declined, owner)
    assert domain.submit_organization(declined, actor=owner, now=NOW).state == "submitted"


def test_granted_it_is_public_as_it_was_read(
    declined: Organization, owner: Actor, administrator: User
) -> None:
    row = appealed(declined, owner)
    Organization.objects.filter(pk=declined.pk).update(name=OTHER.name, type_code=OTHER.type_code)
    appeals.grant_appeal(row, reason="It is in the register.", actor=person(administrator), now=NOW)
    record = Record.objects.get(source_key=declined.key)
    assert (record.title, record.type_code) == ("Red Buena", "refugee_led")
    declined.refresh_from_db()
    assert (declined.state, declined.name) == ("verified", "Red Buena")


def test_at_risk_who_declined_may_say_yes_and_not_no(
    declined: Organization, owner: Actor, moderator: User, administrator: User
) -> None:
    Organization.objects.filter(pk=declined.pk).update(is_at_risk=True)
    appeals.grant_appeal(appealed(declined, owner), reason="It does.", actor=person(administrator), now=NOW)
    refused: dict[str, Any] = {"reason": "No.", "actor": person(moderator), "now": NOW}
    with pytest.raises(NotAllowed):
        domain.decline_organization(declined, ground="not_found", **refused)
    with pytest.raises(NotAllowed):
        domain.request_information(declined, **refused)
    with pytest.raises(WrongState):
        decide("organization", declined.key, "declined", ground="not_found", **refused)
    assert domain.verify_organization(declined, actor=person(moderator), now=NOW).state == "verified"
