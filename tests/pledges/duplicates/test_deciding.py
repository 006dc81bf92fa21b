"""A person decides about two pledges; merged is counted once; undone is as it was, in every table."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.rights.domain import erase_account
from portal.common.actors import person
from portal.common.errors import Gone, Incomplete, NotAllowed, WrongState
from portal.common.models import Event
from portal.matching.domain import publish_links
from portal.matching.models import HelpOffer
from portal.organizations.models import Organization
from portal.pledges import models
from portal.pledges.duplicate_models import ComparedPledge, PledgePair
from portal.pledges.duplicates import domain
from portal.pledges.duplicates.domain import Judging
from portal.pledges.duplicates.followers import followers
from portal.pledges.duplicates.scope import PARTS
from portal.pledges.models import Pledge, PledgeParty
from portal.pledges.queries import public_with
from portal.publication.enums import RecordKind, Relation
from portal.publication.models import Record
from portal.publication.queries import published, record_by_public_id, targets
from portal.reports.models import Report
from portal.submissions.domain import open_correction, publish, take_up_again, withdraw
from portal.submissions.models import Submission
from tests.factories import make_organization, make_report, make_user, publish_report
from tests.factories.followup import (
    make_assessment,
    make_observation,
    publish_assessment,
    publish_observation,
)
from tests.factories.pledge_pairs import all_tables, furnish, make_pair, make_public_pledge
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KINDS = ("same", "same_turned", "part_of", "related", "different")


@pytest.fixture
def judge(editor: User) -> Judging:
    return Judging(reason="Both name the same town.", actor=person(editor), now=NOW)


def alike(organization: Organization, other: Organization, **fields: object) -> tuple[Pledge, Pledge]:
    """Two public pledges with all that can stand on them."""
    partner = make_organization(name="Partner")
    one = furnish(make_public_pledge(organization, title="One", **fields), partner)
    return one, furnish(make_public_pledge(other, title="Other", **fields), partner, target=20)


def make_umbrella(pledge: Pledge) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(pledge_kind="umbrella")
    record = Record.objects.get(source_key=pledge.key)
    record.facts |= {"pledge_kind": "umbrella"}
    Record.objects.filter(pk=record.pk).update(facts=record.facts)


def decide(pair: PledgePair, kind: str, judge: Judging) -> PledgePair:
    if kind == "part_of":
        make_umbrella(pair.one)
        pair.one.refresh_from_db()
        return domain.call_part_of(pair, part=pair.other, judging=judge)
    if kind.startswith("same"):
        return domain.call_same(pair, survivor=pair.one if kind == "same" else pair.other, judging=judge)
    verbs: dict[str, Callable[..., PledgePair]] = {
        "related": domain.call_related,
        "different": domain.call_different,
    }
    return verbs[kind](pair, judging=judge)


def record_of(pledge: Pledge) -> Record:
    return Record.objects.get(kind=RecordKind.PLEDGE, source_key=pledge.key)


def test_same_moves_everything_to_the_one_that_stays(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = alike(organization, other_organization)
    number = other.external_id
    decide(make_pair(one, other), "same", judge)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state, other.external_id) == ("published", "merged", "")
    assert set(one.numbers.values_list("number", flat=True)) == {number, f"Q-{one.pk}", f"Q-{other.pk}"}
    parties = [(str(row), row.role, row.state) for row in one.parties.all()]
    assert sorted(parties) == [
        ("Group of One", "supporter", "named"),
        ("Group of Other", "supporter", "named"),
        ("Partner", "funder", "named"),
        (other_organization.name, "lead", "named"),
    ]
    assert sorted(one.goals.values_list("statement", flat=True)) == ["Goal of One", "Goal of Other"]
    assert set(one.links.values_list("target", flat=True)) == {f"chile-2024:{row.pk}" for row in (one, other)}
    assert [row.pledge_id for row in Report.objects.order_by("pk")] == [one.pk, one.pk]
    assert public_with(number).source_key == one.key


def test_who_wrote_the_merged_pledge_itself_is_a_confirmed_party(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(other_organization)
    decide(make_pair(one, other), "same", judge)
    (party,) = one.parties.all()
    assert (party.organization, party.state, party.is_from_source) == (other_organization, "confirmed", False)


@pytest.mark.long
def test_two_pledges_of_one_organization_give_it_no_party(organization: Organization, judge: Judging) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    decide(make_pair(one, other), "same", judge)
    assert not PledgeParty.objects.exists()


@pytest.mark.long
def test_a_goal_that_both_have_is_counted_once_and_reports_speak_of_it(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = alike(organization, other_organization)
    for pledge in (one, other):
        pledge.goals.update(target=10)
    kept, gone = one.goals.get(), other.goals.get()
    decide(make_pair(one, other), "same", judge)
    assert [goal.key for goal in one.goals.all()] == [kept.key]
    assert {key for report in Report.objects.all() for key in report.figures} == {str(kept.key)}
    assert gone.key != kept.key


@pytest.mark.long
def test_the_merged_number_leads_to_the_one_that_stays(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = alike(organization, other_organization)
    number, kept = record_of(other).public_id, record_of(one)
    decide(make_pair(one, other), "same", judge)
    with pytest.raises(Gone) as gone:
        record_by_public_id(number)
    assert gone.value.into == kept.public_id
    tombstone = record_of(other)
    assert (tombstone.title, tombstone.texts, tombstone.facts) == ("", {}, {})
    reports = published(RecordKind.REPORT)
    assert {report.facts["pledge"] for report in reports} == {kept.public_id}
    assert {target for report in reports for target in targets(report, Relation.REPORTS_ON)} == {str(one.key)}


@pytest.mark.long
def test_a_merge_of_what_stayed_leads_on(organization: Organization, judge: Judging) -> None:
    one, other, third = (make_public_pledge(organization) for _each in range(3))
    number = record_of(other).public_id
    decide(make_pair(one, other), "same", judge)
    decide(make_pair(one, third), "same_turned", judge)
    with pytest.raises(Gone) as gone:
        record_by_public_id(number)
    assert gone.value.into == record_of(third).public_id
    first = PledgePair.objects.get(one=one, other=other)
    with pytest.raises(WrongState):
        domain.undo(first, actor=judge.actor, now=NOW)


@pytest.mark.long
def test_what_stood_on_the_merged_umbrella_stands_on_the_other(
    organization: Organization, judge: Judging
) -> None:
    one, other = (make_public_pledge(organization, pledge_kind="umbrella") for _each in range(2))
    part = make_public_pledge(organization, part_of=other)
    before = all_tables()
    pair = make_pair(one, other)
    decide(pair, "same", judge)
    assert Pledge.objects.get(pk=part.pk).part_of == one
    assert targets(record_of(part), Relation.PART_OF) == [str(one.key)]
    domain.undo(pair, actor=judge.actor, now=NOW)
    pair.delete()
    assert all_tables() == before


@pytest.mark.long
def test_whoever_was_related_to_the_merged_one_is_related_to_the_other(
    organization: Organization, judge: Judging
) -> None:
    one, other, third = (make_public_pledge(organization) for _each in range(3))
    decide(make_pair(other, third), "related", judge)
    decide(make_pair(one, other), "same", judge)
    assert targets(record_of(third), Relation.RELATED) == [str(one.key)]
    assert targets(record_of(one), Relation.RELATED) == [str(third.key)]


@pytest.mark.long
def test_help_that_the_merged_pledge_was_given_is_given_to_the_other(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    helper = make_public_pledge(other_organization)
    given = HelpOffer.objects.create(
        need=other, offer=helper, state="accepted", offered_at=NOW, decided_at=NOW
    )
    publish_links(given, judge.actor, NOW)
    assert targets(record_of(helper), Relation.HELPS) == [str(other.key)]
    pair = make_pair(one, other)
    before = all_tables()
    decide(pair, "same", judge)
    assert targets(record_of(helper), Relation.HELPS) == [str(one.key)]
    assert targets(record_of(one), Relation.HELPED_BY) == [str(helper.key)]
    domain.undo(pair, actor=judge.actor, now=timezone.now())
    assert all_tables() == before


def test_an_assessment_of_the_merged_pledge_is_one_of_the_other(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    published_one = publish_assessment(make_assessment(other, other_organization))
    pair = make_pair(one, other)
    before = all_tables()
    decide(pair, "same", judge)
    moved = Record.objects.get(pk=published_one.pk)
    assert (moved.facts["pledge"], targets(moved, Relation.ASSESSES)) == (
        record_of(one).public_id,
        [str(one.key)],
    )
    assert record_of(one).facts["assessed"]
    domain.undo(pair, actor=judge.actor, now=timezone.now())
    assert all_tables() == before


@pytest.mark.long
def test_an_observation_of_the_merged_pledge_is_one_of_the_other(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    observation = make_observation(other_organization, record=record_of(other))
    seen = publish_observation(observation)
    pair = make_pair(one, other)
    before = all_tables()
    decide(pair, "same", judge)
    moved = Record.objects.get(pk=seen.pk)
    observation.refresh_from_db()
    assert (moved.state, moved.facts["subject"], targets(moved, Relation.OBSERVES), observation.record) == (
        "published",
        record_of(one).public_id,
        [str(one.key)],
        record_of(one),
    )
    domain.undo(pair, actor=judge.actor, now=timezone.now())
    assert all_tables() == before


@pytest.mark.long
def test_counted_once_in_every_list(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    one, other = alike(organization, other_organization)
    assert published(RecordKind.PLEDGE).count() == 2
    decide(make_pair(one, other), "same", judge)
    assert [row.source_key for row in published(RecordKind.PLEDGE)] == [one.key]
    assert published(RecordKind.REPORT).count() == 2


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", KINDS)
def test_undo_restores_every_table(
    organization: Organization, other_organization: Organization, judge: Judging, kind: str
) -> None:
    one, other = alike(organization, other_organization)
    pair = make_pair(one, other)
    if kind == "part_of":
        make_umbrella(one)
    before = all_tables()
    decide(pair, kind, judge)
    assert all_tables() != before
    domain.undo(pair, actor=judge.actor, now=timezone.now())
    after = all_tables()
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, *map(rarely, range(1, 6))])
def test_undoing_in_turn_restores_every_table(organization: Organization, judge: Judging, seed: int) -> None:
    """Any decisions about any pairs of five pledges, undone from the last to the first."""
    chance = random.Random(seed)
    partner = make_organization(name="Partner")
    pledges = [make_public_pledge(organization, title=f"Pledge {at}") for at in range(5)]
    for pledge in pledges[:3]:
        furnish(pledge, partner, target=10 * (pledge.pk % 2 + 1))
    pairs = [make_pair(one, other) for at, one in enumerate(pledges) for other in pledges[at + 1 :]]
    chance.shuffle(pairs)
    before, decided = [], []
    for pair in pairs:
        now = all_tables()
        pair.refresh_from_db()
        try:
            decide(pair, chance.choice(("same", "same_turned", "related", "different")), judge)
        except WrongState:
            assert all_tables() == now
            continue
        before.append(now)
        decided.append(pair)
    assert len(decided) >= 4
    for pair in reversed(decided):
        domain.undo(pair, actor=judge.actor, now=timezone.now())
        assert all_tables() == before.pop()


def test_what_was_reported_since_stays(
    organization: Organization, other_organization: Organization, moderator: User, judge: Judging
) -> None:
    one, other = alike(organization, other_organization)
    pair = make_pair(one, other)
    text, numbers = record_of(other).texts, set(other.numbers.values_list("number", flat=True))
    decide(pair, "same", judge)
    one.refresh_from_db()
    publish_report(make_report(one, reported_on=date(2026, 5, 1), stage="fulfilled"))
    domain.undo(pair, actor=judge.actor, now=timezone.now())
    one.refresh_from_db()
    assert (one.stage, one.reported_on) == ("fulfilled", date(2026, 5, 1))
    assert record_of(one).facts["last_report_on"] == "2026-05-01"
    assert record_of(one).facts["numbers"] == f"Q-{one.pk}"
    assert record_of(other).texts == text
    assert set(other.numbers.values_list("number", flat=True)) == numbers
    by_pledge = [(report.pledge_id, report.reported_on) for report in Report.objects.order_by("reported_on")]
    assert by_pledge[-1] == (one.pk, date(2026, 5, 1))
    assert sorted(pk for pk, _day in by_pledge) == [one.pk, one.pk, other.pk]
    for report in published(RecordKind.REPORT):
        row = Report.objects.get(key=report.source_key)
        assert row.pledge is not None
        assert report.facts["pledge"] == record_of(row.pledge).public_id


def test_what_stayed_and_was_withdrawn_since_stays_withdrawn(
    organization: Organization, focal_point: User, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    pair = make_pair(one, other)
    decide(pair, "same", judge)
    withdraw(one, actor=person(focal_point), now=NOW)
    with pytest.raises(Gone) as gone:
        record_by_public_id(record_of(other).public_id)
    assert gone.value.into == ""
    domain.undo(pair, actor=judge.actor, now=NOW)
    assert [row.source_key for row in published(RecordKind.PLEDGE)] == [other.key]


@pytest.mark.long
def test_nothing_is_merged_while_one_is_written_anew(
    organization: Organization, focal_point: User, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    pair = make_pair(one, other)
    open_correction(other, actor=person(focal_point), now=NOW)
    before = all_tables()
    for kind in ("same", "related"):
        with pytest.raises(WrongState):
            decide(pair, kind, judge)
    assert all_tables() == before
    assert decide(pair, "different", judge).decision == "different"


def test_what_is_merged_becomes_public_by_undoing_alone(
    organization: Organization, focal_point: User, moderator: User, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    decide(make_pair(one, other), "same", judge)
    with pytest.raises(WrongState):
        publish(other, actor=person(moderator), now=NOW)
    for verb in (open_correction, withdraw, take_up_again):
        with pytest.raises(WrongState):
            verb(other, actor=person(focal_point), now=NOW)
    assert Pledge.objects.get(pk=other.pk).state == "merged"


def test_nothing_is_undone_while_what_stayed_is_written_anew(
    organization: Organization, focal_point: User, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    pair = decide(make_pair(one, other), "same", judge)
    open_correction(one, actor=person(focal_point), now=NOW)
    with pytest.raises(WrongState):
        domain.undo(pair, actor=judge.actor, now=NOW)


def test_an_umbrella_is_not_the_same_as_a_part(organization: Organization, judge: Judging) -> None:
    pair = make_pair(
        make_public_pledge(organization, pledge_kind="umbrella"), make_public_pledge(organization)
    )
    with pytest.raises(Incomplete) as refused:
        decide(pair, "same", judge)
    assert [problem.field for problem in refused.value.problems] == ["keep"]


def test_only_an_umbrella_has_parts(organization: Organization, judge: Judging) -> None:
    pair = make_pair(make_public_pledge(organization), make_public_pledge(organization))
    with pytest.raises(Incomplete) as refused:
        domain.call_part_of(pair, part=pair.other, judging=judge)
    assert [problem.field for problem in refused.value.problems] == ["part"]


def test_a_pair_is_decided_once(organization: Organization, judge: Judging) -> None:
    pair = make_pair(make_public_pledge(organization), make_public_pledge(organization))
    decide(pair, "different", judge)
    with pytest.raises(WrongState):
        decide(pair, "related", judge)


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_but_editors_decides_or_undoes(
    organization: Organization, focal_point: User, moderator: User, judge: Judging, kind: str
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    pair = make_pair(one, other)
    for user in (focal_point, moderator):
        with pytest.raises(NotAllowed):
            decide(pair, kind, Judging(reason="", actor=person(user), now=NOW))
    decided = decide(pair, kind, judge)
    with pytest.raises(NotAllowed):
        domain.undo(decided, actor=person(focal_point), now=NOW)


@pytest.mark.long
def test_the_log_tells_who_decided_and_who_undid(
    organization: Organization, editor: User, judge: Judging
) -> None:
    one, other = make_public_pledge(organization), make_public_pledge(organization)
    pair = decide(make_pair(one, other), "same", judge)
    domain.undo(pair, actor=judge.actor, now=NOW)
    for pledge, beside in ((one, other), (other, one)):
        rows = Event.objects.filter(object_key=str(pledge.key), action__in=("judged", "undone"))
        assert list(rows.values_list("action", "user_id", "details")) == [
            (action, editor.pk, {"decision": "same", "other": str(beside.key)})
            for action in ("judged", "undone")
        ]
    states = Event.objects.filter(object_key=str(other.key), action__in=("merged", "unmerged"))
    assert list(states.values_list("action", "user_id")) == [("merged", editor.pk), ("unmerged", editor.pk)]


def _standing_on(model: Any) -> set[Any]:
    """Tables with a column that names a row of the model."""
    fields = model._meta.get_fields(include_hidden=True)
    return {field.related_model for field in fields if field.auto_created and not field.concrete}


def test_every_table_that_stands_on_pledges_goes_along() -> None:
    """A new one has to be told how it is merged: here, or as a follower."""
    following = {follower.rows([]).model for follower in followers()}
    on_records = {model for model in _standing_on(Record) if issubclass(model, Submission)}
    expected = {*PARTS, *following, Pledge, PledgePair, ComparedPledge}
    assert _standing_on(Pledge) | on_records == expected
    assert models.ImportedRow in PARTS


def test_undoing_brings_back_nobody_who_was_erased(
    organization: Organization, other_organization: Organization, judge: Judging
) -> None:
    """Not even with a party that came along and was removed since."""
    author = make_user()
    one, other = alike(organization, other_organization)
    party = PledgeParty.objects.create(
        pledge=other, organization=make_organization(), role="partner", state="confirmed", decided_by=author
    )
    pair = make_pair(one, other)
    decide(pair, "same", judge)
    assert PledgeParty.objects.filter(pk=party.pk, pledge=one).delete()[0] == 1
    erase_account(author, actor=person(author), now=NOW)
    pair.refresh_from_db()
    domain.undo(pair, actor=judge.actor, now=timezone.now())
    party.refresh_from_db()
    assert (party.pledge_id, party.decided_by_id) == (other.pk, None)
