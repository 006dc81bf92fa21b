"""Changes to what was submitted before are given up: the text is again what it was, and where it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from portal.accounts.models import User
from portal.attachments.drafts import Attaching
from portal.common.actors import Actor, person
from portal.common.digests import digest_of
from portal.common.errors import NotAllowed, WrongState
from portal.common.events import history as log_of
from portal.consultations.models import ConsultationPage
from portal.files.sweeping import left_over
from portal.joint import domain as joint
from portal.joint.models import Signature
from portal.organizations.models import Organization
from portal.pledges.drafts import PledgeFields
from portal.pledges.enums import PartyState
from portal.pledges.joining import decide_party
from portal.pledges.models import Pledge
from portal.pledges.parts import Goal, Party, Place
from portal.practices.drafts import PracticeFields
from portal.publication.models import Record
from portal.reports.drafts import ReportFields
from portal.submissions import domain, history
from portal.submissions.history import Said
from portal.submissions.models import KeptText, Submission
from portal.submissions.queries import newest_version, versions_of
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories import make_pledge, make_practice, make_report, publish_organization, publish_pledge
from tests.factories.attachments import attach
from tests.factories.joint import ask, invite, make_signatories, owner_of, sign, signature
from tests.factories.pages import ConsultationTree
from tests.files.builders import picture
from tests.submissions.kinds import KINDS, Kind

NOW = timezone.now()
CHANGED = "Changed and then given up"


@pytest.fixture
def waiting(
    kind: Kind, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> Submission:
    """Complete and submitted."""
    draft = kind.make(organization, consultation_pages)
    domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    return fresh(draft)


@pytest.fixture
def public(waiting: Submission, moderator: User) -> Submission:
    publish_organization(waiting.organization)
    domain.publish(waiting, actor=person(moderator), now=NOW)
    return fresh(waiting)


def fresh(row: Any) -> Any:
    return type(row)._default_manager.select_related("organization").get(pk=row.pk)


def changed(kind: Kind, row: Submission, by: User) -> Submission:
    """Saved as the desk saves it, in the step that has the title."""
    fields = kind.fields(title=CHANGED, marks=["gender"])
    step = next(step for step in kind.of.steps if "title" in step.form(None, draft=row).fields)
    form = step.form(None, draft=row)
    said = Said(step=step.name, values_of=form.values_of, before=form.initial, seen=row.revision)
    saved = domain.save_draft(row, fields=fields, revision=row.revision, actor=person(by), now=NOW, said=said)
    return fresh(saved)


def submitted_again(kind: Kind, row: Submission, by: User) -> Submission:
    row = changed(kind, row, by)
    if kind.name == "pledge":
        row = domain.save_draft(
            row, fields=PledgeFields(change_reason="Why"), revision=row.revision, actor=person(by), now=NOW
        )
    domain.submit(row, submit_key=row.submit_key, actor=person(by), now=NOW)
    return fresh(row)


def says_what_was_sent(row: Submission, number: int = -1) -> bool:
    """Whether the row says letter by letter what one of its versions says."""
    of = submission_type(row.kind)
    return digest_of(of.sent(row, of.related(row))) == list(versions_of(row))[number].digest


def kept(row: Submission) -> list[str]:
    return list(KeptText.objects.filter(submission_key=row.key).values_list("state", flat=True))


def test_a_correction_of_what_is_public_is_given_up(
    kind: Kind, public: Submission, focal_point: User
) -> None:
    actor, record = person(focal_point), Record.objects.get(source_key=public.key)
    row = changed(kind, domain.open_correction(public, actor=actor, now=NOW), focal_point)
    assert (kept(row), says_what_was_sent(row)) == (["published"], False)
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert (row.state, row.title, row.marks, row.reason) == ("published", public.title, public.marks, "")
    assert (says_what_was_sent(row), kept(row)) == (True, [])
    assert row.submit_key != public.submit_key
    assert Record.objects.get(source_key=public.key).version == record.version
    assert log_of(row.kind, row.key).last().action == "given_up"  # type: ignore[union-attr]


def test_what_was_changed_stays_in_the_history_and_can_be_restored(
    kind: Kind, public: Submission, focal_point: User
) -> None:
    actor = person(focal_point)
    row = changed(kind, domain.open_correction(public, actor=actor, now=NOW), focal_point)
    row = domain.give_up(row, actor=actor, now=NOW)
    last: dict[str, Any] = {}
    for text in history.texts_of(row.kind, row.key):
        last.setdefault(text.step, []).append(history.values_in(text).get("title"))
    assert [titles[-2:] for titles in last.values() if any(titles)] == [[CHANGED, public.title]]


def test_what_was_taken_back_waits_again_with_its_receipt_also_after_its_deadline(
    kind: Kind, waiting: Submission, focal_point: User
) -> None:
    actor, receipt = person(focal_point), newest_version(waiting)
    row = changed(kind, domain.recall(waiting, actor=actor, now=NOW), focal_point)
    ConsultationPage.objects.update(deadline=NOW - timedelta(days=1))
    assert [each.is_shut for each in kind.of.deadlines_of(row, NOW)] == [True] * (kind.name != "pledge")
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert (row.state, row.submitted_at, newest_version(row)) == ("submitted", waiting.submitted_at, receipt)
    assert (says_what_was_sent(row), versions_of(row).count(), kept(row)) == (True, 1, [])


def test_one_way_back_lies_behind_the_other(
    kind: Kind, public: Submission, focal_point: User, moderator: User
) -> None:
    """A correction that was submitted, taken back and changed once more; and one that was returned."""
    actor, record = person(focal_point), Record.objects.get(source_key=public.key)
    row = submitted_again(kind, domain.open_correction(public, actor=actor, now=NOW), focal_point)
    assert kept(row) == ["published"]
    row = domain.recall(row, actor=actor, now=NOW)
    row = domain.save_draft(
        row, fields=kind.fields(title="Third"), revision=row.revision, actor=actor, now=NOW
    )
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert (row.state, row.title, says_what_was_sent(row)) == ("submitted", CHANGED, True)
    domain.return_to_author(row, reason="Not so.", actor=person(moderator), now=NOW)
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert (row.state, row.title, row.reason) == ("published", public.title, "")
    assert (says_what_was_sent(row, 0), kept(row)) == (True, [])
    again = domain.correct(row, actor=person(moderator), now=NOW)
    assert (again.title, again.texts, again.facts) == (record.title, record.texts, record.facts)
    assert again.version == record.version


def test_what_was_taken_up_again_is_withdrawn_again(
    kind: Kind, public: Submission, focal_point: User
) -> None:
    actor = person(focal_point)
    domain.withdraw(public, actor=actor, now=NOW)
    row = changed(kind, domain.take_up_again(public, actor=actor, now=NOW), focal_point)
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert (row.state, row.title, kept(row)) == ("withdrawn", public.title, [])


def test_there_is_nothing_to_go_back_to(
    kind: Kind,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    """A draft that was never submitted, what was returned, and what was published or withdrawn since."""
    actor = person(focal_point)
    rows = [
        kind.make(organization, consultation_pages, state) for state in ("draft", "submitted", "submitted")
    ]
    domain.return_to_author(rows[1], reason="Not so.", actor=person(moderator), now=NOW)
    row = submitted_again(kind, domain.recall(rows[2], actor=actor, now=NOW), focal_point)
    assert kept(row) == []
    domain.withdraw(domain.recall(row, actor=actor, now=NOW), actor=actor, now=NOW)
    assert kept(row) == []
    for each in rows:
        with pytest.raises(WrongState):
            domain.give_up(each, actor=actor, now=NOW)


WHO = {
    "owner": {"published", "submitted", "withdrawn"},
    "signatory": {"published", "submitted", "withdrawn"},
    "member editor": {"published"},
}


def test_who_gives_up(
    public: Submission,
    kind: Kind,
    organization: Organization,
    focal_point: User,
    signatory: User,
    member_editor: User,
    viewer_member: User,
    other_org_member: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    """What is public who writes; all other who submits; nobody from outside, though it says what leaks."""
    speaks = person(focal_point)
    rows = {
        "published": domain.open_correction(public, actor=speaks, now=NOW),
        **{
            state: verb(kind.make(organization, consultation_pages, state), actor=speaks, now=NOW)
            for state, verb in (("submitted", domain.recall), ("withdrawn", domain.take_up_again))
        },
    }
    people = {
        "owner": focal_point,
        "signatory": signatory,
        "member editor": member_editor,
        "viewer": viewer_member,
        "other organization": other_org_member,
        "moderator": moderator,
    }
    told = {
        name: {state for state, row in rows.items() if may_give_up(row, person(user))}
        for name, user in people.items()
    }
    assert told == {name: WHO.get(name, set()) for name in people}


def may_give_up(row: Submission, actor: Actor) -> bool:
    try:
        with transaction.atomic():
            domain.give_up(row, actor=actor, now=NOW)
            transaction.set_rollback(True)
    except NotAllowed:
        return False
    return True


def test_its_page_says_what_is_lost_and_what_stays(
    kind: Kind, client: Client, public: Submission, focal_point: User, viewer_member: User
) -> None:
    actor = person(focal_point)
    row = changed(kind, domain.open_correction(public, actor=actor, now=NOW), focal_point)
    desk = f"/en/desk/{kind.of.path}/{row.key}/"
    client.force_login(viewer_member)
    assert "give-up" not in client.get(desk).text
    assert client.get(f"{desk}give-up/").url == desk  # type: ignore[attr-defined]
    client.force_login(focal_point)
    assert f'href="{desk}give-up/"' in client.get(desk).text
    html = client.get(f"{desk}give-up/").text
    said = (
        "is again what readers see now",
        "stands in the history alone",
        "Files are no part of the history",
    )
    assert [
        words for words in (*said, escape(f"Give up the changes to “{CHANGED}”?")) if words not in html
    ] == []
    assert "They stay in the history" in client.post(f"{desk}give-up/", follow=True).text
    assert fresh(row).state == "published"
    assert "no longer possible" in client.post(f"{desk}give-up/", follow=True).text


def test_signatures_count_again_and_their_organizations_are_told(
    organization: Organization, focal_point: User
) -> None:
    first, second, third = make_signatories(3)
    draft, actor = invite(make_practice(organization), first, second), person(focal_point)
    ask(draft)
    sign(draft, first, second)
    domain.submit(fresh(draft), submit_key=fresh(draft).submit_key, actor=actor, now=NOW)
    row = domain.recall(draft, actor=actor, now=NOW)
    fields = KINDS["practice"].fields(title=CHANGED)
    row = fresh(domain.save_draft(row, fields=fields, revision=row.revision, actor=actor, now=NOW))
    invite(row, second, third)
    ask(fresh(row))
    domain.move_for_signing(fresh(row), to=SubmissionState.CORRECTING, actor=actor, now=NOW)
    mail.outbox.clear()
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    signed = Signature.objects.filter(statement__submission_key=row.key, state="signed")
    assert {each.organization for each in signed} == {first, second}
    assert (signed.count(), Signature.objects.count(), says_what_was_sent(row)) == (2, 2, True)
    assert [message.subject for message in mail.outbox] == [
        *["Your signature counts again: the text is as you signed it"] * 2,
        "You are not asked to sign any more: the text is given up",
    ]
    assert all("has given up its changes" in message.body for message in mail.outbox)
    assert mail.outbox[2].to == [owner_of(third).email]


@pytest.mark.parametrize("state", ["declined", "taken_back"])
def test_who_has_said_no_meanwhile_does_not_sign_again(
    organization: Organization, focal_point: User, moderator: User, state: str
) -> None:
    first, second = make_signatories(2)
    draft, actor = invite(make_practice(organization), first, second), person(focal_point)
    ask(draft)
    sign(draft, first, second)
    publish_organization(organization)
    domain.submit(fresh(draft), submit_key=fresh(draft).submit_key, actor=actor, now=NOW)
    row = domain.recall(draft, actor=actor, now=NOW)
    fields = KINDS["practice"].fields(title=CHANGED)
    ask(fresh(domain.save_draft(row, fields=fields, revision=row.revision, actor=actor, now=NOW)))
    word, by = "Nothing of it.", person(owner_of(second))
    if state == "declined":
        joint.decline(signature(row, second), word=word, actor=by, now=NOW)
    else:
        sign(row, second)
        joint.take_back(signature(row, second), actor=by, now=NOW)
    domain.move_for_signing(fresh(row), to=SubmissionState.CORRECTING, actor=actor, now=NOW)
    mail.outbox.clear()
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    theirs = signature(row, second)
    assert (theirs.state, theirs.word) == (state, word if state == "declined" else "")
    assert [message.to for message in mail.outbox] == [[owner_of(first).email]]
    domain.publish(row, actor=person(moderator), now=NOW)
    signed = Record.objects.get(source_key=row.key).facts["signatories"].split()
    assert signed == [Record.objects.get(source_key=first.key).public_id]


def test_files_that_were_left_out_are_there_again_and_new_ones_go(
    organization: Organization, focal_point: User
) -> None:
    practice, actor = make_practice(organization), person(focal_point)
    first = attach(practice, picture("PNG"), "map.png", focal_point, title="Map")
    domain.submit(practice, submit_key=practice.submit_key, actor=actor, now=NOW)
    row = domain.recall(practice, actor=actor, now=NOW)
    attach(row, picture("JPEG"), "new.jpg", focal_point, title="New")
    left = PracticeFields(attachments=Attaching(words={}, dropped=(first.file.key,)))
    domain.save_draft(row, fields=left, revision=row.revision, actor=actor, now=NOW)
    assert [each.title for each in row.attachments.all()] == ["New"]
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert [(each.title, each.file) for each in row.attachments.all()] == [("Map", first.file)]
    assert says_what_was_sent(row)


def test_a_file_that_was_never_submitted_is_there_again_however_long_one_waits(
    organization: Organization, focal_point: User, moderator: User
) -> None:
    practice, actor = make_practice(organization), person(focal_point)
    domain.submit(practice, submit_key=practice.submit_key, actor=actor, now=NOW)
    row = domain.return_to_author(practice, reason="A map.", actor=person(moderator), now=NOW)
    file = attach(row, picture("PNG"), "map.png", focal_point).file
    domain.withdraw(row, actor=actor, now=NOW)
    row = domain.take_up_again(row, actor=actor, now=NOW)
    left = PracticeFields(attachments=Attaching(words={}, dropped=(file.key,)))
    domain.save_draft(row, fields=left, revision=row.revision, actor=actor, now=NOW)
    assert (row.attachments.count(), left_over(NOW + timedelta(days=9))) == (0, [])
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert [each.file for each in row.attachments.all()] == [file]


def test_a_report_goes_back_to_what_waited(organization: Organization, focal_point: User) -> None:
    pledge = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(pledge)
    report, actor = make_report(pledge), person(focal_point)
    domain.submit(report, submit_key=report.submit_key, actor=actor, now=NOW)
    row = domain.recall(report, actor=actor, now=NOW)
    fields = ReportFields(text=CHANGED, day="2025-04-01", stage="fulfilled", figures={"a": "1"})
    domain.save_draft(row, fields=fields, revision=row.revision, actor=actor, now=NOW)
    row = fresh(domain.give_up(row, actor=actor, now=NOW))
    assert (row.state, row.text, says_what_was_sent(row)) == ("submitted", report.text, True)


def test_a_pledge_goes_back_with_all_its_rows_and_what_others_said_stays(
    organization: Organization,
    other_organization: Organization,
    focal_point: User,
    other_org_member: User,
    moderator: User,
) -> None:
    for each in (organization, other_organization):
        publish_organization(each)
    author = person(focal_point)
    pledge = make_pledge(organization, title="Joint")
    first = PledgeFields(
        places=(Place("MX", "transit"),),
        parties=(
            Party(role="funder", organization=other_organization.key, name=other_organization.name),
            Party(role="host", name="Town of the Two Rivers", is_from_source=True),
        ),
        goals=(Goal(statement="First"), Goal(statement="Second")),
        actions=("chile-2024:1.1",),
    )
    pledge = domain.save_draft(pledge, fields=first, revision=1, actor=author, now=NOW)
    domain.submit(pledge, submit_key=pledge.submit_key, actor=author, now=NOW)
    domain.publish(pledge, actor=person(moderator), now=NOW)
    row = fresh(domain.open_correction(pledge, actor=author, now=NOW))
    party = row.parties.get(organization=other_organization)
    decide_party(party, is_accepted=True, actor=person(other_org_member), now=NOW)
    other = PledgeFields(
        title=CHANGED,
        places=(),
        parties=(Party(role="host", name="Another town"),),
        goals=(Goal(statement="Third"),),
        actions=(),
    )
    row = domain.save_draft(row, fields=other, revision=row.revision, actor=author, now=NOW)
    row = fresh(domain.give_up(row, actor=author, now=NOW))
    assert says_what_was_sent(row)
    assert [goal.statement for goal in row.goals.all()] == ["First", "Second"]
    named = row.parties.filter(is_named=True).order_by("role")
    assert [(each.role, each.state, each.is_from_source) for each in named] == [
        ("funder", PartyState.CONFIRMED, False),
        ("host", PartyState.NAMED, True),
    ]
    assert [link.target for link in row.links.all()] == ["chile-2024:1.1"]


def test_a_number_that_another_pledge_bears_by_now_keeps_it(
    organization: Organization, other_organization: Organization, focal_point: User
) -> None:
    author = person(focal_point)
    pledge = make_pledge(organization, state=SubmissionState.SUBMITTED, external_id="GRF-7")
    row = domain.recall(pledge, actor=author, now=NOW)
    make_pledge(other_organization, state=SubmissionState.SUBMITTED, external_id="GRF-7")
    with pytest.raises(WrongState):
        domain.give_up(row, actor=author, now=NOW)
    assert (Pledge.objects.get(pk=row.pk).state, kept(row)) == ("correcting", ["submitted"])


def test_it_says_that_a_deadline_has_passed_before_a_text_is_taken_up_or_back(
    client: Client, organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    """What could not be submitted again is not taken back: its own page says so in place of the button."""
    told, instead = "as it stands you could not submit it again", "You cannot take it back or replace it now."
    client.force_login(focal_point)
    kind = KINDS["practice"]
    ways = {"take-up": "withdrawn", "correct": "published", "recall": "submitted"}
    rows = {way: kind.make(organization, consultation_pages, state) for way, state in ways.items()}
    pages = [f"/en/desk/practices/{row.key}/{way}/" for way, row in rows.items()]
    assert [told in client.get(page).text for page in pages] == [False] * 3
    ConsultationPage.objects.update(deadline=NOW - timedelta(days=1))
    texts = [client.get(page, follow=True).text for page in pages]
    assert [(told in text, instead in text) for text in texts] == [(True, False), *[(False, True)] * 2]
    assert [way for way in ways if f"/{way}/" in texts[1] + texts[2]] == []
