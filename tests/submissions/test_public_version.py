"""Which submitted version readers read, after a later one was returned and given up, or while it waits."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person
from portal.common.errors import Incomplete
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.moderation import leaving_out
from portal.moderation.domain import decide
from portal.organizations.models import Organization
from portal.publication.models import Record
from portal.submissions import domain
from portal.submissions.amending.changes import closed_texts
from portal.submissions.cuts import redacted_contents, told_contents
from portal.submissions.models import Measure
from portal.submissions.queries import public_version
from portal.submissions.redress import appeals
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type
from tests.factories import make_intervention, make_user
from tests.factories.pages import ConsultationTree

NOW = timezone.now()
# Words that stand nowhere else.
NAME, PLACE, LATER = "Zqesmerelda", "Zqninth street", "Zqlater alone"
LONG = "The office by the river is open to all. " * 8
MARK = "[… name of a person]"


@pytest.fixture
def first(moderator: User) -> Actor:
    return person(moderator)


@pytest.fixture
def author(focal_point: User) -> Actor:
    return person(focal_point)


@pytest.fixture
def text(organization: Organization, focal_point: User, consultation_pages: ConsultationTree) -> Intervention:
    return make_intervention(
        organization,
        state=SubmissionState.SUBMITTED,
        author=focal_point,
        language="en",
        title="Of doors",
        body=f"Every night {NAME} opens the door at {PLACE} to whoever knocks.",
        recommendations=["Open doors."],
        questions=consultation_pages.questions[:1],
    )


def cut(row: Intervention, actor: Actor, words: str, field: str = "body", ground: str = "name") -> Measure:
    of = submission_type(row.kind)
    given = {"field": field, "words": words, "ground": ground, "reason": "She has not agreed."}
    return leaving_out.redact(of, row, **given, actor=actor, now=NOW)


def approved(text: Intervention, actor: Actor) -> Record:
    decide(text.kind, text.key, "approved", actor=actor, now=NOW)
    return Record.objects.get(source_key=text.key)


def fresh(row: Any) -> Any:
    return type(row)._default_manager.select_related("organization").get(pk=row.pk)


def submitted_anew(text: Intervention, author: Actor, body: str) -> Intervention:
    row = domain.open_correction(fresh(text), actor=author, now=NOW)
    fields = InterventionFields(body=f"{body} {LONG}")
    row = fresh(domain.save_draft(row, fields=fields, revision=row.revision, actor=author, now=NOW))
    domain.submit(row, submit_key=row.submit_key, actor=author, now=NOW)
    return fresh(row)  # type: ignore[no-any-return]


def given_up(text: Intervention, first: Actor, author: Actor) -> Intervention:
    """Another version was submitted, returned and given up."""
    row = submitted_anew(text, author, f"A night of its own, {LATER}, and nobody is named in it.")
    domain.return_to_author(row, reason="No.", actor=first, now=NOW)
    return fresh(domain.give_up(fresh(row), actor=author, now=NOW))  # type: ignore[no-any-return]


def test_what_was_left_out_stays_out_after_a_correction_was_given_up(
    text: Intervention, first: Actor, author: Actor
) -> None:
    cut(text, first, NAME)
    record, of = approved(text, first), submission_type("intervention")
    row = given_up(text, first, author)
    assert (row.state, str(of.project(row).texts["body"]).count(MARK)) == ("published", 1)
    assert MARK in str((of.content(row) or {})["body"])
    assert closed_texts(row) == {"body"}
    domain.correct(row, actor=first, now=NOW)
    record.refresh_from_db()
    assert NAME not in f"{record.texts} {list(record.versions.values_list('content', flat=True))}"


def test_after_it_was_given_up_the_public_version_is_told_among_others(
    text: Intervention, first: Actor, author: Actor
) -> None:
    cut(text, first, NAME)
    approved(text, first)
    row, of = given_up(text, first, author), submission_type("intervention")
    for contents in (told_contents(of, [str(row.key)]), [*redacted_contents(of).values()]):
        bodies = [str(content["body"]) for content in contents]
        assert [(MARK in body, NAME in body, LATER in body) for body in bodies] == [(True, False, False)]


def test_after_it_was_given_up_the_public_version_is_cut_again(
    text: Intervention, first: Actor, author: Actor, client: Client, moderator: User
) -> None:
    cut(text, first, NAME)
    record = approved(text, first)
    row = given_up(text, first, author)
    client.force_login(moderator)
    page = client.get(f"/en/desk/moderation/intervention/{row.key}/redaction/").text
    assert (PLACE in page, LATER in page) == (True, False)
    with pytest.raises(Incomplete):
        cut(row, first, LATER)
    cut(row, first, PLACE, ground="place")
    record.refresh_from_db()
    assert [words for words in (NAME, PLACE) if words in str(record.texts)] == []


def test_a_later_version_is_the_public_one_once_it_is_published(
    text: Intervention, first: Actor, author: Actor
) -> None:
    numbers = [public_version(text)]
    approved(text, first)
    numbers.append(public_version(text))
    row = submitted_anew(text, author, "Another night without anybody, and as long as it has to be.")
    numbers.append(public_version(row))
    approved(row, first)
    numbers.append(public_version(row))
    assert [each and each.number for each in numbers] == [None, 1, 1, 2]


def test_words_of_what_is_public_meanwhile_are_marked_and_read_by_who_decides_about_them(
    text: Intervention, first: Actor, author: Actor, client: Client, focal_point: User, moderator: User
) -> None:
    record = approved(text, first)
    row = submitted_anew(text, author, f"A night of its own, {LATER}, and nobody is named in it.")
    page = f"/en/desk/moderation/intervention/{row.key}/redaction/"
    client.force_login(moderator)
    assert [words for words in (NAME, PLACE, LATER) if words not in client.get(page).text] == []
    measure = cut(row, first, NAME)
    record.refresh_from_db()
    assert (NAME in str(record.texts), measure.state) == (False, "stands")
    html = client.get(page).text
    assert (html.count(f"<del>{NAME}</del><sup>1</sup>"), html.count(f"<mark>{MARK}</mark>")) == (1, 1)
    appeal = appeals.appeal(measure, text="Why?", language="en", actor=author, now=NOW)
    client.force_login(make_user(Group.MODERATOR, email="second@example.org"))
    assert NAME in client.get(f"/en/desk/moderation/appeal/{appeal.key}/").text
    client.force_login(focal_point)
    assert NAME in client.get(f"/en/desk/interventions/{row.key}/").text


def test_the_desk_asks_once_for_all_that_is_left_out(
    text: Intervention, first: Actor, client: Client, focal_point: User
) -> None:
    numbers = []
    for words in (NAME, PLACE, "whoever"):
        cut(text, first, words)
        if words == NAME:
            approved(text, first)
        client.force_login(focal_point)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/en/desk/interventions/{text.key}/")
        numbers.append(sum('FROM "submissions_cut"' in each["sql"] for each in asked))
    assert len(set(numbers)) == 1
