"""Index, consultation, segment and thematic area: what they show of the tree and of the ledger."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from portal.consultations.enums import ConsultationState
from portal.consultations.models import ConsultationPage
from portal.consultations.page_queries import open_now, summaries
from portal.organizations.models import Organization
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_consultation,
    make_home,
    make_intervention,
    make_organization,
    make_questions,
    publish_intervention,
)
from tests.factories.pages import ConsultationTree
from tests.markup import dense
from tests.thinning import rarely

CONSULTATION = "/en/consultations/brasilia/"
SEGMENT = f"{CONSULTATION}segment-1/"
AREA = f"{SEGMENT}area-1/"
CLOSED = datetime(2024, 5, 1, tzinfo=UTC)


def _intervention(organization: Organization, tree: ConsultationTree, *, at: tuple[int, ...] = (0,)) -> None:
    keys = [tree.questions[place] for place in at]
    publish_intervention(make_intervention(organization, state=SubmissionState.PUBLISHED, questions=keys))


@pytest.mark.long
def test_open_now_is_the_one_that_closes_first(db: None) -> None:
    home, now = make_home(("es",)), timezone.now()
    for slug, fields in {
        "no-deadline": {},
        "later": {"deadline": now + timedelta(days=9)},
        "sooner": {"deadline": now + timedelta(days=2)},
        "closed": {"closed_at": now, "deadline": now + timedelta(days=1)},
    }.items():
        make_consultation(home, codes=("es",), slug=slug, **fields)
    open_consultation = open_now(summaries("es"))
    assert open_consultation is not None
    assert open_consultation.page.url == "/es/consultations/sooner/"
    assert open_now([]) is None


def test_summary_counts_an_intervention_to_two_questions_once(
    consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _intervention(organization, consultation_pages, at=(0, 1))
    _intervention(organization, consultation_pages, at=(1,))
    [summary] = summaries("fr")
    assert (summary.segments, summary.questions, summary.interventions) == (1, 2, 2)


@pytest.mark.long
def test_index_shows_state_dates_and_numbers(client: Client, organization: Organization) -> None:
    home = make_home()
    tree = make_consultation(home, starts_on="2024-05-16", ends_on="2024-05-17", place="Brasilia")
    make_consultation(home, slug="colombia", opens_at=None, number="3")
    _intervention(organization, tree)
    text = dense(client.get("/en/consultations/").text)
    assert "16–17 May 2024" in text
    assert "Open for interventions" in text
    assert "1 segment · 2 guiding questions · 1 published contribution" in text
    assert text.count("is-open") == 1


@pytest.mark.long
def test_index_without_a_consultation_says_so(client: Client, db: None) -> None:
    tree = make_consultation()
    for page in tree.consultation.values():
        ConsultationPage.objects.get(pk=page.pk).delete()
    assert "No consultation has been announced yet." in dense(client.get("/en/consultations/").text)


def test_consultation_shows_its_way_through_seven_states(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    ConsultationPage.objects.update(deadline=timezone.now())
    text = dense(client.get(CONSULTATION).text)
    places = [
        text.index(str(state.label)) for state in ConsultationState if state != ConsultationState.CLOSED
    ]
    assert places == sorted(places)
    assert text.count('class="is-done"') == 4
    assert '<li class="is-current"><strong aria-current="step">Closed</strong></li>' in text
    assert "Choose a question" not in text


def test_consultation_lists_segments_with_their_numbers(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _intervention(organization, consultation_pages)
    text = dense(client.get(CONSULTATION).text)
    assert '<a href="/en/consultations/brasilia/segment-1/">1. Segment (en)</a>' in text
    assert "2 guiding questions · 1 published contribution" in text
    assert '<h2>Who has taken part</h2><p class="soft">Contributions</p>' in text


def test_consultation_without_public_segments_says_so(
    client: Client, consultation_pages: ConsultationTree
) -> None:
    keys = [page.pk for page in consultation_pages.segment.values()]
    Page.objects.filter(pk__in=keys).update(live=False, title="Secret import")
    text = dense(client.get(CONSULTATION).text)
    assert "The segments and guiding questions appear here when the concept note has been published." in text
    assert "Secret import" not in text


def test_deadline_is_told_with_place_and_clock(client: Client, db: None) -> None:
    deadline = datetime.fromisoformat("2090-06-14T18:00:00-03:00")
    make_consultation(deadline=deadline, time_zone="America/Sao_Paulo", place="Brasília")
    assert "until 14 June 2090, 18:00 (time in Brasília)" in dense(client.get(CONSULTATION).text)


def test_segment_groups_questions_by_area_with_interventions(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _intervention(organization, consultation_pages, at=(1,))
    text = dense(client.get(SEGMENT).text)
    assert f'<a href="{AREA}">1.1 Area (en)</a>' in text
    first, second = text.split("rows--questions")[1].split("</li>")[:2]
    assert "1.1 Which step number 1? (en)" in first
    assert "no published contribution yet" in first
    assert "1 published contribution" in second


def test_area_lists_its_questions(client: Client, consultation_pages: ConsultationTree) -> None:
    text = dense(client.get(AREA).text)
    assert f'<a href="{AREA}question-2/">1.2 Which step number 2? (en)</a>' in text


def test_drafts_below_are_left_out_and_their_interventions_not_counted(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    _intervention(organization, consultation_pages, at=(0,))
    keys = [page.pk for page in consultation_pages.question_pages[0].values()]
    Page.objects.filter(pk__in=keys).update(live=False, title="Secret question")
    for path in (CONSULTATION, SEGMENT, AREA):
        assert "Secret question" not in dense(client.get(path).text)
    assert "1 guiding question · no published contribution yet" in dense(client.get(CONSULTATION).text)


def test_untranslated_part_is_shown_with_its_language(client: Client, db: None) -> None:
    tree = make_consultation()
    Page.objects.filter(pk=tree.segment["fr"].pk).delete()
    text = dense(client.get("/fr/consultations/brasilia/").text)
    assert '<a href="/fr/consultations/brasilia/segment-1/" lang="es">1. Segment (es)</a>' in text


def test_private_interventions_are_not_counted(
    client: Client, consultation_pages: ConsultationTree, organization: Organization
) -> None:
    for state in (SubmissionState.DRAFT, SubmissionState.SUBMITTED, SubmissionState.RETURNED):
        make_intervention(organization, state=state, questions=consultation_pages.questions, title="Secret")
    for path in (CONSULTATION, SEGMENT, AREA):
        text = dense(client.get(path).text)
        assert "Secret" not in text
        assert "no published contribution yet" in text


@pytest.mark.parametrize("more", [0, 3, rarely(20)])
def test_pages_cost_the_same_with_more_questions_and_interventions(
    client: Client,
    consultation_pages: ConsultationTree,
    organization: Organization,
    django_assert_num_queries: Any,
    more: int,
) -> None:
    make_questions(consultation_pages.area, more, start=3)
    for _ in range(more + 1):
        _intervention(make_organization(), consultation_pages)
    for path, queries in {"/en/consultations/": 5, CONSULTATION: 7, SEGMENT: 8, AREA: 6}.items():
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)


def test_facts_of_a_consultation_are_those_of_the_original(consultation_pages: ConsultationTree) -> None:
    original, translated = (consultation_pages.consultation[code] for code in ("es", "pt"))
    original.closed_at = translated.closed_at = CLOSED
    translated.number, original.number = "99", "7"
    original.save_revision().publish()
    translated.save_revision().publish()
    rows = ConsultationPage.objects.filter(translation_key=original.translation_key)
    assert set(rows.values_list("closed_at", "number")) == {(CLOSED, "7")}


def test_time_zone_must_exist(consultation_pages: ConsultationTree) -> None:
    page = consultation_pages.consultation["es"]
    page.time_zone = "America/Nowhere"
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert list(caught.value.message_dict) == ["time_zone"]
