"""Page, list, home page, desk and API tell one state of a consultation and act by it, at each boundary."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from portal.accounts.models import User
from portal.common.declarations import declared
from portal.consultations.course import Facts, state_at
from portal.consultations.enums import ConsultationState as State
from portal.consultations.models import ConsultationPage
from portal.consultations.page_queries import summaries
from portal.organizations.models import Organization
from portal.publication.figures import note_change
from portal.submissions.states import SubmissionState
from tests.factories import make_consultation, make_home, make_intervention
from tests.factories.pages import ConsultationTree
from tests.markup import dense

ZONE = "America/Sao_Paulo"
SECOND = timedelta(seconds=1)
PATH = "/en/consultations/brasilia/"
QUESTION = f"{PATH}segment-1/area-1/question-1/"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


FACTS: dict[str, Any] = {
    "time_zone": ZONE,
    "starts_on": date(2024, 5, 16),
    "ends_on": date(2024, 5, 17),
    "opens_at": _at("2024-03-01T09:00"),
    "deadline": _at("2024-05-10T18:00"),
    "conclusions_at": _at("2024-09-01T12:00"),
    "followed_up_on": date(2025, 1, 10),
}
BOUNDARIES = {
    _at("2024-03-01T09:00"): State.OPEN,
    _at("2024-05-10T18:00"): State.CLOSED,
    _at("2024-05-18T00:00"): State.MEETING_HELD,
    _at("2024-09-01T12:00"): State.OUTCOMES,
    _at("2025-01-10T00:00"): State.FOLLOWED_UP,
}


@pytest.fixture
def tree(db: None) -> ConsultationTree:
    return make_consultation(make_home(), **FACTS)


def _stop_the_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def _told(client: Client) -> dict[str, str]:
    """The state by everything that names it."""
    page, question = (dense(client.get(path).text) for path in (PATH, QUESTION))
    item = dense(client.get("/en/consultations/").text)
    [row] = client.get("/api/v1/consultations?ui=en").json()["results"]
    [whole] = client.get(f"/api/v1/pages?path={PATH}").json()["results"]
    by_label = {str(state.label): state.value for state in State} | {"Open now": State.OPEN.value}
    badge = r'<span class="badge[^"]*">([^<]*)</span>'
    return {
        "way": by_label[re.search(r'<strong aria-current="step">([^<]*)</strong>', page)[1]],
        "page": by_label[re.search(badge, page)[1]],
        "question": by_label[re.search(badge, question)[1]],
        "list": by_label[re.search(badge, item)[1]],
        "api": row["state"],
        "pages of the api": whole["state"],
    }


def _open_by(client: Client, tree: ConsultationTree, organization: Organization) -> dict[str, bool]:
    """Whether it takes interventions, by what each room offers or does."""
    key = tree.questions[0]
    start = dense(client.get(f"{reverse('interventions_desk:new')}?question={key}").text)
    draft = make_intervention(organization, questions=[key])
    check = reverse("interventions_desk:check", args=[draft.key])
    submitted = client.post(check, {"submit_key": str(draft.submit_key)})
    draft.refresh_from_db()
    assert (submitted.status_code == 302) == (draft.state == SubmissionState.SUBMITTED)
    return {
        "page": "Take part" in client.get(PATH).text,
        "question": "Write an intervention on this question" in client.get(QUESTION).text,
        "home": "Take part" in client.get("/en/").text,
        "desk offers": f'value="{key}"' in start,
        "desk says nothing": "takes no interventions now" not in start,
        "desk submits": draft.state == SubmissionState.SUBMITTED,
    }


@pytest.mark.parametrize("step", [-SECOND, 0 * SECOND, SECOND])
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_page_desk_and_api_agree(
    client: Client,
    tree: ConsultationTree,
    organization: Organization,
    focal_point: User,
    monkeypatch: pytest.MonkeyPatch,
    boundary: datetime,
    step: timedelta,
) -> None:
    now = boundary + step
    _stop_the_clock(monkeypatch, now)
    client.force_login(focal_point)
    client.cookies["django_language"] = "en"
    expected = state_at(Facts(**FACTS, has_questions=True), now)
    assert (expected == BOUNDARIES[boundary]) is (step >= 0 * SECOND)
    told = _told(client)
    assert told == dict.fromkeys(told, expected.value)
    opened = _open_by(client, tree, organization)
    assert opened == dict.fromkeys(opened, expected == State.OPEN)


def test_what_was_submitted_in_time_can_be_corrected_later_but_gains_no_closed_question(
    client: Client,
    tree: ConsultationTree,
    organization: Organization,
    focal_point: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = tree.questions
    in_time, late = _at("2024-05-10T17:59"), _at("2024-05-12T10:00")
    client.force_login(focal_point)
    states = {}
    for name, keys in {"same": [first], "more": [first, second]}.items():
        returned = make_intervention(
            organization, state=SubmissionState.RETURNED, questions=[first], submitted_at=in_time
        )
        for position, key in enumerate(keys[1:], start=1):
            returned.answers.create(question_key=key, position=position)
        _stop_the_clock(monkeypatch, late)
        check = reverse("interventions_desk:check", args=[returned.key])
        client.post(check, {"submit_key": str(returned.submit_key)})
        returned.refresh_from_db()
        states[name] = returned.state
    assert states == {"same": SubmissionState.SUBMITTED, "more": SubmissionState.RETURNED}


def test_a_refused_text_is_kept_and_the_reason_said_in_four_languages(
    client: Client, tree: ConsultationTree, organization: Organization, focal_point: User
) -> None:
    client.force_login(focal_point)
    draft = make_intervention(organization, questions=tree.questions, body="Palabra " * 40)
    words = {"en": "closed", "es": "cerrada", "pt": "encerrada", "fr": "close"}
    for code, word in words.items():
        check = f"/{code}/desk/interventions/{draft.key}/check/"
        assert word in dense(client.post(check, {"submit_key": str(draft.submit_key)}).text)
    draft.refresh_from_db()
    assert (draft.state, draft.body) == (SubmissionState.DRAFT, "Palabra " * 40)


def test_published_questions_make_the_concept_note_published(tree: ConsultationTree) -> None:
    ConsultationPage.objects.update(**dict.fromkeys(FACTS, None) | {"time_zone": ZONE})
    assert [row.state for row in summaries("en")] == [State.CONCEPT_NOTE]
    Page.objects.filter(pk__in=[page.pk for page in tree.segment.values()]).update(live=False)
    note_change()
    assert [row.state for row in summaries("en")] == [State.ANNOUNCED]


def test_conclusions_that_an_app_declares_make_the_state(
    tree: ConsultationTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, now = tree.consultation["es"].translation_key, timezone.now()
    ConsultationPage.objects.update(conclusions_at=None, followed_up_on=None)
    note_change()
    assert [row.state for row in summaries("en")] == [State.MEETING_HELD]

    def published() -> Mapping[UUID, datetime]:
        return {key: now - SECOND}

    app = apps.get_app_config("moderation")
    monkeypatch.setattr(app, "published_conclusions", (published,), raising=False)
    declared.cache_clear()
    try:
        note_change()
        assert [row.state for row in summaries("en")] == [State.OUTCOMES]
    finally:
        declared.cache_clear()


def test_deadline_told_is_the_moment_at_which_it_closes(tree: ConsultationTree) -> None:
    ahead = _at("2090-05-01T18:00")
    ConsultationPage.objects.update(conclusions_at=None, followed_up_on=None, ends_on=None, starts_on=None)
    for closed_at, day in ((None, "9 May 2090"), (ahead, "1 May 2090")):
        ConsultationPage.objects.update(deadline=ahead + timedelta(days=8), closed_at=closed_at)
        [row] = summaries("en")
        with translation.override("en"):
            assert (row.is_open, day in row.deadline) == (True, True)


def test_moments_out_of_order_are_refused_at_their_field(tree: ConsultationTree) -> None:
    page = tree.consultation["es"]
    page.deadline, page.ends_on = page.opens_at - SECOND, page.starts_on - timedelta(days=1)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert set(caught.value.message_dict) == {"deadline", "ends_on"}


def test_editor_sees_which_state_follows(client: Client, tree: ConsultationTree, administrator: User) -> None:
    client.force_login(administrator)
    page = tree.consultation["es"]
    text = dense(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text)
    way = text.split("<ol>")[1].split("</ol>")[0]
    assert re.findall(r"<strong>([^<]*)</strong>", way) == ["Con seguimiento"]
    assert "18 de mayo de 2024, 00:00 America/Sao_Paulo" in way
    assert 'name="conclusions_at' not in text
