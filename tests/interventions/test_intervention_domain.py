"""What is an intervention's own: its questions, its texts, what of it reaches the ledger."""

from uuid import uuid4

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.interventions.queries import question_keys
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.submissions import domain
from tests.factories import make_intervention
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY

NOW = timezone.now()


@pytest.fixture
def draft(organization: Organization, consultation_pages: ConsultationTree) -> Intervention:
    return make_intervention(
        organization,
        questions=consultation_pages.questions,
        title="Registro",
        country="BR",
        language="pt",
        recommendations=["One", "Two"],
    )


def test_a_draft_keeps_questions_that_exist(
    organization: Organization, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    first, second = consultation_pages.questions
    draft = domain.create_draft(
        INTERVENTION,
        organization=organization,
        language="fr",
        fields=InterventionFields(question_keys=(second, uuid4(), first, second)),
        actor=person(focal_point),
        now=NOW,
    )
    assert question_keys(draft) == (second, first)


def test_empty_recommendations_are_left_out(draft: Intervention, focal_point: User) -> None:
    fields = InterventionFields(recommendations=("Three", " ", "Four "))
    saved = domain.save_draft(draft, fields=fields, revision=1, actor=person(focal_point), now=NOW)
    assert saved.recommendations == ["Three", "Four"]


def test_saving_refuses_what_the_table_cannot_hold(draft: Intervention, focal_point: User) -> None:
    fields = InterventionFields(title="x" * 201, country="ZZ", language="de", form="poem")
    with pytest.raises(Incomplete) as caught:
        domain.save_draft(draft, fields=fields, revision=1, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["title", "language", "country", "form"]


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": " "}, ["title"]),
        ({"country": ""}, ["country"]),
        ({"body": "Too short."}, ["body"]),
        ({"body": "word " * 1201}, ["body"]),
        ({"recommendations": ["a", "b", "c", "d"]}, ["recommendations"]),
        ({"recommendations": ["a", "b" * 601]}, ["recommendation_2"]),
        ({"title": "", "body": ""}, ["title", "body"]),
    ],
)
def test_submitting_names_what_is_missing(
    draft: Intervention, focal_point: User, changes: dict[str, object], fields: list[str]
) -> None:
    Intervention.objects.filter(pk=draft.pk).update(**changes)
    with pytest.raises(Incomplete) as caught:
        domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == fields


def test_submitting_needs_a_question_that_exists(
    draft: Intervention, focal_point: User, consultation_pages: ConsultationTree
) -> None:
    for pages in consultation_pages.question_pages:
        for page in pages.values():
            page.unpublish()
    with pytest.raises(Incomplete) as caught:
        domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    assert [problem.field for problem in caught.value.problems] == ["questions"]
    draft.answers.all().delete()
    with pytest.raises(Incomplete):
        domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)


def test_publish_puts_the_allowed_fields_into_the_ledger(
    draft: Intervention,
    organization: Organization,
    focal_point: User,
    moderator: User,
    consultation_pages: ConsultationTree,
) -> None:
    domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=NOW)
    Intervention.objects.filter(pk=draft.pk).update(
        translations=[
            {"language": "en", "title": "Registry", "body": "In English.", "recommendations": ["1"]}
        ]
    )
    record = domain.publish(draft, actor=person(moderator), now=NOW)
    assert (record.title, record.language, record.country, record.type_code, record.year) == (
        "Registro",
        "pt",
        "BR",
        "refugee_led",
        NOW.year,
    )
    assert record.texts == {"body": BODY, "recommendations": ["One", "Two"]}
    assert record.facts == {"form": "intervention"}
    assert record.organization.title == organization.name
    assert [(link.relation, link.target) for link in record.links.all()] == [
        ("answers", str(key)) for key in consultation_pages.questions
    ]
    translation = record.translations.get()
    assert (translation.language, translation.kind, translation.title, translation.texts) == (
        "en",
        "official",
        "Registry",
        {"body": "In English.", "recommendations": ["1"]},
    )
