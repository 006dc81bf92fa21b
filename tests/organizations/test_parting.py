"""Who merges and parts which organizations; parted, every table is as it was and what is newer stays."""

from dataclasses import replace

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.common.events import history, record
from portal.interventions.models import Intervention
from portal.organizations import changes, deciding
from portal.organizations.directory import Directory
from portal.organizations.domain import OrganizationFields
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.imports import import_organizations
from portal.organizations.merging import domain
from portal.organizations.merging.rules import takes_two, why_apart
from portal.organizations.models import Membership, Merge, Organization
from portal.organizations.projection import project
from portal.organizations.queries import waiting_change
from portal.organizations.states import STATES
from portal.publication.domain import publish
from portal.publication.models import Record
from portal.publication.queries import as_published, record_by_public_id
from portal.submissions.models import SubmittedVersion
from portal.submissions.types import submission_type
from tests.factories import make_listed, make_organization, make_user
from tests.factories.merging import REASON, Twins, furnish, furnish_people, make_twins, record_of
from tests.factories.organizations import add_member
from tests.factories.pledge_pairs import all_tables
from tests.factories.records import make_intervention, publish_intervention
from tests.thinning import rarely

pytestmark = pytest.mark.django_db
NOW = timezone.now()
# What tells that it was done, and the mails about it.
TOLD = {"organizations_merge", "work_storedmail"}
S = OrganizationState


@pytest.fixture
def twins(db: None) -> Twins:
    return make_twins()


def propose(twins: Twins, by: User | None = None, reason: str = REASON) -> Merge:
    actor = person(by or twins.moderator)
    return domain.propose(twins.gone, twins.kept, reason=reason, actor=actor, now=NOW)


def say(organization: Organization, title: str = "We say") -> Intervention:
    """Published in row and ledger."""
    values = {"state": "published", "decided_at": NOW, "submitted_at": NOW}
    row = make_intervention(organization, title=title, **values)  # type: ignore[arg-type]
    publish_intervention(row)
    return row


def author_of(row: Intervention) -> str:
    record = Record.objects.select_related("organization").get(source_key=row.key)
    return record.organization.title if record.organization else ""


def test_merged_and_parted_every_table_is_as_it_was(twins: Twins) -> None:
    furnish(twins)
    before = all_tables()
    merge = twins.merge()
    assert all_tables() != before
    twins.part(merge)
    after = all_tables()
    assert [name for name in before if before[name] != after[name] and name not in TOLD] == []
    merge.refresh_from_db()
    assert (merge.state, merge.left, merge.journal) == ("parted", {}, [])


@pytest.mark.long
def test_no_query_for_a_row_but_those_of_publishing() -> None:
    numbers = []
    for number in (1, 3):
        twins = make_twins()
        rows = [say(twins.gone, f"Text {at}") for at in range(number)]
        merge = propose(twins)
        with CaptureQueriesContext(connection) as asked:
            domain.confirm(merge, actor=person(twins.second), now=NOW)
        numbers.append(len(asked))
    again = replace(as_published(record_of(rows[0])), organization_key=twins.other.key)
    with CaptureQueriesContext(connection) as alone:
        publish(again, actor=person(twins.moderator), now=NOW)
    assert numbers[1] - numbers[0] == 2 * len(alone)


def test_two_verified_ones_take_two_people(twins: Twins) -> None:
    merge = propose(twins)
    assert (merge.state, Organization.objects.get(pk=twins.gone.pk).state) == ("proposed", "verified")
    with pytest.raises(NotAllowed):
        domain.confirm(merge, actor=person(twins.moderator), now=NOW)
    with pytest.raises(WrongState):
        propose(twins, by=twins.second)
    assert domain.confirm(merge, actor=person(twins.second), now=NOW).state == "merged"
    with pytest.raises(WrongState):
        domain.confirm(merge, actor=person(twins.second), now=NOW)


def test_one_person_is_enough_for_what_was_listed(twins: Twins) -> None:
    listed = make_listed(name="Red CLAMOR Belize")
    merge = domain.propose(listed, twins.kept, reason=REASON, actor=person(twins.moderator), now=NOW)
    assert (merge.state, merge.names) == ("merged", ["Red CLAMOR Belize"])


def test_one_at_risk_takes_two_and_stays_at_risk(twins: Twins) -> None:
    listed = make_listed(name="Listed")
    Organization.objects.filter(pk=listed.pk).update(is_at_risk=True, risk_reason="Threats.")
    listed.refresh_from_db()
    merge = domain.propose(listed, twins.kept, reason=REASON, actor=person(twins.moderator), now=NOW)
    assert merge.state == "proposed"
    merge = domain.confirm(merge, actor=person(twins.second), now=NOW)
    kept = Organization.objects.get(pk=twins.kept.pk)
    assert (kept.is_at_risk, kept.risk_reason) == (True, "Threats.")
    twins.part(merge)
    kept.refresh_from_db()
    assert (kept.is_at_risk, kept.risk_reason) == (False, "")


PAIRS = {
    (S.LISTED, S.LISTED): 1,
    (S.LISTED, S.VERIFIED): 1,
    (S.LISTED, S.LAPSED): 1,
    (S.VERIFIED, S.VERIFIED): 2,
    (S.VERIFIED, S.LAPSED): 2,
    (S.LAPSED, S.VERIFIED): 2,
    (S.LAPSED, S.LAPSED): 2,
    **{(waiting, S.VERIFIED): 2 for waiting in (S.SUBMITTED, S.INFO_REQUESTED, S.DECLINED)},
    **{(waiting, S.LAPSED): 2 for waiting in (S.SUBMITTED, S.INFO_REQUESTED, S.DECLINED)},
    **{
        (one, other): 1
        for one in (S.SUBMITTED, S.INFO_REQUESTED, S.DECLINED)
        for other in (S.SUBMITTED, S.INFO_REQUESTED, S.DECLINED)
    },
}


def test_which_states_go_into_which() -> None:
    """A pair that is not in the table stays two."""
    told = {}
    for merged in STATES:
        for kept in STATES:
            pair = (Organization(pk=1, state=merged.code), Organization(pk=2, state=kept.code))
            if why_apart(*pair) is None:
                told[(merged.code, kept.code)] = 2 if takes_two(*pair) else 1
    assert told == {(str(one), str(other)): number for (one, other), number in PAIRS.items()}


@pytest.mark.parametrize("who", ["member", "former", "mark", "editor", *map(rarely, ("protection", "owner"))])
def test_nobody_merges_or_parts_what_is_not_theirs_to_judge(twins: Twins, who: str) -> None:
    groups = {"editor": Group.EDITOR, "owner": None, "protection": Group.PROTECTION}
    group = groups.get(who, Group.MODERATOR)
    user = make_user(*([group] if group else []))
    if who in ("member", "owner"):
        add_member(twins.kept, user, Role.OWNER if who == "owner" else Role.VIEWER)
    if who == "former":
        _log("member_left", twins.gone, user)
    if who == "mark":
        user = make_user(Group.MODERATOR, Group.PROTECTION)
        _log("unmarked_at_risk", twins.gone, user)
    with pytest.raises(NotAllowed):
        propose(twins, by=user)
    waiting = propose(twins)
    for verb in (domain.confirm, domain.decline):
        with pytest.raises(NotAllowed):
            verb(waiting, actor=person(user), now=NOW)
    merge = domain.confirm(waiting, actor=person(twins.second), now=NOW)
    with pytest.raises(NotAllowed):
        domain.part(merge, reason="x", actor=person(user), now=NOW)


def _log(action: str, organization: Organization, user: User) -> None:
    details: dict[str, object] = {"user": user.pk}
    record(action, kind="organization", key=organization.key, actor=person(user), now=NOW, details=details)


def test_without_a_reason_nothing_happens(twins: Twins) -> None:
    with pytest.raises(Incomplete) as refused:
        propose(twins, reason="  ")
    assert [problem.field for problem in refused.value.problems] == ["reason"]
    merge = twins.merge()
    with pytest.raises(Incomplete):
        domain.part(merge, reason="", actor=person(twins.second), now=NOW)
    assert not Merge.objects.filter(state="parted").exists()


def test_declined_they_stay_two_and_may_be_proposed_again(twins: Twins) -> None:
    before = all_tables()
    merge = domain.decline(propose(twins), actor=person(twins.moderator), now=NOW)
    after = all_tables()
    assert [name for name in before if before[name] != after[name]] == ["organizations_merge"]
    with pytest.raises(WrongState):
        domain.confirm(merge, actor=person(twins.second), now=NOW)
    assert propose(twins).state == "proposed"


def test_it_is_proposed_for_one_other_at_a_time(twins: Twins) -> None:
    propose(twins)
    with pytest.raises(WrongState):
        propose(replace(twins, kept=twins.other))
    assert Merge.objects.count() == 1


def test_what_was_suspended_since_is_not_merged(twins: Twins) -> None:
    merge = propose(twins)
    Organization.objects.filter(pk=twins.gone.pk).update(state="suspended", reason="Why")
    with pytest.raises(WrongState):
        domain.confirm(merge, actor=person(twins.second), now=NOW)
    assert Merge.objects.get().state == "proposed"


@pytest.mark.long
def test_both_are_told_by_mail_and_in_the_log(twins: Twins) -> None:
    merge = twins.merge()
    twins.part(merge)
    sent = [(message.subject, sorted(message.to)) for message in mail.outbox]
    owners = [[row.user.email] for row in Membership.objects.order_by("pk")[:2]]
    assert [to for _subject, to in sent] == owners * 2
    assert not any("CLAMOR" in subject for subject, _to in sent)
    assert all("Red Clamor" in message.body and REASON not in message.body for message in mail.outbox)
    for row in (twins.gone, twins.kept):
        actions = history("organization", row.key).values_list("action", flat=True)
        assert [each for each in actions if each.startswith(("merge", "part"))] == [
            "merge_proposed",
            "merged",
            "parted",
        ]


def test_receipts_of_what_moved_stay_good(twins: Twins) -> None:
    row = make_intervention(twins.gone, state="submitted")  # type: ignore[arg-type]
    before = SubmittedVersion.objects.values().get(submission_key=row.key)
    twins.merge()
    assert SubmittedVersion.objects.values().get(submission_key=row.key) == before
    row.refresh_from_db()
    of = submission_type("intervention")
    assert (row.organization, of.sent(row, of.related(row))["organization"]) == (
        twins.kept,
        str(twins.kept.key),
    )


def test_what_was_written_since_stays_and_what_changed_goes_back_as_it_is_now(twins: Twins) -> None:
    old = say(twins.gone)
    merge = twins.merge()
    new = say(Organization.objects.get(pk=twins.kept.pk), "Since")
    Intervention.objects.filter(pk=old.pk).update(title="Said better")
    old.refresh_from_db()
    publish(submission_type("intervention").project(old), actor=person(twins.second), now=NOW)
    twins.part(merge)
    assert (author_of(old), author_of(new)) == ("Red Clamor", "Red CLAMOR")
    assert record_of(old).title == "Said better"


@pytest.mark.long
def test_what_was_removed_since_is_told(twins: Twins) -> None:
    furnish_people(twins)
    merge = twins.merge()
    Membership.objects.filter(user__name="Writer").delete()
    User.objects.filter(name="In both").delete()
    twins.part(merge)
    merge.refresh_from_db()
    assert merge.left == {"organizations.membership": 2}
    members = Membership.objects.filter(organization=twins.gone).values_list("user__name", flat=True)
    assert list(members) == ["Owner of Red Clamor"]


@pytest.mark.long
def test_its_number_and_names_are_its_own_again(twins: Twins) -> None:
    before = record_of(twins.gone)
    merge = twins.merge()
    kept = Organization.objects.get(pk=twins.kept.pk)
    kept.aliases = [*kept.aliases, "Name of today"]
    kept.save()
    publish(project(kept), actor=person(twins.second), now=NOW)
    twins.part(merge)
    record = record_by_public_id(before.public_id)
    assert (record.title, record.facts, record.version) == (before.title, before.facts, before.version)
    assert Organization.objects.get(pk=kept.pk).aliases == ["Name of today"]
    assert record_of(kept).facts["aliases"] == "Name of today"


@pytest.mark.long
def test_a_later_merge_is_parted_first(twins: Twins) -> None:
    first = twins.merge()
    second = replace(twins, gone=twins.kept, kept=twins.other)
    later = second.merge()
    number = record_of(twins.gone).public_id
    with pytest.raises(Exception) as gone:
        record_by_public_id(number)
    assert gone.value.into == record_of(twins.other).public_id  # type: ignore[attr-defined]
    with pytest.raises(WrongState):
        twins.part(first)
    second.part(later)
    twins.part(first)
    assert {*Organization.objects.values_list("state", flat=True)} == {"verified"}


@pytest.mark.long
def test_a_table_that_names_the_old_name_finds_the_one_that_stays(twins: Twins) -> None:
    gone, kept = make_listed(name="Ministry of Old"), make_listed(name="Ministry of New")
    actor = person(twins.moderator)
    domain.propose(gone, kept, reason=REASON, actor=actor, now=NOW)
    assert [row.pk for row in Directory().named("Ministry of Old")] == [kept.pk]
    table = b"name,type,country,language\nMinistry of Old,state,BZ,en\n"
    report = import_organizations(table, actor=actor, now=NOW)
    assert (report.created, report.rejected) == (0, 0)
    assert Organization.objects.filter(state="listed").count() == 1


def test_an_appeal_ends_with_the_one_that_is_merged(twins: Twins) -> None:
    gone = make_organization(state=S.DECLINED, owner=make_user(), reason="No papers.", ground="other")
    appeal = gone.appeals.create(language="es", text="Look", declined_at=NOW, submitted_at=NOW)
    merge = replace(twins, gone=gone).merge()
    appeal.refresh_from_db()
    assert (appeal.state, appeal.organization) == ("withdrawn", gone)
    twins.part(merge)
    appeal.refresh_from_db()
    assert appeal.state == "submitted"


@pytest.mark.long
def test_names_in_languages_and_years_come_along_and_no_change_waits() -> None:
    twins = make_twins(names={"en": "Clamor Network"}, alias_years={"Clamor de la red": ["1998", "2010"]})
    change = twins.gone.changes.create(language="es", profile={"place": "Puebla"}, submitted_at=NOW)
    merge = twins.merge()
    kept = Organization.objects.get(pk=twins.kept.pk)
    assert kept.dated_aliases == ["Clamor de la red (1998–2010)", "Clamor Network", "CLAMOR"]
    change.refresh_from_db()
    assert (change.state, change.organization, kept.is_changed) == ("withdrawn", twins.gone, False)
    twins.part(merge)
    kept.refresh_from_db()
    change.refresh_from_db()
    assert (change.state, kept.aliases, kept.alias_years, kept.is_changed) == ("submitted", [], {}, False)


@pytest.mark.long
def test_waiting_ones_become_one_without_the_ledger(twins: Twins) -> None:
    one, other = (
        make_organization(name=f"Twice {at}", state=S.SUBMITTED, owner=make_user()) for at in range(2)
    )
    merge = domain.propose(one, other, reason=REASON, actor=person(twins.moderator), now=NOW)
    assert (merge.state, other.memberships.count()) == ("merged", 2)
    assert not Record.objects.filter(source_key__in=[one.key, other.key]).exists()
    twins.part(merge)
    assert Organization.objects.get(pk=one.pk).state == "submitted"


@pytest.mark.long
def test_names_stay_when_a_change_that_waited_is_accepted(twins: Twins) -> None:
    kept, member = twins.kept, person(twins.kept.memberships.get(role="owner").user)
    said = {name: value for name, value in kept.profile.items() if name != "logo_text"}
    wanted = OrganizationFields(**said | {"aliases": ["Its own wish"]})
    changes.change_profile(kept, fields=wanted, actor=member, now=timezone.now())
    merge = twins.merge()
    change = waiting_change(kept)
    assert change is not None
    assert change.profile["aliases"] == ["Its own wish", "Clamor de la red", "CLAMOR"]
    twins.part(merge)
    change.refresh_from_db()
    assert change.profile["aliases"] == ["Its own wish"]
    twins.merge()
    change.refresh_from_db()
    deciding.accept_change(change, actor=person(make_user(Group.MODERATOR)), now=timezone.now())
    assert Organization.objects.get(pk=kept.pk).aliases == ["Its own wish", "Clamor de la red", "CLAMOR"]
