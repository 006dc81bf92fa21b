"""A party is public in the role that it and a moderator agreed to; only whose no it is takes it back."""

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed
from portal.organizations.models import Organization
from portal.pledges.drafts import PledgeFields
from portal.pledges.joining import ask_to_join, decide_party
from portal.pledges.models import Pledge, PledgeParty
from portal.pledges.parts import Party
from portal.pledges.public_facts import parties_in
from portal.publication.models import Record
from portal.submissions import domain
from tests.factories import (
    make_organization,
    make_pledge,
    make_user,
    publish_organization,
    publish_pledge,
)

NOW = timezone.now()


@pytest.fixture
def other_owner(other_organization: Organization) -> User:
    publish_organization(other_organization)
    owner = make_user(email="owner2@example.org", language="en")
    other_organization.memberships.create(user=owner, role="owner", since=NOW)
    return owner


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    row = make_pledge(organization, state="published", title="Kept", decided_at=NOW)
    publish_pledge(row)
    return row


def told(pledge: Pledge) -> list[tuple[str, str]]:
    record = Record.objects.get(source_key=pledge.key)
    named = [(party.role, party.state) for party in parties_in(record.facts)]
    assert record.links.filter(relation="party").count() == len(named)
    return named


def write(pledge: Pledge, author: User, *parties: Party) -> Pledge:
    """The parties of a correction that nobody has submitted."""
    row = Pledge.objects.get(pk=pledge.pk)
    if not row.is_editable:
        row = domain.open_correction(row, actor=person(author), now=NOW)
    fields = PledgeFields(parties=parties)
    return domain.save_draft(row, fields=fields, revision=row.revision, actor=person(author), now=NOW)


def publish(pledge: Pledge, author: User, moderator: User) -> None:
    domain.submit(pledge, submit_key=pledge.submit_key, actor=person(author), now=NOW)
    domain.publish(pledge, actor=person(moderator), now=NOW)


def desk(client: Client, user: User) -> list[tuple[str, str, bool, bool]]:
    client.force_login(user)
    rows = client.get("/en/desk/parties/").context["rows"]
    return [(str(row["role"]), str(row["state"]), row["may_confirm"], row["may_decline"]) for row in rows]


def test_who_was_turned_away_does_not_let_itself_in(
    client: Client,
    pledge: Pledge,
    other_organization: Organization,
    focal_point: User,
    other_owner: User,
) -> None:
    party = ask_to_join(
        pledge, organization=other_organization, role="lead", actor=person(other_owner), now=NOW
    )
    decide_party(party, is_accepted=False, actor=person(focal_point), now=NOW)
    assert desk(client, other_owner) == [("Lead", "Asked, was not accepted", False, False)]
    with pytest.raises(NotAllowed):
        decide_party(party, is_accepted=True, actor=person(other_owner), now=NOW)
    assert told(pledge) == []
    assert desk(client, focal_point) == [("Lead", "Asked, was not accepted", True, False)]
    decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    assert told(pledge) == [("lead", "confirmed")]


@pytest.mark.long
def test_who_was_turned_away_asks_again_with_another_role(
    client: Client,
    pledge: Pledge,
    other_organization: Organization,
    focal_point: User,
    other_owner: User,
) -> None:
    asking = {"organization": other_organization, "actor": person(other_owner), "now": NOW}
    party = ask_to_join(pledge, role="lead", **asking)
    decide_party(party, is_accepted=False, actor=person(focal_point), now=NOW)
    ask_to_join(pledge, role="funder", **asking)
    assert desk(client, focal_point) == [("Funder", "Asks to be named", True, True)]
    decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    assert told(pledge) == [("funder", "confirmed")]
    with pytest.raises(Incomplete):
        ask_to_join(pledge, role="lead", **asking)


def test_a_party_of_a_correction_hears_of_it_when_it_is_public(
    client: Client,
    pledge: Pledge,
    other_organization: Organization,
    focal_point: User,
    other_owner: User,
    moderator: User,
) -> None:
    draft = write(pledge, focal_point, Party("lead", organization=other_organization.key))
    party = PledgeParty.objects.get()
    assert desk(client, other_owner) == []
    assert client.post(f"/en/desk/parties/{party.key}/confirm/").status_code == 404
    with pytest.raises(NotAllowed):
        decide_party(party, is_accepted=True, actor=person(other_owner), now=NOW)
    assert told(pledge) == []
    publish(draft, focal_point, moderator)
    assert told(pledge) == [("lead", "named")]
    assert desk(client, other_owner) == [("Lead", "Named, has not confirmed", True, True)]


def test_who_asks_for_what_a_correction_says_learns_nothing_of_it(
    pledge: Pledge, other_organization: Organization, focal_point: User, other_owner: User
) -> None:
    write(pledge, focal_point, Party("lead", organization=other_organization.key))
    party = ask_to_join(
        pledge, organization=other_organization, role="funder", actor=person(other_owner), now=NOW
    )
    assert party.state == "asked"
    decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    assert told(pledge) == [("funder", "confirmed")]


@pytest.mark.long
def test_a_confirmed_party_confirms_another_role_anew(
    client: Client,
    pledge: Pledge,
    other_organization: Organization,
    focal_point: User,
    other_owner: User,
    moderator: User,
) -> None:
    key = other_organization.key
    publish(write(pledge, focal_point, Party("partner", organization=key)), focal_point, moderator)
    party, actor = PledgeParty.objects.get(), person(other_owner)
    decide_party(party, is_accepted=True, actor=actor, now=NOW)
    draft = write(pledge, focal_point, Party("funder", organization=key))
    assert desk(client, other_owner) == [("Partner", "Confirmed", False, True)]
    decide_party(party, is_accepted=False, actor=actor, now=NOW)
    assert told(pledge) == []
    assert desk(client, other_owner) == [("Partner", "Declined", True, False)]
    client.post(f"/en/desk/parties/{party.key}/confirm/")
    assert told(pledge) == []
    draft.refresh_from_db()
    publish(draft, focal_point, moderator)
    assert told(pledge) == [("funder", "named")]
    decide_party(party, is_accepted=True, actor=actor, now=NOW)
    assert told(pledge) == [("funder", "confirmed")]


@pytest.mark.long
def test_a_role_that_was_changed_back_is_the_one_that_was_confirmed(
    pledge: Pledge, other_organization: Organization, focal_point: User, other_owner: User, moderator: User
) -> None:
    key = other_organization.key
    publish(write(pledge, focal_point, Party("partner", organization=key)), focal_point, moderator)
    decide_party(PledgeParty.objects.get(), is_accepted=True, actor=person(other_owner), now=NOW)
    write(pledge, focal_point, Party("funder", organization=key))
    assert PledgeParty.objects.get().state == "named"
    publish(write(pledge, focal_point, Party("partner", organization=key)), focal_point, moderator)
    assert told(pledge) == [("partner", "confirmed")]


def test_a_role_that_the_keeper_gives_an_asker_waits_for_the_asker(
    client: Client,
    pledge: Pledge,
    other_organization: Organization,
    focal_point: User,
    other_owner: User,
    moderator: User,
) -> None:
    party = ask_to_join(
        pledge, organization=other_organization, role="funder", actor=person(other_owner), now=NOW
    )
    draft = write(pledge, focal_point, Party("lead", organization=other_organization.key))
    assert desk(client, focal_point) == [("Funder", "Asks to be named", True, True)]
    decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    assert told(pledge) == [("funder", "confirmed")]
    publish(draft, focal_point, moderator)
    assert told(pledge) == [("lead", "named")]


@pytest.mark.long
def test_a_no_is_kept_while_the_party_is_dropped_and_named_again(
    client: Client,
    pledge: Pledge,
    other_organization: Organization,
    focal_point: User,
    other_owner: User,
    moderator: User,
) -> None:
    named = Party("partner", organization=other_organization.key)
    publish(write(pledge, focal_point, named), focal_point, moderator)
    party, actor = PledgeParty.objects.get(), person(other_owner)
    decide_party(party, is_accepted=False, actor=actor, now=NOW)
    publish(write(pledge, focal_point), focal_point, moderator)
    assert desk(client, other_owner) == []
    again = Party("lead", organization=other_organization.key)
    publish(write(pledge, focal_point, again), focal_point, moderator)
    assert told(pledge) == []
    decide_party(party, is_accepted=True, actor=actor, now=NOW)
    assert told(pledge) == [("lead", "confirmed")]


@pytest.mark.long
def test_a_party_that_only_a_correction_drops_still_answers_for_itself(
    pledge: Pledge, other_organization: Organization, focal_point: User, other_owner: User, moderator: User
) -> None:
    named = Party("partner", organization=other_organization.key)
    publish(write(pledge, focal_point, named), focal_point, moderator)
    write(pledge, focal_point)
    decide_party(PledgeParty.objects.get(), is_accepted=False, actor=person(other_owner), now=NOW)
    assert told(pledge) == []


def test_the_secretariat_decides_who_joins_pledges_of_listed_organizations(
    client: Client, other_organization: Organization, other_owner: User, editor: User, moderator: User
) -> None:
    pledge = make_pledge(make_organization(name="Listed", state="listed"), state="published")
    record = publish_pledge(pledge)
    client.force_login(other_owner)
    address = f"/en/desk/parties/ask/{record.public_id}/"
    assert "The secretariat has written this one down and decides." in client.get(address).text
    sent = {"organization": str(other_organization.key), "role": "partner"}
    page = client.post(address, sent, follow=True).text
    assert "Asked. The secretariat decides: it has written this pledge down." in page
    assert desk(client, moderator) == []
    assert desk(client, editor) == [("Partner", "Asks to be named", True, True)]
    party = PledgeParty.objects.get()
    with pytest.raises(NotAllowed):
        decide_party(party, is_accepted=True, actor=person(other_owner), now=NOW)
    assert client.post(f"/en/desk/parties/{party.key}/confirm/").status_code == 302
    assert told(pledge) == [("partner", "confirmed")]


def test_no_editor_lets_the_own_organization_in(other_organization: Organization, other_owner: User) -> None:
    pledge = make_pledge(make_organization(name="Listed", state="listed"), state="published")
    publish_pledge(pledge)
    both = make_user(Group.EDITOR, email="both@example.org")
    other_organization.memberships.create(user=both, role="editor", since=NOW)
    party = ask_to_join(
        pledge, organization=other_organization, role="partner", actor=person(other_owner), now=NOW
    )
    with pytest.raises(NotAllowed):
        decide_party(party, is_accepted=True, actor=person(both), now=NOW)
