"""The deadline of an organization: the rule at its boundaries, each verb around it, and who reads of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

from portal.accounts.models import User
from portal.common.actors import person
from portal.common.errors import Incomplete, WrongState
from portal.consultations.models import ConsultationPage, LaterDeadline, TypeDeadline
from portal.interventions.drafts import InterventionFields
from portal.interventions.models import Intervention
from portal.interventions.questions_step import Topics, open_topics
from portal.interventions.submission import INTERVENTION
from portal.organizations.models import Organization
from portal.practices.submission import PRACTICE
from portal.submissions import domain
from portal.submissions.deadline_words import told
from portal.submissions.deadlines import CORRECTING, GRACE, Limits, Standing, Why, ends_of, standing_of
from portal.submissions.models import SubmittedVersion
from portal.submissions.states import SubmissionState
from tests.factories import make_intervention, make_practice
from tests.factories.pages import ConsultationTree
from tests.thinning import rarely

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


# What is typed at six places, also on days on which the clock is put forward or back, and the moment meant.
PLACES = {
    "Mexico City": ("America/Mexico_City", "2026-04-05 18:00", _utc("2026-04-06T00:00"), "UTC−6"),
    "Brasília": ("America/Sao_Paulo", "2026-10-18 18:00", _utc("2026-10-18T21:00"), "UTC−3"),
    "Bogotá": ("America/Bogota", "2026-06-14 18:00", _utc("2026-06-14T23:00"), "UTC−5"),
    "Santiago, last day of summer": (
        "America/Santiago",
        "2026-04-04 18:00",
        _utc("2026-04-04T21:00"),
        "UTC−3",
    ),
    "Santiago, the day after": ("America/Santiago", "2026-04-05 18:00", _utc("2026-04-05T22:00"), "UTC−4"),
    "Santiago, summer again": ("America/Santiago", "2026-09-06 18:00", _utc("2026-09-06T21:00"), "UTC−3"),
    "Port-au-Prince": ("America/Port-au-Prince", "2026-03-08 18:00", _utc("2026-03-08T22:00"), "UTC−4"),
    "Geneva, spring": ("Europe/Zurich", "2026-03-29 18:00", _utc("2026-03-29T16:00"), "UTC+2"),
    "Geneva, autumn": ("Europe/Zurich", "2026-10-25 18:00", _utc("2026-10-25T17:00"), "UTC+1"),
}
OFTEN = {"Santiago, the day after"}
ENDS = _utc("2026-06-14T21:00")
BEGUN = ENDS - DAY
OPENED = _utc("2026-01-01T00:00")


def _limits(**more: Any) -> Limits:
    return Limits(**{"opens": OPENED, "common": ENDS, "begun": BEGUN} | more)


@pytest.mark.parametrize(
    ("limits", "ends", "why"),
    [
        (_limits(), ENDS, Why.COMMON),
        (_limits(common=None), None, Why.COMMON),
        (_limits(of_type=ENDS + DAY), ENDS + DAY, Why.TYPE),
        (_limits(of_type=ENDS - DAY), ENDS - DAY, Why.TYPE),
        (_limits(common=None, of_type=ENDS), ENDS, Why.TYPE),
        (_limits(closed_at=ENDS - DAY), ENDS - DAY, Why.EARLY),
        (_limits(of_type=ENDS + DAY, closed_at=ENDS), ENDS, Why.EARLY),
        (_limits(closed_at=ENDS + DAY), ENDS, Why.COMMON),
        (_limits(later=ENDS + DAY), ENDS + DAY, Why.LATER),
        (_limits(later=ENDS - DAY), ENDS, Why.COMMON),
        (_limits(closed_at=ENDS - DAY, later=ENDS), ENDS, Why.LATER),
        (_limits(later=ENDS + DAY, over=ENDS), ENDS, Why.OVER),
        (_limits(common=None, over=ENDS), ENDS, Why.OVER),
        (_limits(over=ENDS + 2 * DAY), ENDS, Why.COMMON),
        (_limits(returned=ENDS), ENDS + CORRECTING, Why.RETURNED),
        (_limits(returned=BEGUN - CORRECTING), ENDS, Why.COMMON),
        (_limits(returned=ENDS, over=ENDS), ENDS + CORRECTING, Why.RETURNED),
    ],
)
def test_one_rule_says_which_deadline_holds_and_why(limits: Limits, ends: datetime | None, why: Why) -> None:
    assert ends_of(limits, ENDS + 3 * DAY) == (ends, why)


def test_standing_turns_at_the_second() -> None:
    over, late = ENDS + GRACE, {"begun": ENDS}
    rows = [
        (_limits(), OPENED - SECOND, Standing.NOT_YET),
        (_limits(opens=None), ENDS - SECOND, Standing.NOT_YET),
        (_limits(), OPENED, Standing.OPEN),
        (_limits(), ENDS - SECOND, Standing.OPEN),
        (_limits(), ENDS, Standing.GRACE),
        (_limits(), over - SECOND, Standing.GRACE),
        (_limits(), over, Standing.CLOSED),
        # A draft that was not begun before the deadline has no grace, nor has what has no draft yet.
        (_limits(**late), ENDS, Standing.CLOSED),
        (_limits(begun=None), ENDS, Standing.CLOSED),
        (_limits(begun=None), ENDS - SECOND, Standing.OPEN),
        (_limits(common=None), ENDS + 400 * DAY, Standing.OPEN),
        (_limits(closed_at=BEGUN + SECOND), BEGUN + SECOND, Standing.GRACE),
        # Conclusions end it at once; what was returned keeps its term.
        (_limits(common=None, over=ENDS), ENDS - SECOND, Standing.OPEN),
        (_limits(common=None, over=ENDS), ENDS, Standing.CLOSED),
        (_limits(later=ENDS + DAY, over=ENDS), ENDS + SECOND, Standing.CLOSED),
        (_limits(returned=ENDS, over=ENDS), ENDS + CORRECTING - SECOND, Standing.OPEN),
        (_limits(returned=ENDS, opens=None), ENDS + CORRECTING - SECOND, Standing.OPEN),
        (_limits(returned=ENDS), ENDS + CORRECTING, Standing.GRACE),
        (_limits(returned=ENDS), ENDS + CORRECTING + GRACE, Standing.CLOSED),
    ]
    wrong = [(limits, now, told) for limits, now, told in rows if standing_of(limits, now) != told]
    assert wrong == []


@pytest.fixture
def open_call(consultation_pages: ConsultationTree) -> ConsultationTree:
    ConsultationPage.objects.update(opens_at=OPENED, deadline=ENDS, time_zone="America/Sao_Paulo")
    return consultation_pages


def _is_told(act: Callable[[], object]) -> str:
    """What becomes of a verb: done, or the words of its refusal."""
    try:
        act()
    except Incomplete as refusal:
        return " ".join(str(problem.message) for problem in refusal.problems)
    except WrongState as refusal:
        return str(refusal.message)
    return "done"


def _acts(
    organization: Organization, user: User, question: UUID, begun: datetime, now: datetime
) -> dict[str, object]:
    """Each verb at a moment, on a text of its own that was begun in time: whether the deadline refuses it."""
    actor = person(user)

    def made(state: SubmissionState = SubmissionState.DRAFT) -> Intervention:
        values = {"created_at": begun, "updated_at": begun}
        if state != SubmissionState.DRAFT:
            values["submitted_at"] = begun
        return make_intervention(organization, state=state, questions=[question], **values)

    draft, fields = made(), InterventionFields(title="Written later")
    verbs: dict[str, Callable[[], object]] = {
        "save": lambda: domain.save_draft(made(), fields=fields, revision=1, actor=actor, now=now),
        "submit": lambda: domain.submit(draft, submit_key=draft.submit_key, actor=actor, now=now),
        "withdraw": lambda: domain.withdraw(made(SubmissionState.SUBMITTED), actor=actor, now=now),
        "take up": lambda: domain.take_up_again(made(SubmissionState.WITHDRAWN), actor=actor, now=now),
        "replace": lambda: domain.open_correction(made(SubmissionState.PUBLISHED), actor=actor, now=now),
    }
    acts: dict[str, object] = {name: "is closed" not in _is_told(verb) for name, verb in verbs.items()}
    late = SubmittedVersion.objects.filter(submission_key=draft.key).values_list("is_late", flat=True)
    return acts | {
        "start": bool(open_topics([organization], Topics((question,)), now).keys),
        "late": list(late),
    }


@pytest.mark.parametrize("place", [each if each in OFTEN else rarely(each) for each in PLACES])
def test_each_verb_one_second_before_and_after_the_deadline_and_the_grace(
    open_call: ConsultationTree, organization: Organization, focal_point: User, place: str
) -> None:
    zone, _typed, ends, _offset = PLACES[place]
    ConsultationPage.objects.update(deadline=ends, time_zone=zone)
    always = {"save": True, "withdraw": True, "take up": True}
    in_time = always | {"start": True, "submit": True, "replace": True, "late": [False]}
    in_grace = in_time | {"start": False, "late": [True]}
    after = always | {"start": False, "submit": False, "replace": False, "late": []}
    with translation.override("en"):
        acts = {
            now - ends: _acts(organization, focal_point, open_call.questions[0], ends - DAY, now)
            for now in (ends - SECOND, ends + SECOND, ends + GRACE - SECOND, ends + GRACE + SECOND)
        }
    assert acts == {
        -SECOND: in_time,
        SECOND: in_grace,
        GRACE - SECOND: in_grace,
        GRACE + SECOND: after,
    }


def test_an_hour_typed_beside_a_zone_is_that_zones_hour_for_all_and_for_a_type(
    open_call: ConsultationTree,
) -> None:
    page = open_call.consultation["es"]
    form_type = page.get_edit_handler().get_form_class()
    meant = {}
    for place, (zone, typed, _ends, _offset) in PLACES.items():
        form = form_type(_page_form(typed, zone), instance=page)
        form.is_valid()
        [of_type] = form.formsets["type_deadlines"].forms
        meant[place] = (form.cleaned_data["deadline"], of_type.cleaned_data["deadline"])
    assert meant == {place: (ends, ends) for place, (_zone, _typed, ends, _offset) in PLACES.items()}
    assert of_type.instance.deadline == ends_at("Geneva, autumn")


def ends_at(place: str) -> datetime:
    return PLACES[place][2]


def _page_form(typed: str, zone: str, **more: str) -> dict[str, str]:
    row = {"type_code": "refugee_led", "deadline": typed, "id": "", "DELETE": ""} | more
    management = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "99"}
    rows = {f"type_deadlines-0-{name}": value for name, value in row.items()}
    return {
        "deadline": typed,
        "time_zone": zone,
        **{f"type_deadlines-{name}": value for name, value in management.items()},
        **rows,
    }


def test_deadlines_of_types_open_again_in_the_zone_and_those_of_the_oldest_page_count(
    open_call: ConsultationTree, organization: Organization
) -> None:
    oldest, other = (
        ConsultationPage.objects.get(pk=open_call.consultation[code].pk) for code in ("es", "en")
    )
    for page, moment in ((oldest, ENDS + DAY), (other, ENDS + 2 * DAY)):
        TypeDeadline.objects.create(page=page, type_code=organization.type_code, deadline=moment)
    form = oldest.get_edit_handler().get_form_class()(instance=oldest)
    [row] = form.formsets["type_deadlines"].forms
    assert row["deadline"].value() == datetime(2026, 6, 15, 18)
    draft = make_intervention(organization, questions=open_call.questions[:1], created_at=BEGUN)
    [deadline] = INTERVENTION.deadlines_of(draft, ENDS)
    assert (deadline.ends, deadline.why, deadline.standing) == (ENDS + DAY, Why.TYPE, Standing.OPEN)


@pytest.mark.parametrize("fault", ["unknown type", "an hour that there is not", "a year that is none"])
def test_a_faulty_deadline_of_a_type_is_refused_at_its_field(open_call: ConsultationTree, fault: str) -> None:
    typed, more, field = {
        "unknown type": ("2026-06-14 18:00", {"type_code": "castles"}, "type_code"),
        "an hour that there is not": ("2026-03-29 02:30", {}, "deadline"),
        "a year that is none": ("3026-06-14 18:00", {}, "deadline"),
    }[fault]
    page = open_call.consultation["es"]
    form = page.get_edit_handler().get_form_class()(_page_form(typed, "Europe/Zurich", **more), instance=page)
    form.is_valid()
    [of_type] = form.formsets["type_deadlines"].forms
    assert list(of_type.errors) == [field]


def test_a_type_has_one_deadline(open_call: ConsultationTree) -> None:
    page = open_call.consultation["es"]
    rows = _page_form("2026-06-14 18:00", "Europe/Zurich")
    rows |= {name.replace("-0-", "-1-"): value for name, value in rows.items() if "-0-" in name}
    form = page.get_edit_handler().get_form_class()(rows | {"type_deadlines-TOTAL_FORMS": "2"}, instance=page)
    form.is_valid()
    assert not form.formsets["type_deadlines"].is_valid()


def test_a_later_deadline_of_one_organization_is_not_that_of_another(
    open_call: ConsultationTree, organization: Organization, other_organization: Organization
) -> None:
    key = open_call.consultation["es"].translation_key
    given = LaterDeadline.objects.create(
        consultation_key=key, organization=organization, until=ENDS + DAY, reason="Power", given_at=BEGUN
    )
    drafts = [
        make_intervention(each, questions=open_call.questions[:1], created_at=BEGUN)
        for each in (organization, other_organization)
    ]

    def standing() -> list[tuple[Standing, Why]]:
        told = INTERVENTION.deadlines(drafts, ENDS + GRACE)
        return [(row.standing, row.why) for draft in drafts for row in told[draft.key]]

    assert standing() == [(Standing.OPEN, Why.LATER), (Standing.CLOSED, Why.COMMON)]
    assert [
        bool(open_topics([each.organization], Topics((open_call.questions[0],)), ENDS).keys)
        for each in drafts
    ] == [
        True,
        False,
    ]
    LaterDeadline.objects.filter(pk=given.pk).update(revoked_at=ENDS)
    assert standing() == [(Standing.CLOSED, Why.COMMON)] * 2


@pytest.mark.parametrize("days", [13, 15])
def test_a_returned_text_can_be_submitted_again_within_its_term_and_stays_late(
    open_call: ConsultationTree, organization: Organization, focal_point: User, days: int
) -> None:
    draft = make_intervention(
        organization,
        state=SubmissionState.RETURNED,
        questions=open_call.questions[:1],
        created_at=BEGUN,
        submitted_at=ENDS + SECOND,
        decided_at=ENDS + DAY,
    )
    SubmittedVersion.objects.filter(submission_key=draft.key).update(is_late=True)
    now = ENDS + DAY + timedelta(days=days)
    with translation.override("en"):
        told = _is_told(
            lambda: domain.submit(draft, submit_key=draft.submit_key, actor=person(focal_point), now=now)
        )
    late = [row.is_late for row in SubmittedVersion.objects.filter(submission_key=draft.key)]
    assert (told == "done", late) == ((True, [True, True]) if days < CORRECTING.days else (False, [True]))


def test_what_is_being_read_can_be_withdrawn_once_it_cannot_be_replaced(
    open_call: ConsultationTree, organization: Organization, focal_point: User, client: Client
) -> None:
    values = {"created_at": BEGUN, "submitted_at": BEGUN, "questions": open_call.questions[:1]}
    first, second = (
        make_intervention(organization, state=SubmissionState.IN_REVIEW, **values) for _ in range(2)
    )
    actor, client_page = person(focal_point), f"/en/desk/interventions/{second.key}/"
    with translation.override("en"), pytest.raises(WrongState, match="You can replace it"):
        domain.withdraw(first, actor=actor, now=ENDS + GRACE - SECOND)
    assert domain.withdraw(first, actor=actor, now=ENDS + GRACE).state == SubmissionState.WITHDRAWN
    client.force_login(focal_point)
    assert f"{client_page}withdraw/" in client.get(client_page).text
    client.post(f"{client_page}withdraw/")
    second.refresh_from_db()
    assert second.state == SubmissionState.WITHDRAWN


def test_what_was_taken_up_after_the_deadline_is_withdrawn_again(
    open_call: ConsultationTree, organization: Organization, focal_point: User, client: Client
) -> None:
    values = {"created_at": BEGUN, "submitted_at": BEGUN, "questions": open_call.questions[:1]}
    row = make_intervention(organization, state=SubmissionState.WITHDRAWN, **values)
    new = make_intervention(organization, questions=open_call.questions[:1])
    actor = person(focal_point)
    domain.take_up_again(row, actor=actor, now=ENDS + DAY)
    row.refresh_from_db()
    with pytest.raises(Incomplete):
        domain.submit(row, submit_key=row.submit_key, actor=actor, now=ENDS + DAY)
    client.force_login(focal_point)
    pages = [f"/en/desk/interventions/{each.key}/" for each in (row, new)]
    assert [f"{page}withdraw/" in client.get(page).text for page in pages] == [True, False]
    client.post(f"{pages[0]}withdraw/")
    row.refresh_from_db()
    assert row.state == SubmissionState.WITHDRAWN
    with pytest.raises(WrongState):
        domain.withdraw(new, actor=actor, now=ENDS + DAY)


def test_practices_have_the_deadlines_of_their_questions_and_none_without(
    open_call: ConsultationTree, organization: Organization
) -> None:
    about = make_practice(organization, questions=open_call.questions[:1], created_at=BEGUN)
    alone = make_practice(organization, created_at=BEGUN)
    told = PRACTICE.deadlines([about, alone], ENDS)
    assert {row.key: [each.standing for each in told[row.key]] for row in (about, alone)} == {
        about.key: [Standing.GRACE],
        alone.key: [],
    }


def test_words_say_day_hour_place_and_offset(open_call: ConsultationTree, organization: Organization) -> None:
    draft = make_intervention(organization, questions=open_call.questions[:1], created_at=BEGUN)
    words = {}
    with translation.override("en"):
        for place, (zone, _typed, ends, offset) in PLACES.items():
            ConsultationPage.objects.update(deadline=ends, time_zone=zone, place=place)
            [deadline] = INTERVENTION.deadlines_of(draft, ends - SECOND)
            words[place] = (
                offset in told(deadline).text and f"18:00 (time in {place}, " in told(deadline).text
            )
        [deadline] = INTERVENTION.deadlines_of(draft, BEGUN)
        early = told(deadline)
    assert words == dict.fromkeys(PLACES, True)
    assert (early.text, early.left) == (
        "Deadline: 25 October 2026, 18:00 (time in Geneva, autumn, UTC+1).",
        "Time left: 4\xa0months, 1\xa0week.",
    )
