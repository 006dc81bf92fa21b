"""Coverage: the page, its files and the read API tell what a plain recount of the public ledger gives."""

import csv
import io
import json
import random
import re
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page, PageViewRestriction

from portal.common.actors import system
from portal.common.languages import CODES
from portal.consultations.coverage import coverage
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind, RecordState, Relation
from portal.publication.figures import note_change
from portal.publication.models import Record, RecordLink
from portal.submissions.states import SubmissionState
from portal.taxonomy.queries import organization_type_names
from tests.factories import (
    make_consultation,
    make_intervention,
    make_organization,
    make_questions,
    publish_intervention,
)
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

API = "/api/v1/coverage"
PAGE = "/en/consultations/brasilia/coverage/"
TYPES = ("refugee_led", "state", "academia", "dropped_type")


def _publish(organization: Organization, *questions: UUID) -> UUID:
    intervention = make_intervention(organization, state=SubmissionState.PUBLISHED, questions=questions)
    publish_intervention(intervention)
    return intervention.key


def _told(client: Client, query: str = "consultation=brasilia") -> dict[str, dict[str, int]]:
    """What the API tells, without the types that have none."""
    rows = client.get(f"{API}?{query}").json()["results"]
    return {row["id"]: {code: n for code, n in row["by_type"].items() if n} for row in rows}


@transaction.atomic
def _random_records(seed: int, questions: list[UUID]) -> None:
    """Records of several kinds and states on any of the questions, and on questions that are none."""
    rand, now = random.Random(seed), timezone.now()
    Record.objects.all().delete()
    kinds, states = (RecordKind.INTERVENTION,) * 4 + (RecordKind.PLEDGE,), list(RecordState)
    for _ in range(rand.randrange(25)):
        withdrawn = rand.choice([*states, RecordState.PUBLISHED]) == RecordState.WITHDRAWN
        record = Record.objects.create(
            kind=rand.choice(kinds),
            source_key=uuid4(),
            state=RecordState.WITHDRAWN if withdrawn else RecordState.PUBLISHED,
            title="" if withdrawn else "Title",
            withdrawn_at=now if withdrawn else None,
            type_code=rand.choice(TYPES),
            language="es",
            year=2024,
            published_at=now,
            updated_at=now,
        )
        for target in rand.sample([*questions, uuid4()], rand.randrange(4)):
            record.links.create(relation=Relation.ANSWERS, target=str(target))
        record.links.create(relation=Relation.FOLLOWS, target=str(rand.choice(questions)))
    note_change()


def _recount(questions: list[UUID]) -> dict[str, Counter[str]]:
    """One link after another, without a query that counts."""
    counted: dict[str, Counter[str]] = {str(key): Counter() for key in questions}
    for link in RecordLink.objects.select_related("record"):
        record = link.record
        is_said = record.kind == RecordKind.INTERVENTION and record.state == RecordState.PUBLISHED
        if is_said and link.relation == Relation.ANSWERS and link.target in counted:
            counted[link.target][record.type_code] += 1
    return counted


@pytest.mark.long
@pytest.mark.parametrize(("seeds", "least"), [(8, 30), rarely(40, 200)])
def test_coverage_equals_a_plain_recount_on_random_data(
    client: Client, consultation_pages: ConsultationTree, seeds: int, least: int
) -> None:
    home = {code: page.get_parent() for code, page in consultation_pages.index.items()}
    other = make_consultation(home, slug="mexico")
    mine, theirs = consultation_pages.questions, other.questions
    counted = 0
    for seed in range(seeds):
        _random_records(seed, [*mine, *theirs])
        expected = _recount([*mine, *theirs])
        counted += sum(row.total() for row in expected.values())
        assert _told(client) == {str(key): dict(expected[str(key)]) for key in mine}
        assert _told(client, "consultation=mexico") == {str(key): dict(expected[str(key)]) for key in theirs}
        assert _told(client, "") == expected
    assert counted > least


def test_page_shows_each_number_at_its_question_and_type(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    first, second = consultation_pages.questions
    _publish(organization, first, second)
    _publish(make_organization(type_code="state"), second)
    _publish(make_organization(type_code="state"), second)
    for language in CODES:
        text = dense(client.get(PAGE.replace("/en/", f"/{language}/")).text)
        columns = [re.sub(r"<.*?>", "", cell) for cell in _between(text, "<thead", "</thead>", "th")]
        names = organization_type_names(language)
        assert columns[2:] == [name.replace("'", "&#x27;") for name in names.values()]
        places = [columns.index(names[code]) - 1 for code in ("refugee_led", "state", "academia")]
        numbers = [
            [cells[0], *(cells[place] for place in places)]
            for row in re.findall(r'<tr role="row">.*?</tr>', text.split('id="whole"')[0])[1:]
            if (cells := re.findall(r"<td[^>]*>(\d+)</td>", row))
        ]
        assert numbers == [["1", "1", "0", "0"], ["3", "1", "2", "0"]]


def _between(text: str, start: str, end: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag} [^>]*>(.*?)</{tag}>", text.split(start)[1].split(end)[0])


@pytest.mark.long
def test_page_says_which_questions_have_none_and_none_that_is_refugee_led(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    make_questions(consultation_pages.area, 1, start=3)
    first, second = consultation_pages.questions
    _publish(organization, first)
    _publish(make_organization(type_code="state"), first, second)
    text = dense(client.get(PAGE).text)
    without, others = text.split("<table")[0].split("<h2>Questions with contributions, but none")
    assert re.findall(r"question-\d", without.split("<h2>Questions without a contribution</h2>")[1]) == [
        "question-3"
    ]
    assert re.findall(r"question-\d", others) == ["question-2"]
    figures = re.findall(r"<dt>(.*?)<span[^>]*>(.*?)</span></dt><dd>(\d+)</dd>", text)
    assert figures == [
        ("guiding questions with a contribution", "of 3", "2"),
        ("with a contribution of a refugee-led organization", "of 3", "1"),
    ]


def test_private_and_withdrawn_interventions_and_hidden_questions_are_left_out(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    first, second = consultation_pages.questions
    for state in SubmissionState:
        make_intervention(organization, state=state, questions=[first, second], title="Secret")
    gone = _publish(organization, first, second)
    withdraw(RecordKind.INTERVENTION, gone, actor=system("tests"), now=timezone.now())
    assert _told(client) == {str(first): {}, str(second): {}}
    _publish(organization, first, second)
    hidden = [page.pk for page in consultation_pages.question_pages[0].values()]
    Page.objects.filter(pk__in=hidden).update(live=False, title="Secret question")
    note_change()
    assert _told(client) == {str(second): {"refugee_led": 1}}
    for path in (PAGE, f"{PAGE}?format=csv", f"{PAGE}?format=json", API):
        assert "Secret" not in client.get(path).content.decode()


@pytest.mark.parametrize("closed", ["draft", "login"])
def test_a_consultation_that_is_not_public_has_no_coverage(
    client: Client, consultation_pages: ConsultationTree, closed: str
) -> None:
    for page in consultation_pages.consultation.values():
        if closed == "draft":
            Page.objects.filter(pk=page.pk).update(live=False)
        else:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}?format=json").status_code == 404
    assert client.get(f"{API}?consultation=brasilia").status_code == 422
    assert client.get(API).json()["count"] == 0


@pytest.mark.few(1)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_file_holds_what_the_page_shows(
    client: Client, consultation_pages: ConsultationTree, organization: Organization, form: str
) -> None:
    _publish(organization, consultation_pages.questions[1])
    response = client.get(f"{PAGE}?format={form}")
    assert response["Content-Disposition"] == f'attachment; filename="coverage-brasilia.{form}"'
    rows = _rows(form, response.content)
    assert [(row["id"], row["number"], row["refugee_led"], row["state"], row["all"]) for row in rows] == [
        (str(consultation_pages.questions[0]), "1.1", "0", "0", "0"),
        (str(consultation_pages.questions[1]), "1.2", "1", "0", "1"),
    ]
    assert {row["segment"] for row in rows} == {"Segment (en)"}
    assert [name for name in rows[0] if name in organization_type_names("en")] == [
        *organization_type_names("en")
    ]
    assert client.get(f"{PAGE}?format=pdf").status_code == 404


def _rows(form: str, content: bytes) -> list[dict[str, str]]:
    if form == "json":
        return [{name: str(value) for name, value in row.items()} for row in json.loads(content)]
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    heading, *rows = ([cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.rows)
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.mark.long
def test_api_is_strict_and_comes_in_parts(client: Client, consultation_pages: ConsultationTree) -> None:
    make_questions(consultation_pages.area, 3, start=3)
    refused = {
        query: [row["parameter"] for row in client.get(f"{API}?{query}").json()["detail"]]
        for query in ("consultation=nowhere", "consultation=a/b", "type=state", "size=0", "format=csv")
    }
    assert refused == {
        "consultation=nowhere": ["consultation"],
        "consultation=a/b": ["consultation"],
        "type=state": ["type"],
        "size=0": ["size"],
        "format=csv": ["format"],
    }
    numbers, path = [], f"{API}?consultation=brasilia&size=2&ui=en"
    while path:
        answer = client.get(path).json()
        assert answer["count"] == 5
        numbers += [row["number"] for row in answer["results"]]
        path = answer["next"]
    assert numbers == ["1.1", "1.2", "1.3", "1.4", "1.5"]


def test_row_of_the_api(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _publish(organization, consultation_pages.questions[0])
    row = client.get(f"{API}?consultation=brasilia&ui=pt").json()["results"][0]
    by_type = dict.fromkeys(organization_type_names("pt"), 0) | {"refugee_led": 1}
    assert row.pop("by_type") == by_type
    assert (row["kind"], row["url"], row["language"], row["answers"]) == (
        "guiding_question",
        "/pt/consultations/brasilia/segment-1/area-1/question-1/",
        "pt",
        1,
    )


@pytest.mark.long
def test_consultation_links_to_its_coverage(client: Client, consultation_pages: ConsultationTree) -> None:
    for language in CODES:
        path = f"/{language}/consultations/brasilia/"
        text = dense(client.get(path).text)
        assert f'<a href="{path}coverage/">' in text
        assert f'<a href="{path}">' in dense(client.get(f"{path}coverage/").text)


def test_consultation_without_questions_says_so(client: Client, consultation_pages: ConsultationTree) -> None:
    keys = [page.pk for page in consultation_pages.segment.values()]
    Page.objects.filter(pk__in=keys).update(live=False)
    assert "coverage/" not in client.get("/en/consultations/brasilia/").text
    text = dense(client.get(PAGE).text)
    assert "The guiding questions appear here when the concept note has been published." in text
    assert "<table" not in text.split('id="whole"')[0]


def test_untranslated_question_keeps_its_language(client: Client, db: None) -> None:
    tree = make_consultation()
    Page.objects.filter(pk=tree.question_pages[0]["fr"].pk).delete()
    text = dense(client.get("/fr/consultations/brasilia/coverage/").text)
    assert 'question-1/" lang="es">1.1 Which step number 1? (es)</a></th>' in text


@pytest.mark.parametrize("more", [0, 3, rarely(20)])
def test_coverage_costs_the_same_at_one_and_many(
    client: Client, consultation_pages: ConsultationTree, django_assert_num_queries: Any, more: int
) -> None:
    make_questions(consultation_pages.area, more, start=3)
    for _ in range(more + 1):
        _publish(make_organization(), *consultation_pages.questions)
    coverage("en")
    with django_assert_num_queries(7):
        coverage("en", consultation_pages.consultation["es"].translation_key)
    costs = {PAGE: 10, f"{PAGE}?format=json": 9, f"{API}?consultation=brasilia&ui=en": 9}
    for path, queries in costs.items():
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200


@pytest.mark.long
def test_addresses_with_the_slug_of_another_language_are_found_and_named(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    page = consultation_pages.consultation["en"]
    page.slug = "brasilia-en"
    page.save()
    own, foreign = "/en/consultations/brasilia-en/coverage/", PAGE
    assert [client.get(path).status_code for path in (own, foreign)] == [200, 200]
    text = client.get(own).text
    for code in ("es", "pt", "fr"):
        assert f'hreflang="{code}" href="http://testserver/{code}/consultations/brasilia/coverage/"' in text
    for slug in ("brasilia", "brasilia-en"):
        assert client.get(f"{API}?consultation={slug}&ui=en").status_code == 200
        assert client.get(f"{API}?consultation={slug}").status_code == 200
