"""The correction of a public pledge as a moderator reads it: old and new side by side, only what changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.organizations.models import Organization
from portal.pledges.drafts import Frame, PledgeFields
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal, Party, Place
from portal.pledges.public_facts import changes_in
from portal.pledges.queries import linked
from portal.submissions import domain
from portal.submissions.states import SubmissionState
from tests.factories import make_pledge, publish_organization
from tests.thinning import rarely

NOW = timezone.now()
FRAME = Frame(starts_on=date(2024, 1, 1), ends_on=date(2026, 12, 31), contributions=("policy",))
GOALS = (
    Goal(statement="First decision", baseline=Decimal(410), target=Decimal(180), unit="days"),
    Goal(statement="Offices opened", target=Decimal(6), unit="offices"),
)


@pytest.fixture
def pledge(
    organization: Organization, other_organization: Organization, focal_point: User, moderator: User
) -> Pledge:
    """Public, with two parties of which one has declined since."""
    publish_organization(other_organization)
    row = make_pledge(organization, title="Faster decisions")
    parties = (
        Party(role="funder", organization=other_organization.key),
        Party(role="host", name="Two Rivers"),
    )
    fields = PledgeFields(frame=FRAME, goals=GOALS, parties=parties, places=(Place("GT", "origin"),))
    row = domain.save_draft(row, fields=fields, revision=1, actor=person(focal_point), now=NOW)
    domain.submit(row, submit_key=row.submit_key, actor=person(focal_point), now=NOW)
    domain.publish(row, actor=person(moderator), now=NOW)
    row.refresh_from_db()
    return row


def correct(pledge: Pledge, author: User, **fields: object) -> Pledge:
    """Written and submitted."""
    actor = person(author)
    draft = domain.open_correction(pledge, actor=actor, now=NOW)
    draft = domain.save_draft(
        draft, fields=PledgeFields(**fields), revision=draft.revision, actor=actor, now=NOW
    )
    domain.submit(draft, submit_key=draft.submit_key, actor=actor, now=NOW)
    draft.refresh_from_db()
    return draft


def rows(client: Client, moderator: User, pledge: Pledge) -> list[tuple[str, str, str, bool]]:
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/pledge/{pledge.key}/")
    assert page.status_code == 200
    return [
        (str(row.label), str(row.old), str(row.new), row.weighs) for row in page.context["dossier"].corrected
    ]


def test_only_what_changes_stands_side_by_side_and_what_weighs_first(
    client: Client, pledge: Pledge, focal_point: User, moderator: User
) -> None:
    first, second = linked(pledge.pk).goals
    changed = Goal(
        statement="First decision", key=first.key, baseline=Decimal(410), target=Decimal(200), unit="days"
    )
    kept = Goal(
        statement="Offices opened", key=second.key, target=Decimal(6), unit="offices", means="The register"
    )
    frame = Frame(starts_on=FRAME.starts_on, ends_on=date(2027, 6, 30), contributions=("policy", "technical"))
    waiting = correct(
        pledge,
        focal_point,
        goals=(changed, kept, Goal(statement="Clerks trained")),
        frame=frame,
        change_reason="Two offices closed.",
    )
    assert rows(client, moderator, waiting) == [
        ("Last day", "31 December 2026", "30 June 2027", True),
        ("Target: First decision", "180 days", "200 days", True),
        ("Why it is changed", "", "Two offices closed.", False),
        ("How one can see it: Offices opened", "", "The register", False),
        ("New goal", "", "Clerks trained", False),
        ("What the parties bring", "Laws and policies", "Laws and policies · Expertise", False),
    ]
    html = client.get(f"/en/desk/moderation/pledge/{waiting.key}/").text
    assert html.count("Target, baseline or date</span>") == 2
    assert "What changed since it was submitted before" not in html
    record = domain.publish(waiting, actor=person(moderator), now=NOW)
    public = client.get(record.path("en")).text
    told = ("What was changed, and why", "Two offices closed.", "180 days", "200 days", "30 June 2027")
    assert [text for text in told if text not in public] == []
    assert rows(client, moderator, waiting) == []


@pytest.mark.long
def test_a_goal_that_is_dropped_weighs_and_a_title_does_not(
    client: Client, pledge: Pledge, focal_point: User, moderator: User
) -> None:
    (first, _second) = linked(pledge.pk).goals
    fields = {"goals": (first,), "description": "Another text.", "change_reason": "No office."}
    waiting = correct(pledge, focal_point, **fields)
    assert rows(client, moderator, waiting) == [
        ("Goal that was dropped", "Offices opened", "", True),
        ("Why it is changed", "", "No office.", False),
        (
            "Description",
            "A procedure with the right to stay while the claim is decided.",
            "Another text.",
            False,
        ),
    ]


@pytest.mark.long
def test_what_parties_said_meanwhile_is_no_change(
    client: Client, pledge: Pledge, focal_point: User, moderator: User
) -> None:
    pledge.parties.filter(name="").update(state="declined")
    domain.correct(pledge, actor=person(moderator), now=NOW)
    waiting = correct(pledge, focal_point, country="GT")
    assert rows(client, moderator, waiting) == [("Country", "Mexico", "Guatemala", False)]


@pytest.mark.few(2)
@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "correcting", "withdrawn"])
def test_nothing_stands_side_by_side_without_something_public_or_submitted(
    client: Client, organization: Organization, pledge: Pledge, moderator: User, state: str
) -> None:
    """`submitted` is a pledge that was never public."""
    row = make_pledge(organization, state=SubmissionState(state)) if state == "submitted" else pledge
    if row is pledge:
        Pledge.objects.filter(pk=pledge.pk).update(state=state, title="zqunsent", reason="Say more.")
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/pledge/{row.key}/")
    assert (page.status_code == 404, "zqunsent" in page.text) == (state == "draft", False)
    if page.status_code == 200:
        assert page.context["dossier"].corrected == ()


def test_every_correction_asks_for_its_own_reason(pledge: Pledge, focal_point: User, moderator: User) -> None:
    reason = {"frame": Frame(starts_on=FRAME.starts_on), "change_reason": "Later."}
    waiting = correct(pledge, focal_point, **reason)
    domain.publish(waiting, actor=person(moderator), now=NOW)
    again = domain.open_correction(waiting, actor=person(focal_point), now=NOW)
    assert again.change_reason == ""


@pytest.mark.long
def test_changes_are_told_over_a_withdrawal_too(pledge: Pledge, focal_point: User, moderator: User) -> None:
    """Neither does the list of changes get shorter, nor does a change go without a reason."""
    first = correct(pledge, focal_point, frame=Frame(starts_on=FRAME.starts_on), change_reason="Later.")
    record = domain.publish(first, actor=person(moderator), now=NOW)
    before = changes_in(record.facts)
    domain.withdraw(first, actor=person(focal_point), now=NOW)
    draft = domain.take_up_again(first, actor=person(focal_point), now=NOW)
    assert draft.change_reason == ""
    fewer = tuple(replace(goal, target=Decimal(5)) for goal in linked(pledge.pk).goals)
    saved = {"revision": draft.revision, "actor": person(focal_point), "now": NOW}
    draft = domain.save_draft(draft, fields=PledgeFields(goals=fewer), **saved)
    with pytest.raises(Incomplete) as caught:
        domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["change_reason"]
    saved["revision"] = draft.revision
    draft = domain.save_draft(draft, fields=PledgeFields(change_reason="Typed wrong."), **saved)
    domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    after = changes_in(domain.publish(draft, actor=person(moderator), now=NOW).facts)
    assert after[: len(before)] == before
    told = [(row["what"], row["new"], row["reason"]) for row in after[len(before) :]]
    assert told == [("target", "5 days", "Typed wrong."), ("target", "5 offices", "Typed wrong.")]


@pytest.mark.parametrize("number", [rarely(1), 6])
def test_the_page_takes_as_many_queries_with_many_changes(
    client: Client,
    pledge: Pledge,
    focal_point: User,
    moderator: User,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    goals = (*linked(pledge.pk).goals, *(Goal(statement=f"Goal {at}") for at in range(number)))
    waiting = correct(pledge, focal_point, goals=goals)
    client.force_login(moderator)
    with django_assert_num_queries(QUERIES):
        client.get(f"/en/desk/moderation/pledge/{waiting.key}/")


QUERIES = 40


def test_who_writes_a_correction_reads_before_it_is_submitted_what_it_changes(
    client: Client, pledge: Pledge, focal_point: User, moderator: User
) -> None:
    first, second = linked(pledge.pk).goals
    actor = person(focal_point)
    draft = domain.open_correction(pledge, actor=actor, now=NOW)
    goals = (replace(first, target=Decimal(950)), second)
    fields = PledgeFields(goals=goals, change_reason="Two offices closed.")
    domain.save_draft(draft, fields=fields, revision=draft.revision, actor=actor, now=NOW)
    client.force_login(focal_point)
    page = client.get(f"/en/desk/pledges/{pledge.key}/check/")
    told = [(str(row.label), str(row.old), str(row.new)) for row in page.context["corrected"]]
    assert told == [
        ("Target: First decision", "180 days", "950 days"),
        ("Why it is changed", "", "Two offices closed."),
    ]
    assert "What the correction changes" in page.content.decode()
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/pledge/{pledge.key}/")
    assert (page.context["dossier"].corrected, "950" in page.content.decode()) == ((), False)
