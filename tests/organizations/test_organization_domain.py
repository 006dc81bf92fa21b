"""The verbs of organizations: what they change, what they refuse, what reaches the ledger."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import VISITOR, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.organizations import domain
from portal.organizations.domain import OrganizationFields
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.models import Record
from tests.factories import make_organization

NOW = timezone.now()
FIELDS = OrganizationFields(
    name="Red Camino",
    type_code="refugee_led",
    country="HN",
    language="es",
    website="https://example.org",
    description="Legal advice on the road.",
    evidence="Statutes of 2019, number 77.",
)


def test_create_makes_the_person_its_owner(focal_point: User) -> None:
    created = domain.create_organization(fields=FIELDS, actor=person(focal_point), now=NOW)
    assert (created.state, created.memberships.get().user, created.memberships.get().role) == (
        "draft",
        focal_point,
        "owner",
    )


def test_create_is_refused_to_a_visitor(db: None) -> None:
    with pytest.raises(NotAllowed):
        domain.create_organization(fields=FIELDS, actor=VISITOR, now=NOW)


def test_submit_names_what_is_missing(focal_point: User) -> None:
    fields = replace(FIELDS, description=" ", evidence="")
    created = domain.create_organization(fields=fields, actor=person(focal_point), now=NOW)
    with pytest.raises(Incomplete) as caught:
        domain.submit_organization(created, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["description", "evidence"]


def test_the_way_to_verification_and_the_ledger(focal_point: User, moderator: User) -> None:
    owner, secretariat = person(focal_point), person(moderator)
    made = domain.create_organization(fields=FIELDS, actor=owner, now=NOW)
    domain.submit_organization(made, actor=owner, now=NOW)
    with pytest.raises(WrongState):
        domain.update_organization(made, fields=FIELDS, actor=owner, now=NOW)
    asked = domain.request_information(made, reason="Which year?", actor=secretariat, now=NOW)
    assert (asked.state, asked.reason) == ("info_requested", "Which year?")
    domain.update_organization(made, fields=replace(FIELDS, evidence="2019"), actor=owner, now=NOW)
    domain.submit_organization(made, actor=owner, now=NOW)
    verified = domain.verify_organization(made, actor=secretariat, now=NOW)
    record = Record.objects.get(kind="organization")
    assert (verified.state, verified.reason, record.title, record.source_key) == (
        "verified",
        "",
        "Red Camino",
        made.key,
    )
    assert record.texts == {"description": "Legal advice on the road."}
    assert "Statutes" not in str(record.versions.get().content)


def test_a_verified_one_is_not_changed_unread(focal_point: User, moderator: User) -> None:
    made = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point, name="Red Camino")
    domain.verify_organization(made, actor=person(moderator), now=NOW)
    with pytest.raises(WrongState):
        domain.update_organization(made, fields=FIELDS, actor=person(focal_point), now=NOW)
    record = Record.objects.get(kind="organization")
    assert (record.texts["description"], record.version) == ("We work with people on the move.", 1)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"description": "a" * 4001}, "description"),
        ({"evidence": "a" * 4001}, "evidence"),
        ({"name": "a" * 201}, "name"),
        ({"acronym": "a" * 31}, "acronym"),
        ({"place": "a" * 121}, "place"),
        ({"names": {"en": "a" * 201}}, "names"),
        ({"names": {"xx": "Red"}}, "names"),
        ({"aliases": ["a" * 201]}, "aliases"),
        ({"aliases": [str(number) for number in range(21)]}, "aliases"),
        ({"countries": ["ZZ"]}, "countries"),
        ({"languages": ["tlh"]}, "languages"),
    ],
)
def test_a_profile_has_limits(over: dict[str, Any], field: str, focal_point: User) -> None:
    with pytest.raises(Incomplete) as caught:
        domain.create_organization(fields=replace(FIELDS, **over), actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == [field]


@pytest.mark.parametrize("verb", [domain.request_information, domain.decline_organization])
def test_no_means_a_reason(verb: object, moderator: User, focal_point: User) -> None:
    made = make_organization(state=OrganizationState.SUBMITTED, owner=focal_point)
    with pytest.raises(Incomplete):
        verb(made, reason=" ", actor=person(moderator), now=NOW)
    assert Organization.objects.get().state == "submitted"


def test_nobody_verifies_their_own(moderator: User) -> None:
    made = make_organization(state=OrganizationState.SUBMITTED, owner=moderator)
    with pytest.raises(NotAllowed):
        domain.verify_organization(made, actor=person(moderator), now=NOW)


def test_verify_needs_a_submission(focal_point: User, moderator: User) -> None:
    made = make_organization(owner=focal_point)
    with pytest.raises(WrongState):
        domain.verify_organization(made, actor=person(moderator), now=NOW)
    assert Record.objects.count() == 0


def test_update_is_refused_to_a_viewer_and_to_others(focal_point: User, other_org_member: User) -> None:
    made = make_organization(owner=focal_point)
    with pytest.raises(NotAllowed):
        domain.update_organization(made, fields=FIELDS, actor=person(other_org_member), now=NOW)
    made.memberships.create(user=other_org_member, role="viewer", since=NOW)
    with pytest.raises(NotAllowed):
        domain.update_organization(made, fields=FIELDS, actor=person(other_org_member), now=NOW)


def test_submit_is_refused_to_an_editor(focal_point: User, other_org_member: User) -> None:
    made = make_organization(owner=focal_point)
    made.memberships.create(user=other_org_member, role="editor", since=NOW)
    with pytest.raises(NotAllowed):
        domain.submit_organization(made, actor=person(other_org_member), now=NOW)
