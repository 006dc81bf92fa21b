"""Page, list, home page, desk and API tell one state of a consultation and act by it, at each boundary."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
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
from tests.factories import make_consultation, make_intervention
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
def tree(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConsultationTree]:
    """A consultation whose conclusions were published, as an app told it in its configuration."""
    columns = {name: value for name, value in FACTS.items() if name != "conclusions_at"}
    made = make_consultation(**columns)
    days = {made.consultation["es"].translation_key: FACTS["conclusions_at"]}
    monkeypatch.setattr(
        apps.get_app_config("moderation"), "published_conclusions", (lambda: days,), raising=False
    )
    declared.cache_clear()
    note_change()
    yield made
    declared.cache_clear()


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
        "page": "Choose a question" in client.get(PATH).text,
        "question": "Write an intervention on this question" in client.get(QUESTION).text,
        "home": "Choose a question" in client.get("/en/").text,
        "desk offers": f'value="{key}"' in start,
        "desk says nothing": "takes no interventions now" not in start,
        "desk submits": draft.state == SubmissionState.SUBMITTED,
    }


@pytest.mark.few(6)
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


@pytest.mark.long
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


def without_conclusions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_app_config("moderation"), "published_conclusions", ())
    declared.cache_clear()
    note_change()


def test_published_questions_make_the_concept_note_published(
    tree: ConsultationTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = dict.fromkeys(set(FACTS) - {"conclusions_at"}) | {"time_zone": ZONE}
    ConsultationPage.objects.update(**columns)
    without_conclusions(monkeypatch)
    assert [row.state for row in summaries("en")] == [State.CONCEPT_NOTE]
    Page.objects.filter(pk__in=[page.pk for page in tree.segment.values()]).update(live=False)
    note_change()
    assert [row.state for row in summaries("en")] == [State.ANNOUNCED]


def test_conclusions_are_published_only_where_an_app_tells_so(
    tree: ConsultationTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    ConsultationPage.objects.update(followed_up_on=None)
    note_change()
    assert [row.state for row in summaries("en")] == [State.OUTCOMES]
    without_conclusions(monkeypatch)
    assert [row.state for row in summaries("en")] == [State.MEETING_HELD]


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "name", ["starts_on", "ends_on", "followed_up_on", "deadline", "opens_at", "closed_at"]
)
def test_an_implausible_year_is_refused_at_its_field_and_breaks_no_page(
    client: Client, tree: ConsultationTree, name: str
) -> None:
    page = tree.consultation["es"]
    last = date.max if name.endswith("_on") else datetime.max.replace(tzinfo=UTC)
    setattr(page, name, last)
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    assert name in caught.value.message_dict
    ConsultationPage.objects.update(**{name: last})
    note_change()
    addresses = ("/en/", "/en/consultations/", PATH, "/api/v1/consultations")
    assert {path: client.get(path).status_code for path in addresses} == dict.fromkeys(addresses, 200)


def test_deadline_told_is_the_moment_at_which_it_closes(
    tree: ConsultationTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = _at("2090-05-01T18:00")
    ConsultationPage.objects.update(followed_up_on=None, ends_on=None, starts_on=None)
    without_conclusions(monkeypatch)
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


@pytest.mark.long
def test_editor_sees_which_state_follows(client: Client, tree: ConsultationTree, administrator: User) -> None:
    client.force_login(administrator)
    page = tree.consultation["es"]
    text = dense(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text)
    way = text.split("<ol>")[1].split("</ol>")[0]
    assert re.findall(r"<strong>([^<]*)</strong>", way) == ["Con seguimiento"]
    assert "18 de mayo de 2024, 00:00 America/Sao_Paulo" in way
    assert 'name="conclusions_at' not in text
