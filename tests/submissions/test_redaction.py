"""Passages are left out: where the words stay, where they go, what comes back, and who is told."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.interventions.models import Intervention
from portal.moderation import leaving_out
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication import domain as ledger
from portal.publication.models import Record, RecordTranslation
from portal.publication.queries import as_published
from portal.submissions.domain import keep_version
from portal.submissions.models import Measure, Submission, SubmittedVersion
from portal.submissions.redress import appeals
from portal.submissions.redress.redacting import texts_that_may_be_cut
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories import make_intervention, make_user, publish_intervention
from tests.factories.pages import ConsultationTree
from tests.submissions.kinds import Kind
from tests.thinning import rarely
from tests.work.conftest import do_all

NOW = timezone.now()
# Words that stand nowhere else.
NAME, PLACE, TITLE = "Zqesmerelda", "Zqninth street 41", "Zqtitular"
BODY = f"Every night {NAME} opens the door.\n\nIt is at Zqninth\nstreet 41. {NAME} has the key."
WORDS = (NAME.lower(), "zqninth", TITLE.lower())


@pytest.fixture
def first(moderator: User) -> Actor:
    return person(moderator)


@pytest.fixture
def text(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Intervention:
    return make_intervention(
        organization,
        state=SubmissionState.SUBMITTED,
        author=focal_point,
        language="en",
        title=f"The door of {TITLE}",
        body=BODY,
        recommendations=["Open doors.", f"Pay {NAME}."],
        questions=consultation_pages.questions[:1],
        translations=[{"language": "es", "title": TITLE, "body": NAME, "recommendations": []}],
    )


def cut(row: Submission, actor: Actor, field: str, words: str, **given: str) -> Measure:
    why = {"ground": "name", "reason": "She has not agreed."} | given
    of = submission_type(row.kind)
    return leaving_out.redact(of, row, field=field, words=words, **why, actor=actor, now=NOW)


def cut_all(text: Intervention, actor: Actor) -> None:
    cut(text, actor, "all", NAME)
    cut(text, actor, "body", PLACE, ground="place")
    cut(text, actor, "title", TITLE)


def approve(text: Submission, actor: Actor) -> Record:
    decide(text.kind, text.key, "approved", actor=actor, now=NOW)
    return Record.objects.get(source_key=text.key)


def test_what_is_left_out_is_said_in_its_place_in_the_language_of_the_text(
    text: Intervention, first: Actor
) -> None:
    cut_all(text, first)
    record = approve(text, first)
    name = "[… name of a person]"
    assert record.title == f"The door of {name}"
    assert record.texts["body"] == (
        f"Every night {name} opens the door.\n\nIt is at [… place, for the safety of people]. "
        f"{name} has the key."
    )
    assert record.texts["recommendations"] == ["Open doors.", f"Pay {name}."]
    assert record.summary.startswith(f"Every night {name}")
    assert (record.facts["redacted"], record.translations.count()) == ("name place", 0)


def test_the_original_stays_as_it_was_submitted(text: Intervention, first: Actor) -> None:
    before = SubmittedVersion.objects.get()
    cut_all(text, first)
    approve(text, first)
    text.refresh_from_db()
    after = SubmittedVersion.objects.get()
    assert (text.body, after.content, after.digest) == (BODY, before.content, before.digest)
    assert (before.was_published, after.was_published) == (False, True)


def test_every_kind_with_texts_in_public_can_be_cut_in_each_of_them(
    kind: Kind, organization: Organization, consultation_pages: ConsultationTree, first: Actor
) -> None:
    row: Any = kind.make(organization, consultation_pages, "submitted")
    version = SubmittedVersion.objects.get(submission_key=row.key)
    content = json.loads(version.content)
    fields = [name for name in texts_that_may_be_cut(kind.of) if content.get(name)]
    for number, name in enumerate(fields):
        words = f"zqcut{number}x"
        is_list = not isinstance(content[name], str)
        content[name] = [words] if is_list else f"{words} {content[name]}"
        if hasattr(row, name):
            setattr(row, name, content[name])
    row.save()
    version.content = json.dumps(content)
    version.save()
    for number, name in enumerate(fields):
        if hasattr(row, name) and isinstance(getattr(row, name), str | list):
            cut(row, first, name, f"zqcut{number}x")
    face = kind.of.project(row)
    assert "title" in fields
    assert "zqcut" not in f"{face.title} {face.summary} {face.texts}"


@pytest.mark.parametrize(
    ("field", "words"),
    [("body", "Nobody wrote this."), ("body", ""), ("country", "BR"), ("form", "intervention")],
)
def test_what_does_not_stand_there_is_refused(
    text: Intervention, first: Actor, field: str, words: str
) -> None:
    with pytest.raises(Incomplete):
        cut(text, first, field, words)
    assert Measure.objects.exists() is False


def test_words_are_left_out_once(text: Intervention, first: Actor) -> None:
    cut(text, first, "body", f"{NAME} has the key")
    cut(text, first, "body", NAME)
    with pytest.raises(Incomplete):
        cut(text, first, "body", NAME)
    body = str(approve(text, first).texts["body"])
    assert body.count("[… name of a person]") == 2


@pytest.mark.parametrize("by", ["focal_point", "viewer_member", "other_org_member", "editor"])
def test_only_who_decides_leaves_out(request: pytest.FixtureRequest, text: Intervention, by: str) -> None:
    with pytest.raises(NotAllowed):
        cut(text, person(request.getfixturevalue(by)), "body", NAME)


@pytest.mark.parametrize(
    "state", ["returned", "correcting", rarely("withdrawn"), rarely("declined"), rarely("taken_down")]
)
def test_what_is_neither_waiting_nor_published_is_not_cut(
    text: Intervention, first: Actor, state: str
) -> None:
    text.state, text.reason = state, "R"
    text.save()
    with pytest.raises(WrongState):
        cut(text, first, "body", NAME)


def test_before_it_is_published_a_passage_is_put_back_without_a_trace(
    text: Intervention, first: Actor
) -> None:
    measure = cut(text, first, "body", NAME)
    leaving_out.put_back_cut(submission_type("intervention"), text, measure, actor=first, now=NOW)
    record = approve(text, first)
    assert (record.texts["body"], "redacted" in record.facts, Measure.objects.count()) == (BODY, False, 0)


def test_afterwards_only_an_appeal_brings_it_back(
    text: Intervention, first: Actor, focal_point: User
) -> None:
    measure = cut(text, first, "all", NAME)
    with pytest.raises(WrongState):
        appeals.appeal(measure, text="Why?", language="en", actor=person(focal_point), now=NOW)
    record = approve(text, first)
    measure.refresh_from_db()
    with pytest.raises(WrongState):
        leaving_out.put_back_cut(submission_type("intervention"), text, measure, actor=first, now=NOW)
    row = appeals.appeal(measure, text="She agreed.", language="en", actor=person(focal_point), now=NOW)
    two = [person(make_user(Group.MODERATOR, email=f"{n}@example.org")) for n in (1, 2)]
    decide("appeal", row.key, "grant", reason="She did.", actor=two[0], now=NOW)
    record.refresh_from_db()
    assert NAME not in str(record.texts)
    decide("appeal", row.key, "granted", actor=two[1], now=NOW)
    record.refresh_from_db()
    assert (record.texts["body"], record.facts.get("redacted")) == (BODY, None)


@pytest.mark.parametrize("state", ["correcting", rarely("submitted"), rarely("returned")])
def test_an_appeal_brings_it_back_also_while_the_text_is_being_changed(
    text: Intervention, first: Actor, focal_point: User, state: str
) -> None:
    measure = cut(text, first, "all", NAME)
    cut(text, first, "title", TITLE)
    record = approve(text, first)
    was = (record.year, record.organization_id, list(record.links.values_list("relation", "target")))
    text.state, text.reason, text.body = state, "R", "Nobody has read this yet."
    text.save()
    row = appeals.appeal(measure, text="She agreed.", language="en", actor=person(focal_point), now=NOW)
    two = [person(make_user(Group.MODERATOR, email=f"{n}@example.org")) for n in (1, 2)]
    decide("appeal", row.key, "grant", reason="She did.", actor=two[0], now=NOW)
    decide("appeal", row.key, "granted", actor=two[1], now=NOW)
    record.refresh_from_db()
    text.refresh_from_db()
    assert (record.texts["body"], record.texts["recommendations"][1]) == (BODY, f"Pay {NAME}.")
    assert (record.title, record.facts["redacted"]) == ("The door of [… name of a person]", "name")
    assert record.summary.startswith(f"Every night {NAME} opens")
    assert (text.state, text.body) == (state, "Nobody has read this yet.")
    links = list(record.links.values_list("relation", "target"))
    assert (record.year, record.organization_id, links) == was


@pytest.mark.parametrize("state", ["correcting", "submitted", rarely("returned"), rarely("in_review")])
def test_what_is_public_is_cut_also_while_a_correction_of_it_is_written_or_read(
    text: Intervention, first: Actor, focal_point: User, state: str
) -> None:
    record = approve(text, first)
    RecordTranslation.objects.create(
        record=record, of_version=1, language="fr", kind="machine", title=NAME, texts={"body": NAME}
    )
    text.state, text.reason, text.body = state, "R", f"Now {NAME} has two keys."
    text.recommendations = ["Shut doors."]
    text.save()
    if state != "correcting":
        of = submission_type("intervention")
        keep_version(text, of.sent(text, of.related(text)), actor=person(focal_point), now=NOW)
    measure = cut(text, first, "all", NAME)
    record.refresh_from_db()
    told = json.dumps([record.texts, record.summary, *record.versions.values_list("content", flat=True)])
    assert (NAME in told, record.translations.count(), record.versions.count()) == (False, 0, 1)
    assert str(record.texts["body"]).count("[… name of a person]") == 2
    assert (measure.state, record.facts["redacted"], record.state) == ("stands", "name", "published")
    do_all("mail")
    assert sum("She has not agreed." in sent.body for sent in mail.outbox) == 1
    text.refresh_from_db()
    assert (text.state, text.body) == (state, f"Now {NAME} has two keys.")
    if text.state == "submitted":
        assert approve(text, first).texts["body"] == "Now [… name of a person] has two keys."


def test_what_is_marked_while_its_authors_write_is_what_is_public(
    text: Intervention, first: Actor, focal_point: User, client: Client, moderator: User
) -> None:
    """Another version was returned since, which nobody decides about now."""
    approve(text, first)
    text.state, text.reason, text.body = "returned", "R", "Zqreturned alone."
    text.save()
    of = submission_type("intervention")
    keep_version(text, of.sent(text, of.related(text)), actor=person(focal_point), now=NOW)
    cut(text, first, "title", TITLE)
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/intervention/{text.key}/redaction/").text
    assert ("has the key" in page, "Zqreturned" in page) == (True, False)


def test_words_that_somebody_else_wrote_in_public_are_cut_too(text: Intervention, first: Actor) -> None:
    """The secretariat has corrected the text since, so that it is no version of its authors."""
    record = approve(text, first)
    said = as_published(record)
    other = said.texts | {"body": f"Of {NAME} again."}
    ledger.publish(replace(said, texts=other, summary=f"Of {NAME} again."), actor=first, now=NOW)
    text.state = "correcting"
    text.save()
    cut(text, first, "all", NAME)
    record.refresh_from_db()
    assert NAME not in f"{record.texts} {record.summary} {record.title}"


def test_the_same_words_stay_where_they_are_no_part_of_what_was_asked(
    text: Intervention, first: Actor
) -> None:
    """As while it is published: other texts say them still, and longer words that have them within."""
    record = approve(text, first)
    text.state = "correcting"
    text.save()
    cut(text, first, "body", "door")
    record.refresh_from_db()
    told = (record.title, record.texts["recommendations"][0], "door" in str(record.texts["body"]))
    assert told == (f"The door of {TITLE}", "Open doors.", False)


def test_a_passage_that_an_appeal_brings_back_while_the_text_is_down_stands_in_it_again(
    text: Intervention, first: Actor, focal_point: User
) -> None:
    measure = cut(text, first, "body", NAME)
    cut(text, first, "title", TITLE)
    record = approve(text, first)
    decide("intervention", text.key, "taken_down", ground="other", reason="R", actor=first, now=NOW)
    row = appeals.appeal(measure, text="She agreed.", language="en", actor=person(focal_point), now=NOW)
    two = [person(make_user(Group.MODERATOR, email=f"{n}@example.org")) for n in (1, 2)]
    decide("appeal", row.key, "grant", reason="She did.", actor=two[0], now=NOW)
    decide("appeal", row.key, "granted", actor=two[1], now=NOW)
    assert Record.objects.get(pk=record.pk).texts == {}
    down = Measure.objects.get(act="taken_down")
    decide("take_down", down.key, "undone", reason="No.", actor=two[0], now=NOW)
    record.refresh_from_db()
    assert (record.texts["body"], record.title) == (BODY, "The door of [… name of a person]")


def test_what_is_public_is_cut_at_once_in_every_version_and_translation(
    text: Intervention, first: Actor, focal_point: User
) -> None:
    record = approve(text, first)
    RecordTranslation.objects.create(
        record=record, of_version=1, language="fr", kind="machine", title=NAME, texts={"body": NAME}
    )
    do_all("mail")
    mail.outbox.clear()
    cut(text, first, "all", NAME)
    record.refresh_from_db()
    told = json.dumps([record.texts, *record.versions.values_list("content", flat=True)])
    assert (NAME in told, record.translations.count(), record.versions.count()) == (False, 0, 1)
    do_all("mail")
    (sent,) = mail.outbox
    assert (sent.to, "She has not agreed." in sent.body, NAME in sent.body) == (
        [focal_point.email],
        True,
        False,
    )


def test_what_waits_is_told_with_its_publication(text: Intervention, first: Actor, focal_point: User) -> None:
    cut(text, first, "body", NAME)
    do_all("mail")
    assert mail.outbox == []
    approve(text, first)
    do_all("mail")
    (sent,) = mail.outbox
    assert ("She has not agreed." in sent.body, NAME in sent.body) == (True, False)


def test_a_new_version_begins_without_and_is_offered_what_stands_in_it(
    text: Intervention, first: Actor, client: Client, moderator: User, focal_point: User
) -> None:
    cut_all(text, first)
    text.body = f"Now {NAME} has two keys."
    text.save()
    of = submission_type("intervention")
    keep_version(text, of.sent(text, of.related(text)), actor=person(focal_point), now=NOW)
    assert of.project(text).texts["body"] == text.body
    client.force_login(moderator)
    address = f"/en/desk/moderation/intervention/{text.key}/redaction/"
    page = client.get(address).text
    offered = [row for row in Measure.objects.all() if f"{address}{row.key}/again/" in page]
    assert [row.cuts.count() for row in offered] == [3, 1]
    client.post(f"{address}{offered[0].key}/again/")
    assert of.project(text).texts["body"] == "Now [… name of a person] has two keys."


def test_what_was_left_out_of_an_earlier_version_alone_is_no_measure_against_this_one(
    text: Intervention, first: Actor, focal_point: User
) -> None:
    old = cut(text, first, "body", NAME)
    text.body, text.recommendations = f"Now she has two keys. {PLACE}.", []
    text.save()
    of = submission_type("intervention")
    keep_version(text, of.sent(text, of.related(text)), actor=person(focal_point), now=NOW)
    new = cut(text, first, "body", PLACE, ground="place")
    approve(text, first)
    assert [Measure.objects.get(pk=row.pk).state for row in (old, new)] == ["provisional", "stands"]


def test_members_and_the_protection_focal_point_read_all_of_it(
    text: Intervention, first: Actor, client: Client, focal_point: User
) -> None:
    cut_all(text, first)
    approve(text, first)
    for user in (focal_point, make_user(Group.PROTECTION, email="protection@example.org")):
        client.force_login(user)
        page = client.get(f"/en/desk/interventions/{text.key}/").text
        sent = client.get(f"/en/desk/interventions/{text.key}/sent.json")
        assert (NAME in page, TITLE in page, sent.status_code) == (True, True, 200)


def test_who_decides_about_an_appeal_reads_the_words_while_it_waits(
    text: Intervention, first: Actor, client: Client, focal_point: User
) -> None:
    measure = cut(text, first, "all", NAME)
    approve(text, first)
    row = appeals.appeal(measure, text="Why?", language="en", actor=person(focal_point), now=NOW)
    users = [make_user(Group.MODERATOR, email=f"{n}@example.org") for n in (1, 2)]
    client.force_login(users[0])
    address = f"/en/desk/moderation/appeal/{row.key}/"
    assert NAME in client.get(address).text
    decide("appeal", row.key, "dismiss", reason="R", actor=person(users[0]), now=NOW)
    decide("appeal", row.key, "dismissed", actor=person(users[1]), now=NOW)
    assert NAME not in client.get(address).text


def test_what_is_left_out_of_a_title_is_not_searched_among_the_decided(
    text: Intervention, first: Actor, client: Client
) -> None:
    cut(text, first, "title", TITLE)
    approve(text, first)
    client.force_login(make_user(Group.MODERATOR, email="second@example.org"))
    asked = {word: client.get(f"/en/desk/moderation/decided/?q={word}").text for word in (TITLE, "door")}
    assert {word: str(text.key) in page for word, page in asked.items()} == {TITLE: False, "door": True}


def test_an_unchanged_title_is_told_where_nothing_is_left_out(organization: Organization) -> None:
    text = make_intervention(organization, state=SubmissionState.PUBLISHED, title=TITLE)
    assert publish_intervention(text).title == TITLE
