"""Parties, goals, places, money and links of a pledge: stored, published once, read by everyone."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.organizations.models import Organization
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal, Party, Place
from portal.pledges.queries import linked
from portal.publication.models import Record
from portal.submissions import domain
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, publish_organization, publish_pledge
from tests.thinning import rarely

NOW = timezone.now()
GOAL = Goal(
    statement="First decision within half a year",
    baseline=Decimal(410),
    baseline_year=2023,
    target=Decimal(180),
    unit="days",
    due_on=date(2026, 12, 31),
    means="Register of the council",
    disaggregations=("sex", "age"),
)


def rich(organization: Organization, other: Organization, actor: User) -> Pledge:
    """A joint pledge with everything that there can be."""
    pledge = make_pledge(organization, title="Joint")
    fields = PledgeFields(
        frame=Frame(
            pledge_kind="joint",
            contributions=("financial", "policy"),
            starts_on=date(2024, 1, 1),
            ends_on=date(2026, 12, 31),
            amount=Decimal("1500000.50"),
            currency="BRL",
            numbers=("MPS-3",),
        ),
        places=(Place("MX", "transit"), Place("GT", "origin")),
        parties=(
            Party(role="funder", organization=other.key, name=other.name),
            Party(role="host", name="Town of the Two Rivers"),
        ),
        goals=(GOAL,),
    )
    return domain.save_draft(pledge, fields=fields, revision=1, actor=person(actor), now=NOW)


def test_everything_is_stored_and_read_back_in_one_query(
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    django_assert_num_queries: object,
) -> None:
    pledge = Pledge.objects.get(pk=rich(organization, other_organization, focal_point).pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        related = linked(pledge.pk)
    assert (pledge.amount, pledge.currency, pledge.ends_on) == (
        Decimal("1500000.50"),
        "BRL",
        date(2026, 12, 31),
    )
    assert related.places == (Place("MX", "transit"), Place("GT", "origin"))
    assert related.numbers == ("MPS-3",)
    assert [(party.organization, party.name, party.role) for party in related.parties] == [
        (other_organization.key, other_organization.name, "funder"),
        (None, "Town of the Two Rivers", "host"),
    ]
    (goal,) = related.goals
    assert (goal.baseline, goal.target, goal.unit, goal.due_on, goal.disaggregations) == (
        Decimal(410),
        Decimal(180),
        "days",
        date(2026, 12, 31),
        ("sex", "age"),
    )


def test_a_goal_keeps_its_key_and_a_party_its_answer_when_saved_again(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    pledge = rich(organization, other_organization, focal_point)
    pledge.parties.filter(organization=other_organization).update(state="declined")
    (goal,) = linked(pledge.pk).goals
    fields = PledgeFields(
        goals=(Goal(statement="Changed", key=goal.key),),
        parties=(Party(role="partner", organization=other_organization.key),),
    )
    domain.save_draft(pledge, fields=fields, revision=2, actor=person(focal_point), now=NOW)
    related = linked(pledge.pk)
    assert [(row.key, row.statement, row.target) for row in related.goals] == [(goal.key, "Changed", None)]
    assert [(row.role, row.state) for row in related.parties] == [("partner", "declined")]


@pytest.mark.parametrize(
    ("fields", "reported"),
    [
        (PledgeFields(frame=Frame(starts_on=date(2025, 1, 2), ends_on=date(2025, 1, 1))), {"ends_on"}),
        (PledgeFields(frame=Frame(amount=Decimal(5))), {"currency"}),
        (PledgeFields(frame=Frame(amount=Decimal(-5), currency="USD")), {"amount"}),
        (PledgeFields(places=(Place("ZZ", "transit"), Place("MX", ""))), {"country", "role"}),
        (PledgeFields(parties=(Party(role="boss", name="x" * 201),)), {"name", "role"}),
        (PledgeFields(goals=(Goal(statement="", target=Decimal(5)),)), {"statement", "unit"}),
        (PledgeFields(goals=(Goal(statement="All", target=Decimal(101), unit="%"),)), {"target"}),
    ],
)
def test_what_contradicts_itself_is_refused_by_field(
    organization: Organization, focal_point: User, fields: PledgeFields, reported: set[str]
) -> None:
    pledge = make_pledge(organization)
    with pytest.raises(Incomplete) as caught:
        domain.save_draft(pledge, fields=fields, revision=1, actor=person(focal_point), now=NOW)
    assert {problem.field for problem in caught.value.problems} == reported


def test_a_number_belongs_to_one_pledge_of_the_whole_portal(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    others = make_pledge(other_organization, external_id="GRF-77777", state="submitted")
    others.numbers.create(number="MPS-3")
    pledge = make_pledge(organization, external_id="GRF-1")
    for number in ("grf 77777", "mps3"):
        with pytest.raises(Incomplete):
            domain.save_draft(
                pledge,
                fields=PledgeFields(external_id=number),
                revision=1,
                actor=person(focal_point),
                now=NOW,
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(pk=pledge.pk).update(external_id="GRF-77777", state="submitted")


def test_a_joint_pledge_is_public_once_with_all_its_parts(
    client: Client, organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    pledge = rich(organization, other_organization, focal_point)
    publish_organization(other_organization)
    record = publish_pledge(pledge)
    html = client.get(record.path("en")).content.decode()
    told = [
        "Joint pledge",
        "1,500,000.5 BRL",
        "Funder, named by",
        "Town of the Two Rivers",
        "First decision within half a year",
        "410 days in 2023",
        "180 days",
        "Register of the council",
        "Mexico (Transit)",
        "It does not say which action of the plan it carries out.",
    ]
    assert [text for text in told if text not in html] == []
    numbers = [Record.objects.get(source_key=row.key).public_id for row in (organization, other_organization)]
    listed = [
        [item.title for item in client.get(f"/en/pledges/?{query}").context["items"]]
        for query in (
            f"party={numbers[0]}",
            f"party={numbers[1]}",
            "pledge_kind=joint",
            "pledge_kind=individual",
        )
    ]
    assert listed == [["Joint"], ["Joint"], ["Joint"], []]
    page = client.get(f"/en/organizations/{numbers[1]}/").content.decode()
    assert ("Pledges of others it is a party of" in page, "Funder, named by" in page) == (True, True)
    row = json.loads(client.get(f"/api/v1/pledges/{record.public_id}").content)
    assert [(party["organization"], party["role"], party["state"]) for party in row["parties"]] == [
        (numbers[1], "funder", "named"),
        ("", "host", "named"),
    ]
    assert (row["goals"][0]["target"], row["amount"], row["currency"]) == ("180", "1500000.5", "BRL")


def test_who_declined_is_no_party_to_readers(
    client: Client, organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    pledge = rich(organization, other_organization, focal_point)
    publish_organization(other_organization)
    pledge.parties.filter(organization=other_organization).update(state="declined")
    record = publish_pledge(pledge)
    assert other_organization.name not in client.get(record.path("en")).content.decode()
    assert not record.links.filter(relation="party").exists()


@pytest.mark.parametrize("number", [rarely(1), 8])
def test_page_takes_as_many_queries_with_many_parts(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    django_assert_num_queries: object,
    number: int,
) -> None:
    pledge = rich(organization, other_organization, focal_point)
    publish_organization(other_organization)
    for at in range(1, number):
        pledge.parties.create(name=f"Party {at}", role="partner")
        pledge.goals.create(statement=f"Goal {at}", position=at)
        pledge.places.create(country=("BR", "CL", "CO", "CR", "EC", "HN", "PA")[at - 1], role="origin")
    record = publish_pledge(pledge)
    client.get(record.path("en"))
    with django_assert_num_queries(10):  # type: ignore[operator]
        client.get(record.path("en"))


@pytest.mark.long
def test_a_correction_stays_at_the_desk_until_it_is_published_and_tells_what_changed(
    client: Client,
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    moderator: User,
) -> None:
    pledge = rich(organization, other_organization, focal_point)
    publish_organization(organization)
    Pledge.objects.update(state=SubmissionState.SUBMITTED, submitted_at=NOW)
    record = domain.publish(pledge, actor=person(moderator), now=NOW)
    author = person(focal_point)
    draft = domain.open_correction(pledge, actor=author, now=NOW)
    (goal,) = linked(pledge.pk).goals
    changed = Goal(statement=goal.statement, key=goal.key, target=Decimal(200), unit="days")
    fields = PledgeFields(goals=(changed,), title="Joint, corrected")
    draft = domain.save_draft(draft, fields=fields, revision=draft.revision, actor=author, now=NOW)
    assert "Joint, corrected" not in client.get(record.path("en")).content.decode()
    with pytest.raises(Incomplete) as caught:
        domain.submit(draft, submit_key=draft.submit_key, actor=author, now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["change_reason"]
    fields = PledgeFields(change_reason="Two offices closed.")
    draft = domain.save_draft(draft, fields=fields, revision=draft.revision, actor=author, now=NOW)
    domain.submit(draft, submit_key=draft.submit_key, actor=author, now=NOW)
    record = domain.publish(draft, actor=person(moderator), now=NOW)
    html = client.get(record.path("en")).content.decode()
    told = ["Joint, corrected", "What was changed, and why", "Two offices closed.", "180 days", "200 days"]
    assert [text for text in told if text not in html] == []
    assert record.version == 2


def test_a_withdrawn_pledge_is_taken_up_again_with_its_numbers(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    publish_organization(organization)
    pledge = make_pledge(organization, state=SubmissionState.SUBMITTED, external_id="GRF-5")
    number = domain.publish(pledge, actor=person(moderator), now=NOW).public_id
    author = person(focal_point)
    domain.withdraw(pledge, actor=author, now=NOW)
    draft = domain.take_up_again(pledge, actor=author, now=NOW)
    domain.submit(draft, submit_key=draft.submit_key, actor=author, now=NOW)
    record = domain.publish(draft, actor=person(moderator), now=NOW)
    assert (record.public_id, record.is_published, record.facts["external_id"]) == (number, True, "GRF-5")
