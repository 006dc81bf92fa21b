"""Figures kept for one state of what is public: never those of another state."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.common.actors import system
from portal.consultations.page_queries import summaries
from portal.organizations.models import Organization
from portal.pages.queries import ledger_figures
from portal.publication.domain import withdraw
from portal.publication.enums import RecordKind
from portal.publication.figures import KEPT, MOST, clear_changes, counted_once, note_change
from portal.publication.models import PublicChange
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, publish_intervention
from tests.factories.pages import ConsultationTree


def _numbers() -> tuple[int, int, int]:
    row = summaries("en")[0]
    return row.segments, row.questions, row.interventions


def test_figures_follow_what_is_published_and_withdrawn(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    assert (ledger_figures().contributions, _numbers()) == (0, (1, 2, 0))
    intervention = make_intervention(
        organization, state=SubmissionState.PUBLISHED, questions=consultation_pages.questions
    )
    publish_intervention(intervention)
    assert (ledger_figures().contributions, _numbers()) == (1, (1, 2, 1))
    withdraw(RecordKind.INTERVENTION, intervention.key, actor=system("tests"), now=timezone.now())
    assert (ledger_figures().contributions, _numbers()) == (0, (1, 2, 0))


@pytest.mark.long
def test_figures_follow_pages_that_are_taken_down_closed_and_deleted(
    consultation_pages: ConsultationTree,
) -> None:
    assert _numbers() == (1, 2, 0)
    for page in consultation_pages.question_pages[0].values():
        Page.objects.get(pk=page.pk).specific.unpublish()
    assert _numbers() == (1, 1, 0)
    closed = [
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        for page in consultation_pages.question_pages[1].values()
    ]
    assert _numbers() == (1, 0, 0)
    for restriction in closed:
        restriction.delete()
    assert _numbers() == (1, 1, 0)
    for page in consultation_pages.segment.values():
        Page.objects.get(pk=page.pk).specific.delete()
    assert _numbers() == (0, 0, 0)


def test_figures_follow_a_page_that_is_closed_without_a_note(consultation_pages: ConsultationTree) -> None:
    """Wagtail's admin closes a page outside a transaction, so that the note may be missing."""
    assert _numbers() == (1, 2, 0)
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
        for page in consultation_pages.question_pages[1].values()
    )
    assert _numbers() == (1, 1, 0)
    PageViewRestriction.objects.filter(page__in=consultation_pages.question_pages[1].values())._raw_delete(
        "default"
    )
    assert _numbers() == (1, 2, 0)


def test_what_was_counted_before_a_rollback_is_not_kept(db: None) -> None:
    now = ["before"]
    figures = counted_once(lambda: now[0])
    assert figures() == "before"
    with transaction.atomic():
        now[0] = "inside"
        note_change()
        assert figures() == "inside"
        transaction.set_rollback(True)
    now[0] = "after"
    assert figures() == "after"


def test_figures_of_one_thing_are_not_those_of_another(db: None) -> None:
    asked: list[str] = []
    figures = counted_once(lambda key: asked.append(key) or key)
    assert [figures(key) for key in ("one", "other", "one")] == ["one", "other", "one"]
    assert asked == ["one", "other"]
    note_change()
    assert (figures("one"), asked) == ("one", ["one", "other", "one"])


def test_who_asks_for_everything_fills_no_process(db: None) -> None:
    asked: list[int] = []
    figures = counted_once(lambda key: asked.append(key) or key)
    for key in range(MOST + 1):
        figures(key)
    assert (figures(MOST), len(asked)) == (MOST, MOST + 1)
    figures(0)
    assert asked[-1] == 0


def test_old_changes_are_thrown_away_by_the_clock(db: None) -> None:
    for _ in range(100):
        note_change()
    assert PublicChange.objects.count() >= 100
    clear_changes()
    assert PublicChange.objects.count() == KEPT


def test_every_change_costs_its_writer_the_same(db: None) -> None:
    for _ in range(3 * KEPT):
        with CaptureQueriesContext(connection) as captured:
            note_change()
        assert len(captured) == 1


def test_throwing_changes_away_gives_another_name_to_the_same_figures(db: None) -> None:
    counts = iter(range(1, 10))
    figures = counted_once(lambda: next(counts))
    for _ in range(KEPT + 1):
        note_change()
    assert (figures(), figures()) == (1, 1)
    clear_changes()
    assert figures() == 2
