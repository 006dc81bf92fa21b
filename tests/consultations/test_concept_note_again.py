"""A concept note brought in again: what changed is a draft, an editor's text stays; imported once for all."""

import pytest
from wagtail.models import Page, Revision

from portal.common.models import Event
from portal.consultations.page_models import GuidingQuestionPage, SegmentPage
from tests.consultations.brought_notes import NOTE, bring, counts, imported, questions
from tests.factories import make_consultation

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def first_import(module_rows: None) -> None:
    make_consultation()
    bring()


@pytest.fixture(autouse=True)
def _brought(first_import: None, db: None) -> None:
    """The pages of the note, below an index in every language."""


def test_a_second_run_changes_nothing() -> None:
    before = (Page.objects.count(), Revision.objects.count(), Event.objects.count())
    assert counts(bring()) == (0, 0, 22, 0)
    assert (Page.objects.count(), Revision.objects.count(), Event.objects.count()) == before


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Who tells the parents?", "Who will tell the parents?", (0, 1, 21, 0)),
        ("**Homes above the water line:**", "**Homes above the line of the water:**", (0, 1, 21, 0)),
        ("SEGMENT 2: MONEY, WORK AND THE YEARS AFTER", "SEGMENT 2: WHAT IT COSTS", (0, 1, 21, 0)),
        ("Fourth Working Meeting on Rivers", "Fifth Working Meeting on Rivers", (0, 1, 21, 0)),
        ("Could neighbours lend boats?", "Could neighbours lend boats? Where would they lie?", (1, 0, 22, 0)),
    ],
)
def test_a_changed_file_updates_what_changed(old: str, new: str, expected: tuple[int, int, int, int]) -> None:
    assert counts(bring(NOTE.replace(old, new))) == expected
    assert bring(NOTE.replace(old, new)).unchanged == sum(expected)


def test_an_update_is_a_draft_and_leaves_the_published_page() -> None:
    page = imported(GuidingQuestionPage, title="Who tells the parents?")
    page.get_latest_revision().publish()
    bring(NOTE.replace("Who tells the parents?", "Who will tell the parents?"))
    page.refresh_from_db()
    assert (page.live, page.title, page.has_unpublished_changes) == (True, "Who tells the parents?", True)
    assert page.get_latest_revision_as_object().title == "Who will tell the parents?"


@pytest.mark.long
def test_a_new_question_stands_where_the_file_has_it() -> None:
    report = bring(NOTE.replace("Who tells the parents?", "Where is chalk kept? Who tells the parents?"))
    assert report.created == 1
    asked = questions(report)
    assert asked[asked.index("Where is chalk kept?") + 1] == "Who tells the parents?"


def test_an_editors_text_is_never_overwritten() -> None:
    page = imported(GuidingQuestionPage, title="Who tells the parents?")
    draft = page.get_latest_revision_as_object()
    draft.title = "Who calls the parents?"
    draft.save_revision()

    assert counts(bring()) == (0, 0, 22, 0)
    report = bring(NOTE.replace("Who tells the parents?", "Who will tell the parents?"))
    assert counts(report) == (0, 0, 21, 1)
    assert (report.errors[0].where, report.errors[0].field) == (
        "segment 1, thematic area 3, question 2",
        "title",
    )
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Who calls the parents?"


@pytest.mark.long
def test_an_editors_save_without_a_change_is_no_conflict() -> None:
    page = imported(SegmentPage, number="1")
    draft = page.get_latest_revision_as_object()
    draft.background = draft.background.replace("<p>", '<p data-block-key="a1b2c">')
    draft.save_revision()
    report = bring(NOTE.replace("Speakers are asked", "All speakers are asked"))
    assert counts(report) == (0, 1, 21, 0)


def test_what_the_file_no_longer_has_stays_and_is_named() -> None:
    report = bring(NOTE.replace(" Could neighbours lend boats?", ""))
    assert report.missing == ["Could neighbours lend boats?"]
    assert imported(GuidingQuestionPage, title="Could neighbours lend boats?").live is False
