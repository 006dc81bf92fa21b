"""The public page of moderation: rules in words, figures that tell of nobody, the same as files."""

import csv
import io
import json

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.languages import CODES
from portal.interventions.models import Intervention
from portal.moderation import domain
from portal.moderation.figures.queries import LEAST, Number, decided, few, standing, told_states
from portal.moderation.figures.rulebook import decision_rules, second_looks
from portal.moderation.leaving_out import redact
from portal.moderation.models import Decision
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from portal.submissions.types import submission_type, submission_types
from tests.factories import make_intervention, publish_intervention
from tests.thinning import rarely, thinned

CANARY = "zunzuncanario"


def numbers(state: str) -> dict[str, int | None]:
    return {row.of.kind: row.number.value for row in standing() if row.state == state}


def decide(moderator: User, number: int) -> None:
    Decision.objects.bulk_create(
        Decision(
            kind="intervention",
            object_key="00000000-0000-4000-8000-000000000000",
            action="returned",
            reason=CANARY,
            decided_by=moderator,
            decided_at=timezone.now(),
        )
        for _each in range(number)
    )


def test_small_numbers_are_not_told_and_public_ones_are(organization: Organization) -> None:
    for state in ("returned", "published"):
        make_intervention(organization, state=SubmissionState(state), title=CANARY)
    assert (numbers("returned")["intervention"], numbers("published")["intervention"]) == (None, 1)
    for _each in range(LEAST - 1):
        make_intervention(organization, state=SubmissionState.RETURNED)
    assert numbers("returned")["intervention"] == LEAST
    assert numbers("returned")["pledge"] == 0
    assert [few(each) for each in (0, 1, LEAST - 1, LEAST)] == [
        Number(0),
        Number(None),
        Number(None),
        Number(LEAST),
    ]


def test_drafts_are_not_counted(organization: Organization) -> None:
    for _each in range(LEAST):
        make_intervention(organization)
    assert {row.number.value for row in standing()} == {0}
    assert "draft" not in told_states()


def test_decisions_by_ground(moderator: User) -> None:
    decide(moderator, LEAST + 1)
    told = {(row.of.kind, row.action): row.number.value for row in decided()}
    assert (told["intervention", "returned"], told["pledge", "returned"]) == (LEAST + 1, 0)
    declared = {(of.kind, row.code) for of in submission_types() for row in of.decisions}
    assert told.keys() == declared


def test_redactions_count_once_they_stand_also_of_what_waited(
    organization: Organization, moderator: User
) -> None:
    def told() -> dict[str, int | None]:
        rows = [row for row in decided() if (row.of.kind, row.action) == ("intervention", "redacted")]
        return {row.ground: row.number.value for row in rows if row.number.value != 0}

    for number in range(LEAST):
        text = make_intervention(organization, state=SubmissionState.SUBMITTED, title=f"The door {number}")
        why = {"ground": "place", "reason": "R"}
        of, now = submission_type("intervention"), timezone.now()
        redact(of, text, field="title", words="door", **why, actor=person(moderator), now=now)
        if number:
            domain.decide("intervention", text.key, "approved", actor=person(moderator), now=now)
    assert told() == {"place": None}
    redact(of, published(organization), field="title", words="door", **why, actor=person(moderator), now=now)
    assert told() == {"place": LEAST}


def published(organization: Organization) -> Intervention:
    text = make_intervention(organization, state=SubmissionState.PUBLISHED, title="The door")
    publish_intervention(text)
    return text


@pytest.mark.parametrize("language", thinned(CODES, lambda code: code == "fr"))
def test_the_page_speaks_its_language_and_names_nobody(
    client: Client, organization: Organization, moderator: User, language: str
) -> None:
    decide(moderator, 2)
    make_intervention(organization, state=SubmissionState.RETURNED, title=CANARY)
    with translation.override(language):
        title, less = (
            translation.gettext("How texts are moderated"),
            translation.gettext("fewer than %(least)s") % {"least": LEAST},
        )
    answer = client.get(f"/{language}/moderation/")
    page = answer.content.decode()
    assert (f">{title}</h1>" in page, less in page, answer.cookies) == (True, True, {})
    private = (CANARY, organization.name, moderator.name)
    assert [word for word in private if word in page] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", thinned(CODES, lambda code: code == "pt"))
def test_every_decision_has_a_rule_that_the_page_tells(client: Client, language: str) -> None:
    codes = {row.code for of in submission_types() for row in of.decisions}
    page = client.get(f"/{language}/moderation/").content.decode()
    with translation.override(language):
        rules, looks = decision_rules(), second_looks()
        told = [escape(text) for row in rules for text in (row.label, row.text, *row.grounds)]
    assert ({row.code for row in rules if row.text}, len(looks)) == (codes, 3)
    assert [text for text in [*told, *map(escape, looks)] if text not in page] == []
    grounds = {row.code: row.grounds for row in rules}
    assert page.index(grounds["declined"][-1]) < page.index(grounds["redacted"][0])


@pytest.mark.parametrize("rows", [rarely(1), 3])
def test_two_queries_however_much_there_is(
    organization: Organization, moderator: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(rows):
        make_intervention(organization, state=SubmissionState.RETURNED)
    decide(moderator, rows)
    with django_assert_num_queries(2):
        assert (len(standing()), len(decided())) == (
            len(submission_types()) * len(told_states()),
            sum(len(row.grounds) or 1 for of in submission_types() for row in of.decisions),
        )


def test_the_files_say_what_the_page_says(client: Client, moderator: User) -> None:
    decide(moderator, 2)
    told = json.loads(client.get("/en/moderation/?format=json").content)
    (row,) = [each for each in told if (each["kind"], each["code"]) == ("intervention", "returned")][1:]
    assert (row["what"], row["number"], row["label"]) == ("decision", None, "Returned with a reason")
    lines = list(
        csv.reader(io.StringIO(client.get("/en/moderation/?format=csv").content.decode("utf-8-sig")))
    )
    assert (len(lines), lines[0]) == (len(told) + 1, list(told[0]))
    assert client.get("/en/moderation/?format=xlsx").status_code == 200
    assert client.get("/en/moderation/?format=exe").status_code == 404
