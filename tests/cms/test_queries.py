"""Public pages by identity and language."""

from uuid import uuid4

import pytest
from wagtail.models import Page, PageViewRestriction

from portal.cms.queries import pages_by_key, public_pages
from portal.consultations.page_models import GuidingQuestionPage
from portal.consultations.page_queries import AREA_AT, CONSULTATION_AT, SEGMENT_AT, consultations, questions
from tests.factories import make_consultation, make_home, make_questions
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely


def test_questions_are_one_row_per_key_in_the_readers_language(consultation_pages: ConsultationTree) -> None:
    first, second = questions("pt")
    assert [first.key, second.key] == consultation_pages.questions
    assert (first.title, first.language) == ("Which step number 1? (pt)", "pt")
    assert first.url == "/pt/consultations/brasilia/segment-1/area-1/question-1/"


def test_questions_know_what_stands_above_them(consultation_pages: ConsultationTree) -> None:
    tree, row = consultation_pages, questions("fr")[0]
    assert row.ancestors[CONSULTATION_AT] == tree.consultation["es"].translation_key
    assert row.ancestors[SEGMENT_AT] == tree.segment["es"].translation_key
    assert row.ancestors[AREA_AT] == row.parent_key == tree.area["es"].translation_key


def test_missing_translation_falls_back_to_the_original_at_the_readers_address(db: None) -> None:
    make_consultation(make_home(), codes=("es", "en"))
    row = questions("fr")[0]
    assert (row.title, row.language) == ("Which step number 1? (es)", "es")
    assert row.url == "/fr/consultations/brasilia/segment-1/area-1/question-1/"


def test_extra_names_the_public_fields_only(consultation_pages: ConsultationTree) -> None:
    extra = consultations("en")[0].extra
    assert (extra["number"], extra["deadline"]) == ("2", None)
    assert {"import_key", "import_digest"} & set(extra) == set()


def test_draft_translation_is_not_public(consultation_pages: ConsultationTree) -> None:
    GuidingQuestionPage.objects.filter(pk=consultation_pages.question_pages[0]["fr"].pk).update(live=False)
    assert [row.language for row in questions("fr")] == ["es", "fr"]


def test_pages_below_a_draft_are_not_public(consultation_pages: ConsultationTree) -> None:
    pages = consultation_pages.segment.values()
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
    assert questions("es") == []
    assert pages_by_key(consultation_pages.questions, "es") == {}


def test_restricted_pages_are_not_public(consultation_pages: ConsultationTree) -> None:
    for page in consultation_pages.area.values():
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert questions("es") == []
    assert pages_by_key(consultation_pages.questions, "es") == {}


def test_pages_by_key_leaves_out_unknown_keys(consultation_pages: ConsultationTree) -> None:
    key = consultation_pages.questions[1]
    pages = pages_by_key([key, uuid4()], "en")
    assert {key: page.title for key, page in pages.items()} == {key: "Which step number 2? (en)"}


def test_pages_by_key_without_keys_asks_nothing(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        assert pages_by_key([], "es") == {}


@pytest.mark.parametrize("more", [0, 3, rarely(20)])
def test_queries_stay_the_same_with_more_pages(
    consultation_pages: ConsultationTree, django_assert_num_queries: object, more: int
) -> None:
    make_questions(consultation_pages.area, more, start=3)
    questions("es")
    with django_assert_num_queries(2):
        assert len(public_pages(GuidingQuestionPage, "es")) == 2 + more
    with django_assert_num_queries(1):
        assert len(pages_by_key(consultation_pages.questions, "es")) == 2
