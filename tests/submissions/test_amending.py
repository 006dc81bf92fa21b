"""What is public is amended by two: who may, what follows, what lapses, and what nobody reads meanwhile."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.interventions.models import Intervention
from portal.moderation import leaving_out
from portal.moderation.domain import decide
from portal.moderation.models import Decision
from portal.moderation.queries import queue
from portal.organizations.enums import Role
from portal.organizations.models import Organization
from portal.organizations.protecting import protect
from portal.publication import domain as ledger
from portal.publication.models import Record, RecordVersion
from portal.submissions import domain as submissions
from portal.submissions.amending import domain
from portal.submissions.amending.duties import cards
from portal.submissions.amending.lapsing import forget_changes
from portal.submissions.amending_enums import CHANGES_FOR, Part
from portal.submissions.contents import withholds
from portal.submissions.models import Amendment, Cut, SavedText, SubmittedVersion
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories import (
    make_intervention,
    make_practice,
    make_user,
    publish_intervention,
    publish_practice,
)
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.locks import locked_tables
from tests.work.conftest import do_all

NOW = timezone.now()
REASON = "The river is called Suchiate."
SECRET = "Zqcanario"
TITLE = "Zqtitle of the Suchiate"


@pytest.fixture
def first(moderator: User) -> Actor:
    return person(moderator)


@pytest.fixture
def second(db: None) -> Actor:
    return person(make_user(Group.MODERATOR, email="second@example.org", name="Second", language="en"))


@pytest.fixture
def speaker(focal_point: User) -> Actor:
    return person(focal_point)


@pytest.fixture
def text(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Intervention:
    row = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        author=focal_point,
        questions=consultation_pages.questions[:1],
        recommendations=["One.", "Two."],
        country="MX",
    )
    publish_intervention(row)
    return row


def propose(
    text: Any, actor: Actor, changes: dict[str, Any], part: Part = Part.TEXT, **given: Any
) -> Amendment:
    said = {"reason": REASON, "language": "en"} | given
    return domain.propose(text, part=part, changes=changes, actor=actor, now=NOW, **said)


def record_of(text: Any) -> Record:
    return Record.objects.get(kind=text.kind, source_key=text.key)


def test_nothing_changes_until_the_organization_accepts_and_receipts_stay(
    text: Intervention, first: Actor, speaker: Actor
) -> None:
    sent = SubmittedVersion.objects.get(submission_key=text.key)
    before = (record_of(text).title, record_of(text).version)
    amendment = propose(text, first, {"title": TITLE, "recommendations": ["One.", "Three."]})
    text.refresh_from_db()
    assert (record_of(text).title, record_of(text).version, text.title) == (*before, before[0])
    domain.accept(amendment, actor=speaker, now=NOW)
    text.refresh_from_db()
    amendment.refresh_from_db()
    record, newest = record_of(text), SubmittedVersion.objects.get(submission_key=text.key, number=2)
    assert (record.title, record.version, record.texts["recommendations"]) == (TITLE, 2, ["One.", "Three."])
    assert list(record.versions.values_list("number", "amended")) == [
        (1, {}),
        (2, {"part": "text", "reason": REASON, "language": "en"}),
    ]
    assert (text.title, text.state, text.submitted_at) == (TITLE, "published", sent.submitted_at)
    assert SubmittedVersion.objects.get(pk=sent.pk).content == sent.content
    assert (TITLE in newest.content, newest.submitted_by_id) == (True, speaker.user_id)
    assert (amendment.state, amendment.changes, amendment.settled_by_id) == ("accepted", {}, speaker.user_id)
    saved = SavedText.objects.filter(submission_key=text.key, step="answer").values_list("way", "saved_by")
    assert list(saved) == [("before", None), ("saved", speaker.user_id)]


def test_good_practices_take_every_public_text(
    organization: Organization, focal_point: User, first: Actor, speaker: Actor
) -> None:
    row = make_practice(organization, state=SubmissionState.PUBLISHED, author=focal_point, country="MX")
    publish_practice(row)
    names = [name for name in submission_type("practice").amendable.texts if name != "title"]  # type: ignore[union-attr]
    changes: dict[str, Any] = {name: f"Zq{name.replace('_', ' ')}" for name in names}
    domain.accept(propose(row, first, changes), actor=speaker, now=NOW)
    assert record_of(row).texts == changes


def test_who_may_propose_and_who_may_accept(
    text: Intervention,
    organization: Organization,
    first: Actor,
    second: Actor,
    other_org_member: User,
    viewer_member: User,
    member_editor: User,
    editor: User,
    signatory: User,
) -> None:
    mixed = make_user(Group.MODERATOR, email="mixed@example.org")
    add_member(organization, mixed, Role.OWNER)
    for user in (other_org_member, viewer_member, editor, mixed, signatory):
        with pytest.raises(NotAllowed):
            propose(text, person(user), {"title": TITLE})
    amendment = propose(text, first, {"title": TITLE})
    for actor in (first, second, person(other_org_member), person(viewer_member), person(member_editor)):
        with pytest.raises(NotAllowed):
            domain.accept(amendment, actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            domain.refuse(amendment, reason="No", actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        domain.confirm(amendment, actor=second, now=NOW)
    with pytest.raises(NotAllowed):
        domain.take_back(amendment, actor=second, now=NOW)
    assert (record_of(text).version, Amendment.objects.get().state) == (1, "proposed")
    domain.accept(amendment, actor=person(signatory), now=NOW)
    assert record_of(text).title == TITLE


def test_who_proposed_it_and_came_to_belong_since_is_no_second_pair_of_eyes(
    text: Intervention, organization: Organization, moderator: User, first: Actor, speaker: Actor
) -> None:
    amendment = propose(text, first, {"title": TITLE})
    add_member(organization, moderator, Role.OWNER)
    with pytest.raises(NotAllowed):
        domain.accept(amendment, actor=first, now=NOW)
    with pytest.raises(WrongState):
        domain.accept(amendment, actor=speaker, now=NOW)
    assert record_of(text).version == 1


@pytest.mark.parametrize(
    ("changes", "reason", "fields"),
    [
        ({"title": TITLE}, "  ", ["reason"]),
        ({"recommendations": ["One.", "Two."]}, REASON, [""]),
        ({"title": " "}, REASON, ["title"]),
        ({"body": "Too short."}, REASON, ["body"]),
        ({"recommendations": ["1", "2", "3", "4"]}, REASON, ["recommendation_1"]),
    ],
)
def test_what_would_be_wrong_is_told_at_its_field(
    text: Intervention, first: Actor, changes: dict[str, Any], reason: str, fields: list[str]
) -> None:
    with pytest.raises(Incomplete) as refusal:
        propose(text, first, changes, reason=reason)
    assert [each.field for each in refusal.value.problems] == fields
    assert (Amendment.objects.exists(), list(text.answers.all()) != []) == (False, True)


def test_the_organization_refuses_with_a_reason_that_only_the_proposer_reads(
    text: Intervention, moderator: User, first: Actor, speaker: Actor
) -> None:
    amendment = propose(text, first, {"title": TITLE})
    with pytest.raises(Incomplete):
        domain.refuse(amendment, reason=" ", actor=speaker, now=NOW)
    domain.refuse(amendment, reason="We say Suchiate river.", actor=speaker, now=NOW)
    with pytest.raises(WrongState):
        domain.accept(amendment, actor=speaker, now=NOW)
    do_all("mail")
    told = [message for message in mail.outbox if message.to == [moderator.email]]
    assert ["We say Suchiate river." in message.body for message in told] == [True]
    assert record_of(text).version == 1


def test_one_open_proposal_a_text_which_its_proposer_takes_back(
    text: Intervention, first: Actor, second: Actor
) -> None:
    amendment = propose(text, first, {"title": TITLE})
    with pytest.raises(WrongState):
        propose(text, second, {"title": "Another"})
    domain.take_back(amendment, actor=first, now=NOW)
    assert propose(text, second, {"title": "Another"}).state == "proposed"


def test_members_are_told_by_mail_and_duty_and_nobody_else_is(
    text: Intervention, first: Actor, focal_point: User, other_org_member: User
) -> None:
    from portal.common.desk_duties import Asker

    propose(text, first, {"title": TITLE})
    do_all("mail")
    assert [(m.to, TITLE in m.body, REASON in m.body) for m in mail.outbox] == [
        ([focal_point.email], False, True)
    ]
    for user, number in ((focal_point, 1), (other_org_member, 0)):
        asker = Asker(person(user), "en", NOW, is_member=True)
        assert [card.number for card in cards(asker)] == [1] * number


def withdraw(text: Any, speaker: Actor, second: Actor) -> None:
    submissions.withdraw(text, actor=speaker, now=NOW)


def correct(text: Any, speaker: Actor, second: Actor) -> None:
    submissions.open_correction(text, actor=speaker, now=NOW)


def take_down(text: Any, speaker: Actor, second: Actor) -> None:
    decide("intervention", text.key, "taken_down", ground="danger", reason="R", actor=second, now=NOW)


def redact(text: Any, speaker: Actor, second: Actor) -> None:
    words = text.body.split()[0]
    said = {"field": "body", "words": words, "ground": "name", "reason": "R"}
    leaving_out.redact(submission_type("intervention"), text, **said, actor=second, now=NOW)


@pytest.mark.parametrize("happens", [withdraw, correct, take_down, redact])
def test_it_lapses_with_what_happens_to_its_text_and_its_proposer_is_told(
    text: Intervention,
    moderator: User,
    first: Actor,
    second: Actor,
    speaker: Actor,
    happens: Callable[[Any, Actor, Actor], None],
) -> None:
    amendment = propose(text, first, {"title": TITLE})
    happens(text, speaker, second)
    with pytest.raises(WrongState):
        domain.accept(amendment, actor=speaker, now=NOW)
    mail.outbox.clear()
    assert (domain.lapse_all(NOW), domain.lapse_all(NOW)) == (1, 0)
    do_all("mail")
    amendment.refresh_from_db()
    kept = {} if happens is redact else {"title": TITLE}
    assert (amendment.state, amendment.changes) == ("lapsed", kept)
    assert [m.subject for m in mail.outbox if m.to == [moderator.email]] != []
    assert not Record.objects.filter(title=TITLE).exists()


def test_what_is_left_out_stays_so_in_the_version_that_follows(
    text: Intervention, first: Actor, second: Actor, speaker: Actor
) -> None:
    redact(text, speaker, second)
    words = text.body.split()[0]
    with pytest.raises(Incomplete) as refusal:
        propose(text, first, {"body": text.body.replace(words, "Other")})
    assert [each.field for each in refusal.value.problems] == ["body"]
    domain.accept(propose(text, first, {"title": TITLE}), actor=speaker, now=NOW)
    record = record_of(text)
    assert (record.title, words in record.texts["body"]) == (TITLE, False)
    assert {*Cut.objects.values_list("version", flat=True)} == {1, 2}
    assert RecordVersion.objects.filter(record=record, content__icontains=words).exists() is False


def test_signed_texts_and_those_of_nobody_take_none(
    text: Intervention, organization: Organization, first: Actor
) -> None:
    version = SubmittedVersion.objects.get(submission_key=text.key)
    signed = version.content[:-1] + ',"signatories":[{"signature":"s","organization":"o"}]}'
    SubmittedVersion.objects.filter(pk=version.pk).update(content=signed)
    with pytest.raises(WrongState):
        propose(text, first, {"title": TITLE})
    SubmittedVersion.objects.filter(pk=version.pk).update(content=version.content)
    organization.memberships.update(role=Role.EDITOR)
    with pytest.raises(WrongState):
        propose(text, first, {"title": TITLE})
    filed = propose(text, first, {"language": "pt"}, Part.FILING)
    assert filed.state == "proposed"


def test_a_second_moderator_confirms_where_it_is_filed_and_the_author_is_told(
    text: Intervention,
    consultation_pages: ConsultationTree,
    focal_point: User,
    first: Actor,
    second: Actor,
    speaker: Actor,
) -> None:
    other = str(consultation_pages.questions[1])
    changes = {"language": "pt", "country": "GT", "places": [other]}
    amendment = propose(text, first, changes, Part.FILING)
    assert [row["of_kind"] for row in queue(second)] == ["amendment"]
    for actor in (first, speaker):
        with pytest.raises(NotAllowed):
            decide("amendment", amendment.key, "confirmed", actor=actor, now=NOW)
    assert mail.outbox == []
    decide("amendment", amendment.key, "confirmed", actor=second, now=NOW)
    do_all("mail")
    record, version = record_of(text), SubmittedVersion.objects.get(submission_key=text.key, number=2)
    assert (record.language, record.country) == ("pt", "GT")
    assert [*record.links.values_list("relation", "target")] == [("answers", other)]
    assert (version.submitted_by_id, version.is_to_tell) == (None, False)
    assert focal_point.email in [address for message in mail.outbox for address in message.to]
    assert list(queue(second)) == []


def test_a_text_is_locked_before_what_is_proposed_for_it(
    text: Intervention, first: Actor, second: Actor, speaker: Actor
) -> None:
    about, proposals = text._meta.db_table, Amendment._meta.db_table
    verbs: list[Callable[[], Any]] = [
        lambda: domain.accept(propose(text, first, {"title": TITLE}), actor=speaker, now=NOW),
        lambda: decide(
            "amendment",
            propose(text, first, {"country": "GT"}, Part.FILING).key,
            "confirmed",
            actor=second,
            now=NOW,
        ),
        lambda: domain.lapse(propose(text, first, {"title": "Other"}), now=NOW),
    ]
    for verb in verbs:
        with locked_tables() as locked:
            verb()
        # The first lock of the text is that of the proposing.
        after = [table for table in locked if table in (about, proposals)][1:]
        assert after.index(about) < after.index(proposals)


def test_a_second_moderator_leaves_it_as_it_is(text: Intervention, first: Actor, second: Actor) -> None:
    amendment = propose(text, first, {"country": "GT"}, Part.FILING)
    decide("amendment", amendment.key, "refused", reason="It is Mexico.", actor=second, now=NOW)
    amendment.refresh_from_db()
    assert (amendment.state, amendment.said, record_of(text).country) == ("refused", "It is Mexico.", "MX")


def test_of_a_withheld_name_readers_are_told_no_reason(
    text: Intervention, organization: Organization, first: Actor, speaker: Actor
) -> None:
    protect(organization, actor=system("tests"), now=NOW)
    text.refresh_from_db()
    assert withholds(text)
    domain.accept(propose(text, first, {"title": TITLE}), actor=speaker, now=NOW)
    assert record_of(text).versions.get(number=3).amended == {"part": "text", "reason": "", "language": "en"}


def test_what_is_proposed_or_refused_stands_nowhere_in_public(
    client: Client, text: Intervention, first: Actor, speaker: Actor
) -> None:
    secret = "zqsecret reason"
    record = record_of(text)
    addresses = [
        f"/en/interventions/{record.public_id}/",
        f"/api/v1/interventions/{record.public_id}",
        "/api/v1/interventions",
        "/en/interventions/?format=json",
        "/en/interventions/feed/",
    ]
    amendment = propose(text, first, {"title": TITLE}, reason=secret)

    def seen() -> list[str]:
        pages = [client.get(address).getvalue().decode() for address in addresses]
        return [page for page in pages if "zqtitle" in page.lower() or secret in page]

    assert seen() == []
    domain.refuse(amendment, reason=f"{secret} too", actor=speaker, now=NOW)
    assert seen() == []
    domain.accept(propose(text, first, {"title": TITLE}), actor=speaker, now=NOW)
    assert len(seen()) == len(addresses)
    with translation.override("en"):
        page = client.get(addresses[0]).text
    assert ("accepted by the organization" in page, REASON in page) == (True, True)
    assert client.get(addresses[1]).json()["versions"][1]["amended"]["reason"] == REASON


def test_what_was_refused_goes_after_its_term_and_what_waits_stays(
    text: Intervention, first: Actor, speaker: Actor
) -> None:
    refused = domain.refuse(propose(text, first, {"title": TITLE}), reason="No.", actor=speaker, now=NOW)
    waiting = propose(text, first, {"title": TITLE})
    assert (forget_changes(NOW + CHANGES_FOR), forget_changes(NOW + CHANGES_FOR + timedelta(1))) == (0, 1)
    assert [Amendment.objects.get(pk=row.pk).changes for row in (refused, waiting)] == [{}, {"title": TITLE}]


def test_words_that_are_left_out_later_stand_in_no_earlier_amendment(
    text: Intervention, first: Actor, second: Actor, speaker: Actor
) -> None:
    """Also not in its title, by which the secretariat calls it, nor in a reason, of a decision too."""
    domain.refuse(propose(text, first, {"title": "Zqother"}), reason=f"No, {SECRET}", actor=speaker, now=NOW)
    filed = propose(text, first, {"country": "GT"}, Part.FILING, reason=f"It is of {SECRET}")
    decide("amendment", filed.key, "confirmed", actor=second, now=NOW)
    assert SECRET in held()
    said = {"field": "title", "words": text.title.split()[0], "ground": "name", "reason": "R"}
    leaving_out.redact(submission_type("intervention"), text, **said, actor=second, now=NOW)
    row = Amendment.objects.earliest("pk")
    assert (row.changes, said["words"] in row.title, row.said, SECRET in held()) == ({}, False, "–", False)


def test_one_that_cannot_lapse_keeps_no_other(text: Intervention, first: Actor) -> None:
    """Its text is gone."""
    values = Amendment.objects.values().get(pk=propose(text, first, {"title": TITLE}).pk)
    gone = values | {
        "id": None,
        "key": uuid4(),
        "submission_key": uuid4(),
        "submitted_at": NOW - timedelta(days=1),
    }
    Amendment.objects.create(**gone)
    Intervention.objects.update(revision=99)
    assert domain.lapse_all(NOW) == 1


def withhold_at_all(text: Intervention, speaker: Actor) -> None:
    protect(text.organization, actor=speaker, now=NOW)


def withhold_at_one(text: Intervention, speaker: Actor) -> None:
    Intervention.objects.filter(pk=text.pk).update(is_name_withheld=True)
    row = Intervention.objects.get(pk=text.pk)
    ledger.publish(submission_type(row.kind).project(row), actor=speaker, now=NOW)


@pytest.mark.parametrize("withhold", [withhold_at_all, withhold_at_one])
def test_no_amendment_says_a_name_that_is_withheld_since(
    text: Intervention, first: Actor, speaker: Actor, withhold: Callable[[Any, Actor], None]
) -> None:
    accepted = propose(text, first, {"title": TITLE}, reason=f"Wrong, says {SECRET}")
    domain.accept(accepted, actor=speaker, now=NOW)
    text.refresh_from_db()
    propose(text, first, {"title": f"By {SECRET}"}, reason=f"{SECRET} is missing")
    assert SECRET in held()
    withhold(text, speaker)
    assert SECRET not in held()


def held() -> str:
    """All that amendments, decisions and the public register hold."""
    rows = [model.objects.values() for model in (Amendment, Decision, Record, RecordVersion)]
    return json.dumps([list(each) for each in rows], default=str)
