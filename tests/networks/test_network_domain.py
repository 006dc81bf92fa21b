"""The verbs of networks: who may, what they refuse, what they note."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete, NotAllowed
from portal.common.events import history
from portal.networks import rules
from portal.networks.domain import (
    MemberFields,
    NetworkFields,
    add_member,
    change_member,
    change_network,
    create_network,
    remove_member,
)
from portal.networks.models import Network, NetworkMembership
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.publication.models import PublicChange
from tests.factories import make_listed, make_organization
from tests.factories.networks import make_network, make_network_member

NOW = timezone.now()
FIELDS = NetworkFields("Red de las Cuencas", "River Network", "Rede das Bacias", "Réseau des bassins")


def test_editors_write_networks_down_and_nobody_else(
    people: dict[str, object], organization: Organization
) -> None:
    allowed = {name for name, user in people.items() if rules.may_edit_networks(person(user))}
    assert allowed == {"editor", "administrator"}
    network = make_network()
    member = make_network_member(network, organization)
    fields = MemberFields(organization, "lead")
    for name in set(people) - allowed:
        actor = person(people[name])
        for verb in (
            lambda actor=actor: create_network(fields=FIELDS, actor=actor, now=NOW),
            lambda actor=actor: change_network(network, fields=FIELDS, actor=actor, now=NOW),
            lambda actor=actor: add_member(network, fields=fields, actor=actor, now=NOW),
            lambda actor=actor: change_member(member, fields=fields, actor=actor, now=NOW),
            lambda actor=actor: remove_member(member, actor=actor, now=NOW),
        ):
            with pytest.raises(NotAllowed):
                verb()
    assert (Network.objects.get(), NetworkMembership.objects.get().role) == (network, "member")


def test_every_change_is_in_the_log_and_noted_as_public(editor: User, organization: Organization) -> None:
    actor, before = person(editor), PublicChange.objects.count()
    network = create_network(fields=FIELDS, actor=actor, now=NOW)
    change_network(network, fields=replace(FIELDS, acronym="RN"), actor=actor, now=NOW)
    member = add_member(network, fields=MemberFields(organization, "member"), actor=actor, now=NOW)
    change_member(member, fields=MemberFields(organization, "lead"), actor=actor, now=NOW)
    remove_member(member, actor=actor, now=NOW)
    assert [event.action for event in history("network", network.key)] == [
        "created",
        "changed",
        "member_added",
        "member_changed",
        "member_removed",
    ]
    assert PublicChange.objects.count() == before + 5


def test_a_network_is_not_public_until_somebody_says_so(editor: User) -> None:
    assert not create_network(fields=FIELDS, actor=person(editor), now=NOW).is_public


def test_the_address_is_made_from_the_english_name_and_stays(editor: User) -> None:
    actor = person(editor)
    network = create_network(fields=FIELDS, actor=actor, now=NOW)
    assert network.slug == "river-network"
    changed = change_network(network, fields=replace(FIELDS, name_en="Another"), actor=actor, now=NOW)
    assert (changed.slug, changed.name("en"), changed.name("fr")) == (
        "river-network",
        "Another",
        "Réseau des bassins",
    )
    for fields in (FIELDS, replace(FIELDS, name_en="Feed"), replace(FIELDS, name_en="!")):
        with pytest.raises(Incomplete) as refusal:
            create_network(fields=fields, actor=actor, now=NOW)
        assert [problem.field for problem in refusal.value.problems] == ["slug"]


def test_a_form_sent_twice_makes_one(editor: User) -> None:
    key = uuid4()
    for _ in range(2):
        create_network(fields=FIELDS, actor=person(editor), now=NOW, key=key)
    assert Network.objects.count() == 1


@pytest.mark.parametrize("state", OrganizationState)
def test_only_public_organizations_become_members(state: OrganizationState, editor: User) -> None:
    network, organization = make_network(), make_organization(state=state)
    fields = MemberFields(organization, "member")
    if state in {"verified", "listed"}:
        assert add_member(network, fields=fields, actor=person(editor), now=NOW).organization == organization
        return
    with pytest.raises(Incomplete) as refusal:
        add_member(network, fields=fields, actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["organization"]


MAY, JUNE, JULY = date(2024, 5, 1), date(2024, 6, 1), date(2024, 7, 1)


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ((None, None), (None, None), True),
        ((None, JUNE), (JULY, None), False),
        ((None, JUNE), (JUNE, None), True),
        ((MAY, None), (JULY, JULY), True),
        ((JUNE, JUNE), (MAY, MAY), False),
        ((JUNE, None), (None, MAY), False),
        ((MAY, JULY), (JUNE, JUNE), True),
    ],
)
def test_nobody_is_in_a_network_twice_at_a_time(
    editor: User, first: tuple[object, object], second: tuple[object, object], is_refused: bool
) -> None:
    network, listed = make_network(), make_listed()
    make_network_member(network, listed, since=first[0], until=first[1])
    fields = MemberFields(listed, "lead", since=second[0], until=second[1])  # type: ignore[arg-type]
    if not is_refused:
        add_member(network, fields=fields, actor=person(editor), now=NOW)
        assert network.memberships.count() == 2
        return
    with pytest.raises(Incomplete) as refusal:
        add_member(network, fields=fields, actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["organization"]


def test_a_member_keeps_its_own_days_when_it_is_changed(editor: User) -> None:
    member = make_network_member(make_network(), make_listed(), since=MAY)
    fields = MemberFields(member.organization, "observer", since=MAY, until=JULY)
    changed = change_member(member, fields=fields, actor=person(editor), now=NOW)
    assert (changed.role, changed.until) == ("observer", JULY)


def test_the_last_day_is_not_before_the_first(editor: User) -> None:
    network, listed = make_network(), make_listed()
    fields = MemberFields(listed, "member", since=JULY, until=MAY)
    with pytest.raises(Incomplete) as refusal:
        add_member(network, fields=fields, actor=person(editor), now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["until"]
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkMembership.objects.create(
            network=network, organization=listed, role="member", since=JULY, until=MAY
        )
