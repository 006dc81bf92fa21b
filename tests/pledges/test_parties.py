"""Each party answers for itself; readers see whose word it is, and every pledge once."""

from datetime import date
from itertools import combinations, product

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.organizations.models import Organization
from portal.pledges.facts import Health, health, of_health
from portal.pledges.joining import ask_to_join, decide_party
from portal.pledges.models import Pledge, PledgeParty
from portal.publication.enums import RecordKind
from portal.publication.models import Record
from portal.publication.queries import published
from tests.factories import (
    make_organization,
    make_pledge,
    make_user,
    publish_organization,
    publish_pledge,
)
from tests.followup.told import scope

NOW = timezone.now()


def party_of(keeper: Organization, other: Organization, **fields: object) -> PledgeParty:
    publish_organization(other)
    pledge = make_pledge(keeper)
    party = PledgeParty.objects.create(pledge=pledge, organization=other, role="funder", **fields)
    publish_pledge(pledge)
    return party


def parties_told(client: Client, party: PledgeParty) -> list[str]:
    record = Record.objects.get(source_key=party.pledge.key)
    blocks = client.get(record.path("en")).context["blocks"]
    (rows,) = [block["context"]["rows"] for block in blocks if block["context"].get("anchor") == "parties"]
    return [row["note"] for row in rows]


@pytest.fixture
def other_owner(other_organization: Organization) -> User:
    owner = make_user(email="owner2@example.org", language="en")
    other_organization.memberships.create(user=owner, role="owner", since=NOW)
    return owner


def test_a_party_confirms_at_its_desk_and_declines_again(
    client: Client, organization: Organization, other_organization: Organization, other_owner: User
) -> None:
    party = party_of(organization, other_organization)
    assert parties_told(client, party)[1] == f"Funder, named by {organization.name}, not confirmed"
    client.force_login(other_owner)
    html = client.get("/en/desk/parties/").content.decode()
    assert (party.pledge.title in html, "Confirm" in html, "Decline" in html) == (True, True, True)
    Pledge.objects.update(title="Not read by anybody yet")
    assert client.post(f"/en/desk/parties/{party.key}/confirm/").url == "/en/desk/parties/"
    assert parties_told(client, party)[1] == "Funder, confirmed"
    asked = client.get(f"/en/desk/parties/{party.key}/decline/").content.decode()
    assert ("Decline that" in asked, "Not read by anybody yet" in asked) == (True, False)
    assert parties_told(client, party)[1] == "Funder, confirmed"
    told = client.post(f"/en/desk/parties/{party.key}/decline/", follow=True).content.decode()
    assert "Declined. Readers see nothing of this party." in told
    assert parties_told(client, party) == []
    record = Record.objects.get(source_key=party.pledge.key)
    assert (record.version, record.links.filter(relation="party").count()) == (3, 0)
    assert record.title != "Not read by anybody yet"


def test_nobody_else_answers_for_a_party(
    client: Client, organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    party = party_of(organization, other_organization)
    with pytest.raises(NotAllowed):
        decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    client.force_login(focal_point)
    assert client.post(f"/en/desk/parties/{party.key}/confirm/").status_code == 404
    assert PledgeParty.objects.get().state == "named"


def test_a_party_that_a_table_named_is_said_to_be_so(
    client: Client, organization: Organization, other_organization: Organization
) -> None:
    party = party_of(organization, other_organization, is_from_source=True)
    assert parties_told(client, party)[1] == "Funder, named by the source"


@pytest.mark.long
def test_who_types_a_known_number_is_led_to_the_pledge_and_joins_it(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    other_owner: User,
) -> None:
    known = make_pledge(organization, external_id="GRF-77777", title="Known")
    record = publish_pledge(known)
    publish_organization(other_organization)
    mine = make_pledge(other_organization, external_id="")
    client.force_login(other_owner)
    typed = {
        "revision": "1",
        "external_id": "grf 77777",
        "title": "Mine",
        "language": "es",
        "stage": "planning",
    }
    html = client.post(f"/en/desk/pledges/{mine.key}/pledge/", typed).content.decode()
    address = f"/en/desk/parties/ask/{record.public_id}/"
    assert ("Known" in html, address in html) == (True, True)
    sent = {"organization": str(other_organization.key), "role": "partner"}
    assert client.post(address, sent).url == "/en/desk/parties/"
    party = PledgeParty.objects.get()
    assert (party.state, party.pledge_id, parties_told(client, party)) == ("asked", known.pk, [])
    decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    assert parties_told(client, party) == ["keeps this pledge", "Partner, confirmed"]
    assert published(RecordKind.PLEDGE).count() == 1


def test_who_keeps_a_pledge_does_not_ask_to_join_it(organization: Organization, focal_point: User) -> None:
    pledge = make_pledge(organization)
    with pytest.raises(Incomplete):
        ask_to_join(pledge, organization=organization, role="partner", actor=person(focal_point), now=NOW)
    with pytest.raises(Incomplete):
        ask_to_join(pledge, organization=organization, role="boss", actor=person(focal_point), now=NOW)
    assert PledgeParty.objects.count() == 0


@pytest.mark.long
def test_a_joint_pledge_counts_once_in_every_list_figure_export_and_facet(
    client: Client, organization: Organization
) -> None:
    """Every way of choosing parties among three others, with every filter that could count a pledge twice."""
    others = [make_organization(name=f"Party {at}") for at in range(3)]
    for other in others:
        publish_organization(other)
    chosen = [group for size in range(4) for group in combinations(others, size)]
    for at, group in enumerate(chosen):
        pledge = make_pledge(
            organization,
            outcomes=("statelessness", "integration"),
            pledge_kind="joint",
            title=f"J{at}",
        )
        for other in group:
            pledge.parties.create(organization=other, role="partner")
        publish_pledge(pledge)
    number = {row.source_key: row.public_id for row in published(RecordKind.ORGANIZATION)}
    keeper, first = number[organization.key], number[others[0].key]
    expected = {
        "": len(chosen),
        f"party={keeper}": len(chosen),
        f"organization={keeper}": len(chosen),
        f"party={first}": sum(others[0] in group for group in chosen),
        f"organization={first}": 0,
        "pledge_kind=joint&country=MX": len(chosen),
    }
    for query, count in expected.items():
        listed = client.get(f"/en/pledges/?{query}").context["page"].paginator.count
        rows = client.get(f"/en/pledges/?{query}&format=json").json()
        told = client.get(f"/api/v1/pledges?{query}").json()["count"]
        assert (query, listed, len(rows), told) == (query, count, count, count)
    assert len(scope().rows) == len(chosen)


DAYS = [date(2025, 6, 15), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31)]


@pytest.mark.few(2)
@pytest.mark.parametrize("today", DAYS)
def test_the_filter_by_health_gives_what_the_badge_says(organization: Organization, today: date) -> None:
    """Around 12 and 24 months and the last day, for each stage."""
    first = publish_pledge(make_pledge(organization))
    year, month, day = today.year, today.month, today.day
    reported = ["", today.isoformat()]
    for back in (1, 2):
        days = range(max(day - 2, 1), min(day + 2, 28) + 1)
        reported += [f"{year - back}-{month:02d}-{at:02d}" for at in days]
    ends = ["", today.isoformat(), f"{year}-{month:02d}-{day - 1:02d}", f"{year + 1}-01-01"]
    copies = []
    for at, (last, end, stage) in enumerate(product(reported, ends, ("planning", "fulfilled"))):
        row = Record.objects.get(pk=first.pk)
        row.pk, row.source_key = None, f"00000000-0000-0000-0000-{at:012d}"
        row.facts = row.facts | {"last_report_on": last, "stage": stage} | ({"ends_on": end} if end else {})
        copies.append(row)
    Record.objects.bulk_create(copies)
    every = list(published(RecordKind.PLEDGE))
    for wanted in Health:
        matching = {row.pk for row in of_health(published(RecordKind.PLEDGE), wanted, today)}
        assert (wanted, matching) == (wanted, {row.pk for row in every if health(row, today) == wanted})


def test_the_secretariat_links_a_pledge_with_one_press(
    client: Client, organization: Organization, editor: User
) -> None:
    umbrella = make_pledge(organization, title="Umbrella", pledge_kind="umbrella", state="published")
    above = publish_pledge(umbrella)
    pledge = make_pledge(organization, title="Alone", state="published")
    record = publish_pledge(pledge)
    client.force_login(editor)
    html = client.get("/en/desk/unlinked-pledges/").content.decode()
    assert (html.count("Link to Umbrella"), f'href="{above.path("en")}"' in html) == (1, False)
    sent = {"relation": "part_of", "target": str(umbrella.key)}
    assert client.post(f"/en/desk/unlinked-pledges/{pledge.key}/link/", sent).status_code == 302
    assert [row.title for row in published(RecordKind.PLEDGE).filter(links__relation="part_of")] == ["Alone"]
    page = client.get(above.path("en")).content.decode()
    assert (f'href="{record.path("en")}"' in page, "Pledges that are part of it" in page) == (True, True)
    listed = client.get(f"/en/pledges/?part_of={above.public_id}").context["items"]
    assert [item.title for item in listed] == ["Alone"]


def test_nobody_else_links_pledges(client: Client, organization: Organization, focal_point: User) -> None:
    pledge = make_pledge(organization)
    client.force_login(focal_point)
    assert client.get("/en/desk/unlinked-pledges/").status_code == 404
    assert client.post(f"/en/desk/unlinked-pledges/{pledge.key}/link/").status_code == 404


@pytest.mark.few(1)
@pytest.mark.parametrize("state", ["suspended", "lapsed"])
def test_a_party_that_rests_confirms_nothing_and_may_say_no(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    other_owner: User,
    state: str,
) -> None:
    party = party_of(organization, other_organization)
    Organization.objects.filter(pk=other_organization.pk).update(state=state, reason="R")
    client.force_login(other_owner)
    assert "/confirm/" not in client.get("/en/desk/parties/").content.decode()
    told = client.post(f"/en/desk/parties/{party.key}/confirm/", follow=True).content.decode()
    assert "This has to wait: an organization is suspended or has lapsed." in told
    assert parties_told(client, party)[1] == f"Funder, named by {organization.name}, not confirmed"
    client.post(f"/en/desk/parties/{party.key}/decline/")
    assert parties_told(client, party) == []


def test_a_keeper_that_rests_lets_nobody_in(
    organization: Organization, other_organization: Organization, focal_point: User, other_owner: User
) -> None:
    publish_organization(other_organization)
    pledge = make_pledge(organization)
    publish_pledge(pledge)
    given = {"organization": other_organization, "role": "funder", "actor": person(other_owner)}
    party = ask_to_join(pledge, **given, now=NOW)  # type: ignore[arg-type]
    Organization.objects.filter(pk=organization.pk).update(state="suspended", reason="R")
    with pytest.raises(WrongState):
        decide_party(party, is_accepted=True, actor=person(focal_point), now=NOW)
    refused = decide_party(party, is_accepted=False, actor=person(focal_point), now=NOW)
    assert refused.state == "refused"
