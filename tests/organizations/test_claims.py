"""Claims of listed organizations: no rights before the decision, all of the list's row after it."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history
from portal.interventions.models import Intervention
from portal.organizations import rules
from portal.organizations.claims import accept_claim, claim_organization, decline_claim, withdraw_claim
from portal.organizations.domain import OrganizationFields, update_organization
from portal.organizations.enums import OrganizationState
from portal.organizations.listing import change_listed, fields_of
from portal.organizations.models import Organization, OrganizationClaim
from portal.publication.models import Record
from tests.factories import (
    make_claim,
    make_intervention,
    make_listed,
    make_organization,
    publish_intervention,
)

NOW = timezone.now()
FIELDS = OrganizationFields(
    name="Ministry of the Coast and Islands",
    type_code="state",
    country="BZ",
    language="en",
    description="It keeps the register.",
    evidence="My badge has number 7.",
)


@pytest.fixture
def listed(db: None) -> Organization:
    return make_listed(name="Ministry of the Coast", aliases=("Coast Ministry",))


@pytest.fixture
def record(listed: Organization) -> Record:
    return Record.objects.get(source_key=listed.key)


def rights(actor: Actor, organization: Organization) -> set[str]:
    """What the actor may do with it, but claim it."""
    asked = ("can_view", "can_edit", "can_submit", "may_submit", "may_write_for", "may_speak_for")
    return {name for name in asked if getattr(rules, name)(actor, organization)}


def test_a_claim_gives_no_rights(listed: Organization, record: Record, focal_point: User) -> None:
    claim = make_claim(listed, focal_point, name="Ministry of Everything")
    listed.refresh_from_db()
    assert (claim.state, listed.state, listed.name) == ("submitted", "listed", "Ministry of the Coast")
    assert rights(person(focal_point), listed) == set()
    assert listed.memberships.count() == 0
    assert Record.objects.get(pk=record.pk).version == 1
    with pytest.raises(NotAllowed):
        update_organization(listed, fields=FIELDS, actor=person(focal_point), now=NOW)


def test_accepted_the_row_is_theirs_with_number_and_records(
    listed: Organization, record: Record, focal_point: User, moderator: User
) -> None:
    spoken = make_intervention(listed)
    published = publish_intervention(spoken)
    claim = make_claim(listed, focal_point, name=FIELDS.name, website="https://coast.example.org")
    accept_claim(claim, actor=person(moderator), now=NOW)
    listed.refresh_from_db()
    claim.refresh_from_db()
    assert (listed.state, listed.name, listed.website) == (
        "verified",
        FIELDS.name,
        "https://coast.example.org",
    )
    assert listed.aliases == ["Coast Ministry", "Ministry of the Coast"]
    assert [(row.user, row.role) for row in listed.memberships.all()] == [(focal_point, "owner")]
    assert (claim.state, claim.listed["name"], claim.decided_at) == (
        "accepted",
        "Ministry of the Coast",
        NOW,
    )
    now = Record.objects.get(source_key=listed.key)
    assert (now.public_id, now.title, "listed" in now.facts) == (record.public_id, FIELDS.name, False)
    assert Record.objects.get(pk=published.pk).organization == now
    assert Intervention.objects.get(pk=spoken.pk).organization == listed
    assert rights(person(focal_point), listed) >= {"can_view", "can_edit", "may_write_for", "may_speak_for"}
    assert "My badge" not in str(list(now.versions.values_list("content", flat=True)))
    actions = [event.action for event in history("organization", listed.key)]
    assert actions == ["listed", "claimed", "claim_accepted"]


def test_declined_nothing_changes(
    listed: Organization, record: Record, focal_point: User, moderator: User
) -> None:
    before = fields_of(listed)
    claim = make_claim(listed, focal_point, name="Ministry of Everything")
    with pytest.raises(Incomplete):
        decline_claim(claim, ground="not_theirs", reason=" ", actor=person(moderator), now=NOW)
    decline_claim(
        claim,
        ground="not_theirs",
        reason="We know nobody of that name there.",
        actor=person(moderator),
        now=NOW,
    )
    listed.refresh_from_db()
    claim.refresh_from_db()
    assert (fields_of(listed), listed.state, listed.memberships.count()) == (before, "listed", 0)
    assert (claim.state, claim.reason) == ("declined", "We know nobody of that name there.")
    assert rights(person(focal_point), listed) == set()
    assert Record.objects.get(pk=record.pk).version == 1
    again = make_claim(listed, focal_point)
    assert again.state == "submitted"


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_only_another_moderator_decides(
    verb: str,
    listed: Organization,
    focal_point: User,
    editor: User,
    moderator: User,
    administrator: User,
    other_org_member: User,
) -> None:
    def decide(claim: OrganizationClaim, actor: Actor) -> None:
        if verb == "accept":
            accept_claim(claim, actor=actor, now=NOW)
        else:
            decline_claim(claim, ground="not_theirs", reason="No.", actor=actor, now=NOW)

    own = make_claim(listed, moderator)
    claim = make_claim(listed, focal_point)
    for user in (focal_point, editor, other_org_member, AnonymousUser()):
        with pytest.raises(NotAllowed):
            decide(claim, person(user))
    with pytest.raises(NotAllowed):
        decide(own, person(moderator))
    assert rules.may_review_claim(person(administrator), own)
    decide(claim, person(moderator))
    with pytest.raises(WrongState):
        decide(claim, person(administrator))


def test_of_two_claims_one_is_accepted(
    listed: Organization, focal_point: User, other_org_member: User, moderator: User
) -> None:
    first, second = make_claim(listed, focal_point), make_claim(listed, other_org_member)
    accept_claim(first, actor=person(moderator), now=NOW)
    with translation.override("en"), pytest.raises(WrongState, match="has members now"):
        accept_claim(second, actor=person(moderator), now=NOW)
    decline_claim(second, ground="not_theirs", reason="Ask its owner.", actor=person(moderator), now=NOW)
    assert [row.user for row in listed.memberships.all()] == [focal_point]


def test_a_claim_that_would_double_a_public_name_is_not_accepted(
    listed: Organization, focal_point: User, moderator: User
) -> None:
    other = make_listed(name="Ministry of the Islands", country=listed.country)
    claim = make_claim(listed, focal_point, name="ministry of the ISLANDS", country=listed.country)
    with pytest.raises(WrongState, match=other.name):
        accept_claim(claim, actor=person(moderator), now=NOW)
    listed.refresh_from_db()
    assert (listed.state, listed.memberships.count()) == ("listed", 0)


def test_nobody_without_an_account_becomes_the_owner(
    listed: Organization, focal_point: User, moderator: User
) -> None:
    claim = make_claim(listed, focal_point)
    User.objects.filter(pk=focal_point.pk).update(is_active=False)
    with translation.override("en"), pytest.raises(WrongState, match="no account any more"):
        accept_claim(claim, actor=person(moderator), now=NOW)
    assert (
        decline_claim(
            claim, ground="not_theirs", reason="No account.", actor=person(moderator), now=NOW
        ).state
        == "declined"
    )


def test_nobody_claims_twice_at_a_time(listed: Organization, focal_point: User) -> None:
    make_claim(listed, focal_point)
    with translation.override("en"), pytest.raises(WrongState, match="already"):
        make_claim(listed, focal_point)
    assert OrganizationClaim.objects.count() == 1


@pytest.mark.parametrize("state", [state for state in OrganizationState if state != "listed"])
def test_only_a_listed_one_can_be_claimed(state: OrganizationState, focal_point: User) -> None:
    theirs = make_organization(state=state)
    with pytest.raises(WrongState):
        claim_organization(theirs, fields=FIELDS, actor=person(focal_point), now=NOW)
    assert OrganizationClaim.objects.count() == 0


def test_a_visitor_and_the_system_claim_nothing(listed: Organization) -> None:
    for actor in (person(AnonymousUser()), system("import")):
        with pytest.raises(NotAllowed):
            claim_organization(listed, fields=FIELDS, actor=actor, now=NOW)


def test_what_is_missing_is_named_and_a_regional_body_has_no_country(focal_point: User) -> None:
    with pytest.raises(Incomplete) as refusal:
        claim_organization(
            make_listed(),
            fields=replace(FIELDS, country="", evidence=" "),
            actor=person(focal_point),
            now=NOW,
        )
    assert [problem.field for problem in refusal.value.problems] == ["country", "evidence"]
    regional = make_listed(country="")
    made = claim_organization(
        regional, fields=replace(FIELDS, country=""), actor=person(focal_point), now=NOW
    )
    assert made.profile["country"] == ""


def test_what_an_editor_changes_meanwhile_stays_beside_the_claim(
    listed: Organization, focal_point: User, editor: User, moderator: User
) -> None:
    claim = make_claim(listed, focal_point)
    fields = replace(fields_of(listed), acronym="MOC")
    change_listed(listed, fields=fields, actor=person(editor), now=NOW)
    decline_claim(claim, ground="not_theirs", reason="No.", actor=person(moderator), now=NOW)
    claim.refresh_from_db()
    assert (claim.listed["acronym"], claim.profile["acronym"]) == ("MOC", "")


def test_its_claimant_takes_a_claim_back_while_it_waits_and_nobody_else(
    listed: Organization, focal_point: User, other_org_member: User, moderator: User, administrator: User
) -> None:
    claim = make_claim(listed, focal_point)
    for user in (other_org_member, moderator, administrator, AnonymousUser()):
        assert not rules.can_withdraw_claim(person(user), claim)
        with pytest.raises(NotAllowed):
            withdraw_claim(claim, actor=person(user), now=NOW)
    with pytest.raises(NotAllowed):
        withdraw_claim(claim, actor=system("tests"), now=NOW)
    claim = withdraw_claim(claim, actor=person(focal_point), now=NOW)
    assert (claim.state, claim.decided_at, claim.listed) == ("withdrawn", NOW, listed.public_profile)
    assert [event.action for event in history("organization", listed.key)][-1] == "claim_withdrawn"
    for verb in (accept_claim, withdraw_claim):
        actor = person(moderator if verb is accept_claim else focal_point)
        with pytest.raises(WrongState):
            verb(claim, actor=actor, now=NOW)
    assert make_claim(listed, focal_point).state == "submitted"


def test_a_claim_keeps_what_the_list_said_in_public_and_nothing_later(
    listed: Organization, focal_point: User, other_org_member: User, moderator: User
) -> None:
    Organization.objects.filter(pk=listed.pk).update(evidence="SECRETO")
    late, theirs = make_claim(listed, focal_point), make_claim(listed, other_org_member, evidence="SUYO")
    accept_claim(theirs, actor=person(moderator), now=NOW)
    for claim in (late, theirs):
        claim.refresh_from_db()
    decided = withdraw_claim(late, actor=person(focal_point), now=NOW)
    assert [claim.listed["name"] for claim in (theirs, decided)] == ["Ministry of the Coast"] * 2
    assert "evidence" not in {**theirs.listed, **decided.listed}
    assert [word for word in ("SECRETO", "SUYO") if word in f"{theirs.listed}{decided.listed}"] == []
