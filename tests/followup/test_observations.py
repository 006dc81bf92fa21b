"""Observations: in an open cycle by no party, notes by a seat of the observatory, published by another."""

import csv
import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from portal.accounts.models import User
from portal.common.actors import Actor, Group, person, system
from portal.common.errors import Incomplete, NotAllowed, WrongState
from portal.followup.models import Observation, ReviewCycle
from portal.followup.observing.domain import follow_record, may_review, publish_observation
from portal.followup.observing.drafts import ObservationFields, addresses_in
from portal.followup.observing.records import pieces
from portal.followup.observing.subjects import Subject, subject_named
from portal.followup.observing.submission import OBSERVATION
from portal.moderation.domain import decide
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.pledges.enums import PartyState
from portal.pledges.models import Pledge
from portal.publication import domain as ledger
from portal.publication.models import Record
from portal.submissions.domain import create_draft, save_draft, submit, withdraw
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_intervention,
    make_organization,
    make_pledge,
    make_report,
    make_user,
    publish_intervention,
    publish_organization,
    publish_pledge,
    publish_report,
)
from tests.factories.followup import (
    make_assessment,
    make_body,
    make_observation,
    make_seat,
    open_cycle_now,
    publish_assessment,
)
from tests.factories.followup import publish_observation as approved
from tests.factories.organizations import add_member
from tests.factories.plan import make_framework, make_node, make_recommendation
from tests.thinning import rarely

CANARY = "zunzuncanario"
NOW = timezone.now()
DAY = timedelta(days=1)
TYPED = {
    "title": "Closed on both days",
    "language": "en",
    "text": "The office was closed.",
    "sources": "Visit in May\nMinutes https://example.org/minutes",
    "conflict": "Nothing.",
}


@pytest.fixture
def pledge(organization: Organization) -> Pledge:
    """Public; kept by Red Uno."""
    made = make_pledge(organization, state=SubmissionState.PUBLISHED)
    publish_pledge(made)
    return made


@pytest.fixture
def record(pledge: Pledge) -> Record:
    return Record.objects.get(kind="pledge", source_key=pledge.key)


@pytest.fixture
def cycle(db: None) -> ReviewCycle:
    return open_cycle_now()


@pytest.fixture
def observer(other_org_member: User) -> Actor:
    """Writes for Red Dos, which is no party of anything."""
    return person(other_org_member)


def begun(subject: Subject | Record, organization: Organization, actor: Actor, **fields: Any) -> Observation:
    about = Subject(record=subject) if isinstance(subject, Record) else subject
    texts = {name: value for name, value in TYPED.items() if name != "language"}
    told = ObservationFields(subject=about, **(texts | fields))
    return create_draft(
        OBSERVATION, organization=organization, language="en", fields=told, actor=actor, now=NOW
    )


def submitted(draft: Observation, actor: Actor) -> Observation:
    submit(draft, submit_key=draft.submit_key, actor=actor, now=NOW)
    draft.refresh_from_db()
    return draft


def told(refusal: Any) -> str:
    """The first reason, in English."""
    with translation.override("en"):
        return str(refusal.value.problems[0].message)


def _text(response: Any) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return str(response.content.decode())


@pytest.mark.long
def test_the_desk_leads_from_the_pledge_to_the_record(
    client: Client,
    record: Record,
    cycle: ReviewCycle,
    other_organization: Organization,
    other_org_member: User,
    moderator: User,
) -> None:
    page = client.get(record.path("en")).text
    desk = f"/en/desk/observations/new/?subject={record.public_id}"
    assert (
        f"/accounts/login/?next=%2Fen%2Fdesk%2Fobservations%2Fnew%2F%3Fsubject%3D{record.public_id}" in page
    )
    client.force_login(other_org_member)
    start = client.get(desk)
    typed = {"subject": record.public_id, "draft_key": start.context["draft_key"], "language": "en"}
    begin = client.post("/en/desk/observations/new/", {**typed, "organization": str(other_organization.key)})
    draft = Observation.objects.get()
    assert (begin.status_code, draft.record, draft.body) == (302, record, None)
    step = f"/en/desk/observations/{draft.key}/observation/"
    assert record.public_id in client.get(step).text
    assert client.post(step, {**TYPED, "revision": "1"}).status_code == 302
    draft.refresh_from_db()
    check = f"/en/desk/observations/{draft.key}/check/"
    assert client.post(check, {"submit_key": str(draft.submit_key)}).status_code == 302
    client.force_login(moderator)
    assert "https://example.org/minutes" in client.get(f"/en/desk/moderation/observation/{draft.key}/").text
    decide("observation", draft.key, "approved", actor=person(moderator), now=NOW)
    public = Record.objects.get(source_key=draft.key)
    row = client.get("/api/v1/observations").json()["results"][0]
    names = ("id", "subject", "subject_kind", "voice", "body", "cycle", "is_refugee_led", "country")
    assert [row[name] for name in names] == [
        public.public_id,
        record.public_id,
        "pledge",
        "organization",
        None,
        cycle.slug,
        True,
        record.country,
    ]


@pytest.mark.few(1)
@pytest.mark.parametrize("code", ["en", "pt", rarely("es"), rarely("fr")])
def test_an_observation_and_what_it_is_about_lead_to_each_other(
    client: Client, record: Record, other_organization: Organization, code: str
) -> None:
    figures = client.get("/api/v1/follow-up").json()["figures"]
    public = approved(make_observation(other_organization, record=record))
    own, theirs = client.get(public.path(code)), client.get(record.path(code))
    assert (own.status_code, record.path(code) in own.text, public.path(code) in theirs.text) == (
        200,
        True,
        True,
    )
    assert 'href="https://example.org/minutes"' in own.text
    assert client.get(f"/r/{public.public_id}/").status_code == 302
    feed = client.get(f"/{code}/observations/feed/").text
    assert public.title in feed
    assert client.get("/api/v1/follow-up").json()["figures"] == figures


@pytest.mark.long
def test_it_is_no_step_of_a_trace_and_shows_that_of_its_pledge(
    client: Client, pledge: Pledge, record: Record, other_organization: Organization
) -> None:
    report = publish_report(make_report(pledge))
    public = approved(make_observation(other_organization, record=record))
    of_pledge, of_it = (client.get(f"/api/v1/trace/{key.public_id}").json() for key in (record, public))
    items = {stage["stage"]: [row["id"] for row in stage["items"]] for stage in of_pledge["thread"]}
    assert (items["progress_report"], items["review"]) == ([report.public_id], [])
    assert (of_it["id"], of_it["thread"]) == (public.public_id, of_pledge["thread"])
    assert report.path("en") in client.get(public.path("en")).text


@dataclass(frozen=True)
class Asking:
    """Who asks for what, and the words that refuse it; empty where it is let in."""

    who: str
    about: str
    refused: str
    is_open: bool = True


INVOLVED, CLOSED = "has a part in this", "No review cycle is open"
FOR_ALL, NOTHING = "Only the observatory takes note", "Nothing public has this number"
ASKED = (
    Asking("other", "pledge", ""),
    Asking("other", "action", ""),
    Asking("other", "pledge", CLOSED, is_open=False),
    Asking("other", "action", CLOSED, is_open=False),
    Asking("other", "nothing", NOTHING),
    Asking("other", "axis", NOTHING),
    Asking("other", "retired", NOTHING),
    *(
        Asking(who, about, FOR_ALL)
        for who in ("other", "commission")
        for about in ("intervention", "recommendation", "report", "assessment", "organization")
    ),
    Asking("commission", "pledge", CLOSED, is_open=False),
    Asking("keeper", "pledge", INVOLVED),
    Asking("keeper", "action", ""),
    *(
        Asking("observatory", about, "", is_open=is_open)
        for about in (
            *("pledge", "action", "intervention", "recommendation", "report", "assessment"),
            "organization",
        )
        for is_open in (True, False)
    ),
    Asking("observatory", "own assessment", INVOLVED),
    Asking("observatory", "itself", INVOLVED),
    Asking("ended", "pledge", CLOSED, is_open=False),
    Asking("ended", "intervention", FOR_ALL),
)


def test_who_may_observe_what_and_when(
    client: Client,
    pledge: Pledge,
    record: Record,
    organization: Organization,
    other_organization: Organization,
) -> None:
    plan = make_framework()
    make_node(plan, "1.2", retired_on=NOW.date() - DAY)
    seated = {name: make_organization(state="verified") for name in ("commission", "observatory", "ended")}
    for holder in seated.values():
        publish_organization(holder)
    observatory = make_body("observatory", may_assess=True)
    make_seat(make_body(may_assess=True), seated["commission"])
    make_seat(observatory, seated["observatory"])
    make_seat(observatory, seated["ended"], until=NOW.date() - DAY)
    known = {
        "pledge": record.public_id,
        "action": make_node(plan, "1.1").key,
        "axis": make_node(plan, "1", kind="axis").key,
        "retired": "plan-a:1.2",
        "nothing": "P-99999",
        "intervention": publish_intervention(make_intervention(organization)).public_id,
        "recommendation": make_recommendation().public_id,
        "report": publish_report(make_report(pledge)).public_id,
        "assessment": publish_assessment(make_assessment(pledge, other_organization)).public_id,
        "own assessment": publish_assessment(
            make_assessment(pledge, seated["observatory"], observatory)
        ).public_id,
        "organization": Record.objects.get(source_key=organization.key).public_id,
        "itself": Record.objects.get(source_key=seated["observatory"].key).public_id,
    }
    writers = {"other": other_organization, "keeper": organization, **seated}
    people = {name: _member_of(writer) for name, writer in writers.items()}
    cycle = open_cycle_now()
    wrong = []
    for asked in ASKED:
        cycle.opened_at = NOW - DAY if asked.is_open else NOW + DAY
        cycle.save()
        client.force_login(people[asked.who])
        page = client.get(f"/en/desk/observations/new/?subject={known[asked.about]}")
        is_let_in = "draft_key" in page.context
        if asked.refused not in page.text or is_let_in == bool(asked.refused):
            wrong.append(asked)
        typed = {"subject": known[asked.about], "language": "en", "organization": writers[asked.who].key}
        sent = client.post("/en/desk/observations/new/", typed)
        if (sent.status_code == 302) == bool(asked.refused):
            wrong.append(asked)
        if asked.refused and known[asked.about] not in sent.text:
            wrong.append(asked)
    assert wrong == []
    assert Observation.objects.count() == sum(not asked.refused for asked in ASKED)
    assert set(Observation.objects.exclude(body=None).values_list("organization", flat=True)) == {
        seated["observatory"].pk
    }


def _member_of(organization: Organization) -> User:
    user = make_user(language="en")
    add_member(organization, user, Role.OWNER)
    return user


@pytest.mark.parametrize("role", [Role.OWNER, rarely(Role.EDITOR), rarely(Role.SIGNATORY), Role.VIEWER])
def test_nobody_of_a_party_writes_submits_or_decides(
    record: Record,
    cycle: ReviewCycle,
    organization: Organization,
    other_organization: Organization,
    observer: Actor,
    other_org_member: User,
    moderator: User,
    role: Role,
) -> None:
    """Also where the person joined the party after the draft was begun, and writes for another one."""
    draft = begun(record, other_organization, observer)
    add_member(organization, other_org_member, role)
    with pytest.raises(NotAllowed):
        begun(record, other_organization, observer)
    with pytest.raises(NotAllowed):
        save_draft(draft, fields=ObservationFields(text="x"), revision=1, actor=observer, now=NOW)
    with pytest.raises(NotAllowed):
        submit(draft, submit_key=draft.submit_key, actor=observer, now=NOW)
    Observation.objects.update(state=SubmissionState.SUBMITTED, submitted_at=NOW)
    draft.refresh_from_db()
    assert may_review(person(moderator), draft)
    add_member(organization, moderator, role)
    for verb in (publish_observation, lambda row, **told: decide("observation", row.key, "approved", **told)):
        with pytest.raises(NotAllowed):
            verb(draft, actor=person(moderator), now=NOW)
    assert Record.objects.filter(kind="observation").count() == 0


@pytest.mark.parametrize("state", PartyState)
def test_no_party_observes_its_own_pledge(
    pledge: Pledge,
    record: Record,
    other_organization: Organization,
    observer: Actor,
    state: PartyState,
) -> None:
    pledge.parties.create(organization=other_organization, role="partner", state=state)
    if state in (PartyState.NAMED, PartyState.CONFIRMED):
        with pytest.raises(Incomplete) as refusal:
            begun(record, other_organization, observer)
        assert INVOLVED in told(refusal)
    else:
        assert begun(record, other_organization, observer).state == SubmissionState.DRAFT


def test_outside_a_cycle_the_draft_stays_and_is_submitted_in_the_next_one(
    client: Client,
    record: Record,
    cycle: ReviewCycle,
    other_organization: Organization,
    observer: Actor,
    other_org_member: User,
) -> None:
    draft = begun(record, other_organization, observer, text=CANARY)
    cycle.opened_at = NOW + DAY
    cycle.save()
    with pytest.raises(Incomplete) as refusal:
        submit(draft, submit_key=draft.submit_key, actor=observer, now=NOW)
    assert CLOSED in told(refusal)
    client.force_login(other_org_member)
    check = f"/en/desk/observations/{draft.key}/check/"
    refused = client.post(check, {"submit_key": str(draft.submit_key)})
    draft.refresh_from_db()
    assert (refused.status_code, CLOSED in refused.text, CANARY in refused.text, draft.state) == (
        200,
        True,
        True,
        "draft",
    )
    submit(draft, submit_key=draft.submit_key, actor=observer, now=NOW + 2 * DAY)


def test_an_organization_waits_for_its_verification(
    record: Record, cycle: ReviewCycle, moderator: User
) -> None:
    fresh = make_organization()
    writer = person(_member_of(fresh))
    draft = begun(record, fresh, writer)
    with pytest.raises(Incomplete) as refusal:
        submit(draft, submit_key=draft.submit_key, actor=writer, now=NOW)
    assert "has not verified your organization yet" in told(refusal)


def test_a_note_lives_with_the_seat(
    record: Record, other_organization: Organization, observer: Actor, moderator: User
) -> None:
    body = make_body("observatory")
    seat = make_seat(body, other_organization)
    draft = begun(record, other_organization, observer, body=body)
    body.seats.update(until=NOW.date() - DAY)
    with pytest.raises(Incomplete) as refusal:
        submit(draft, submit_key=draft.submit_key, actor=observer, now=NOW)
    assert "holds no seat in the observatory" in told(refusal)
    colleague = make_user(email="colleague@example.org")
    body.seats.update(until=None, person=colleague)
    with pytest.raises(NotAllowed):
        submit(draft, submit_key=draft.submit_key, actor=observer, now=NOW)
    body.seats.update(person=None)
    waiting = submitted(draft, observer)
    body.seats.update(until=NOW.date() - DAY)
    with translation.override("en"), pytest.raises(WrongState, match="holds no seat"):
        publish_observation(waiting, actor=person(moderator), now=NOW)
    seat.refresh_from_db()
    body.seats.update(until=NOW.date())
    assert publish_observation(waiting, actor=person(moderator), now=NOW + 3 * DAY).facts["body"] == body.slug


def test_a_body_that_is_no_observatory_takes_no_note(
    record: Record, other_organization: Organization, observer: Actor
) -> None:
    body = make_body(may_assess=True)
    make_seat(body, other_organization)
    with pytest.raises(Incomplete):
        begun(record, other_organization, observer, body=body)


@pytest.mark.parametrize("group", [Group.MODERATOR, Group.EDITOR, Group.COMMISSIONER, Group.OBSERVATORY])
def test_no_group_observes(
    record: Record, cycle: ReviewCycle, other_organization: Organization, group: Group
) -> None:
    with pytest.raises(NotAllowed):
        begun(record, other_organization, person(make_user(group)))


def test_who_wrote_it_does_not_publish_it(
    record: Record, cycle: ReviewCycle, other_organization: Organization, observer: Actor, moderator: User
) -> None:
    waiting = submitted(begun(record, other_organization, observer), observer)
    add_member(other_organization, moderator, Role.EDITOR)
    with pytest.raises(NotAllowed):
        decide("observation", waiting.key, "approved", actor=person(moderator), now=NOW)


def test_what_comes_up_before_publication_refuses_it(
    pledge: Pledge, record: Record, other_organization: Organization, moderator: User, focal_point: User
) -> None:
    waiting = make_observation(other_organization, record=record, state=SubmissionState.SUBMITTED)
    party = pledge.parties.create(organization=other_organization, role="funder", state=PartyState.CONFIRMED)
    with translation.override("en"), pytest.raises(WrongState, match=INVOLVED):
        publish_observation(waiting, actor=person(moderator), now=NOW)
    party.delete()
    withdraw(pledge, actor=person(focal_point), now=NOW)
    waiting.refresh_from_db()
    with translation.override("en"), pytest.raises(WrongState, match="Only what is public"):
        publish_observation(waiting, actor=person(moderator), now=NOW)
    assert Record.objects.filter(kind="observation").count() == 0


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_nothing_of_it_is_public_before_it_is_published(
    client: Client, record: Record, other_organization: Organization, state: str
) -> None:
    make_observation(
        other_organization,
        record=record,
        state=SubmissionState(state),
        title=CANARY,
        text=CANARY,
        sources=CANARY,
        conflict=CANARY,
    )
    theirs = Record.objects.get(source_key=other_organization.key)
    lists = [f"/en/observations/?format={form}" for form in ("csv", "json")]
    places = [record.path("en"), theirs.path("en"), "/en/observations/", "/en/observations/feed/"]
    apis = ["observations", f"pledges/{record.public_id}", f"trace/{record.public_id}", "search?q=" + CANARY]
    every = [*lists, *places, *(f"/api/v1/{api}" for api in apis)]
    assert [place for place in every if CANARY in _text(client.get(place)).replace(f"q={CANARY}", "")] == []


def test_it_goes_with_what_it_is_about_and_comes_back_with_it(
    client: Client,
    pledge: Pledge,
    record: Record,
    other_organization: Organization,
    focal_point: User,
    observer: Actor,
) -> None:
    """Also through an assessment of the pledge that goes first; one that was taken back stays so."""
    third = make_organization(state=OrganizationState.VERIFIED)
    assessment = publish_assessment(make_assessment(pledge, third))
    body = make_body("observatory")
    make_seat(body, other_organization)
    kept = approved(make_observation(other_organization, record=record, title=CANARY))
    note = approved(make_observation(other_organization, record=assessment, body=body, title=CANARY))
    gone = make_observation(other_organization, record=record)
    approved(gone)
    gone.refresh_from_db()
    withdraw(gone, actor=observer, now=NOW)
    pages = [kept.path("en"), f"/api/v1/observations/{kept.public_id}", note.path("en")]
    lists = ["/en/observations/", "/api/v1/observations", "/en/observations/feed/"]
    assert [place for place in lists if CANARY not in client.get(place).text] == []
    withdraw(pledge, actor=person(focal_point), now=NOW)
    assert [client.get(page).status_code for page in pages] == [410] * 3
    assert [place for place in lists if CANARY in client.get(place).text] == []
    publish_pledge(pledge)
    assert [client.get(page).status_code for page in pages] == [200] * 3
    assert client.get("/api/v1/observations").json()["count"] == 2


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": ""}, ["title"]),
        ({"title": "x" * 201}, ["title"]),
        ({"text": " ", "conflict": ""}, ["conflict", "text"]),
        ({"text": "word " * 401}, ["text"]),
        ({"sources": ""}, ["sources"]),
        ({"sources": "line\n" * 13}, ["sources"]),
        ({"sources": "Minutes http:// and more"}, ["sources"]),
        ({"sources": "www.example.org"}, ["sources"]),
        ({"sources": "javascript://example.org/%0aalert(1)"}, ["sources"]),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_stays_typed(
    client: Client,
    record: Record,
    other_organization: Organization,
    other_org_member: User,
    wrong: dict[str, str],
    fields: list[str],
) -> None:
    draft = make_observation(
        other_organization, record=record, author=other_org_member, title="", text="", sources=""
    )
    client.force_login(other_org_member)
    page = f"/en/desk/observations/{draft.key}/observation/"
    answer = client.post(page, {**TYPED, **wrong, "revision": "1"})
    form = answer.context["form"]
    assert sorted(form.errors) == fields
    assert {name: form.data[name] for name in wrong} == wrong
    draft.refresh_from_db()
    assert draft.conflict == wrong.get("conflict", TYPED["conflict"])
    with pytest.raises(Incomplete):
        submit(draft, submit_key=draft.submit_key, actor=person(other_org_member), now=NOW)


def test_only_addresses_of_the_web_become_links() -> None:
    line = "See (https://example.org/a), then javascript:alert(1) and https://example.org/b."
    assert addresses_in(line) == ["https://example.org/a", "https://example.org/b"]
    told = pieces(line)
    assert "".join(piece["text"] for piece in told) == line
    assert [piece["url"] for piece in told if piece.get("url")] == addresses_in(line)


def test_an_observation_of_an_action_stands_on_its_page(
    client: Client, cycle: ReviewCycle, other_organization: Organization, observer: Actor, moderator: User
) -> None:
    action = make_node(make_framework(), "1.1")
    subject = subject_named(action.key)
    assert subject is not None
    waiting = submitted(begun(subject, other_organization, observer), observer)
    public = publish_observation(waiting, actor=person(moderator), now=NOW)
    page, own = client.get(action.path("en")).text, client.get(public.path("en")).text
    assert (public.path("en") in page, action.path("en") in own) == (True, True)
    assert (public.country, other_organization.country) == ("", "MX")
    assert client.get(f"/api/v1/observations?subject={action.key}").json()["count"] == 1
    assert client.get("/api/v1/observations?subject_kind=plan_action").json()["count"] == 1


@pytest.mark.long
def test_refugee_led_ones_and_notes_are_shown_as_such(
    client: Client, record: Record, other_organization: Organization
) -> None:
    ministry = make_organization(name="Ministry", type_code="state", state=OrganizationState.VERIFIED)
    watching = make_organization(name="Watch", type_code="academia", state=OrganizationState.VERIFIED)
    body = make_body("observatory", title_en="Regional watch")
    make_seat(body, watching)
    led = approved(make_observation(other_organization, record=record))
    other = approved(make_observation(ministry, record=record))
    note = approved(make_observation(watching, record=record, body=body))
    words = ("Refugee-led organization", "Note of the observatory")
    main = {
        each.public_id: [word in client.get(each.path("en")).text for word in words]
        for each in (led, other, note)
    }
    assert main == {
        led.public_id: [True, False],
        other.public_id: [False, False],
        note.public_id: [False, True],
    }
    signed = client.get(note.path("en")).text
    assert ("Regional watch" in signed, "Watch" in signed) == (True, True)
    asked = {
        "type=refugee_led": led,
        "voice=observatory": note,
        f"body={body.slug}": note,
        "type=state": other,
    }
    rows = {
        query: [row["id"] for row in client.get(f"/api/v1/observations?{query}").json()["results"]]
        for query in asked
    }
    assert rows == {query: [each.public_id] for query, each in asked.items()}
    for wrong in ("voice=nobody", "subject=zzz", "subject_kind=observation", "type=zz"):
        assert client.get(f"/api/v1/observations?{wrong}").status_code == 422
    assert client.get(f"/en/observations/?subject={record.public_id}").context["page"].paginator.count == 3


@pytest.mark.long
def test_a_note_leads_to_the_assessment_of_the_observatory(
    client: Client, pledge: Pledge, record: Record, other_organization: Organization
) -> None:
    body, third = make_body("observatory", may_assess=True), make_organization(state="verified")
    make_seat(body, other_organization)
    make_seat(body, third)
    theirs = publish_assessment(make_assessment(pledge, third, body))
    others = publish_assessment(make_assessment(pledge, make_organization(state="verified")))
    note = client.get(approved(make_observation(other_organization, record=record, body=body)).path("en"))
    blocks = [block["context"]["rows"] for block in note.context["blocks"] if "rows" in block["context"]]
    assert [row["url"] for rows in blocks for row in rows] == [theirs.path("en")]
    assert others.is_published


def test_the_parties_are_told_by_mail(
    record: Record, other_organization: Organization, focal_point: User, mailoutbox: list[Any]
) -> None:
    public = approved(make_observation(other_organization, record=record))
    told = [message for message in mailoutbox if public.public_id in message.body]
    assert [message.to for message in told] == [[focal_point.email]]
    assert "/desk/reports/new/?pledge=" in told[0].body


def test_a_cell_of_its_export_is_no_formula(
    client: Client, record: Record, other_organization: Organization
) -> None:
    approved(make_observation(other_organization, record=record, text="=1+1"))
    rows = list(
        csv.DictReader(io.StringIO(_text(client.get("/en/observations/?format=csv")).lstrip("\ufeff")))
    )
    assert [(row["subject"], row["text_text"]) for row in rows] == [(record.public_id, "'=1+1")]


def _queries(client: Client, path: str) -> int:
    """Of a page that was read before."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.mark.parametrize("number", [rarely(1), 4])
def test_reading_costs_the_same_for_one_and_many(
    client: Client,
    record: Record,
    other_organization: Organization,
    number: int,
) -> None:
    for _each in range(number):
        public = approved(make_observation(other_organization, record=record))
    paths = {record.path("en"): 10, public.path("en"): 9, "/en/observations/": 5, "/api/v1/observations": 4}
    assert {path: _queries(client, path) for path in paths} == paths


def test_a_record_that_nobody_observes_costs_one_query_when_it_changes(
    record: Record, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        follow_record(record.kind, record.source_key, record.state, NOW)


@pytest.mark.parametrize("number", [rarely(1), 3])
def test_the_room_shows_what_ones_organizations_wrote(
    client: Client, record: Record, other_organization: Organization, other_org_member: User, number: int
) -> None:
    """And nothing of another one; in the same number of queries however much it is."""
    make_observation(make_organization(), record=record, title=CANARY)
    for _each in range(number):
        make_observation(other_organization, record=record)
    client.force_login(other_org_member)
    room = client.get("/en/desk/observations/")
    assert ([item["meta"][0] for item in room.context["items"]], CANARY in room.text) == (
        [f"On: {record.public_id}"] * number,
        False,
    )
    assert CLOSED in room.text
    open_cycle_now()
    assert "organizations can observe" in client.get("/en/desk/observations/").text
    assert _queries(client, "/en/desk/observations/") == 5


def test_the_room_of_the_observatory_shows_its_notes_at_work(
    client: Client, record: Record, other_organization: Organization, other_org_member: User
) -> None:
    """Not what its members observe for themselves, and nobody else's."""
    body, third = make_body("observatory"), make_organization()
    make_seat(body, other_organization)
    make_observation(other_organization, record=record, body=body, title="Note at work")
    make_observation(other_organization, record=record, title="For itself")
    make_observation(third, record=record, body=body, title=CANARY)
    client.force_login(other_org_member)
    page = client.get("/en/desk/follow-up/observatory/").text
    told = [words in page for words in ("Note at work", "/en/desk/observations/", "For itself", CANARY)]
    assert told == [True, True, False, False]


def test_a_withdrawn_record_is_told_at_the_draft(
    record: Record, cycle: ReviewCycle, other_organization: Organization, observer: Actor
) -> None:
    draft = begun(record, other_organization, observer)
    ledger.withdraw("pledge", record.source_key, actor=system("tests"), now=NOW)
    with pytest.raises(Incomplete) as refusal:
        submit(draft, submit_key=draft.submit_key, actor=observer, now=NOW)
    assert "Only what is public" in told(refusal)


def test_the_country_is_that_of_the_pledge_and_said_to_be(
    client: Client, cycle: ReviewCycle, other_organization: Organization
) -> None:
    """The author is of Mexico, the pledge of Costa Rica. The cycle stands there by its name."""
    pledge = publish_pledge(make_pledge(make_organization(name="Keeper"), country="CR"))
    said = approved(make_observation(other_organization, record=pledge))
    page, listed = client.get(said.path("en")), client.get("/en/observations/")
    facts = {str(row["term"]): row for row in page.context["rows"]}
    assert (other_organization.country, str(facts["Country that it is about"]["value"])) == (
        "MX",
        "Costa Rica",
    )
    assert ("about Costa Rica" in listed.text, "Country</dt>" in page.text) == (True, False)
    assert [link.label for link in facts["Review cycle"]["links"]] == [cycle.title("en")]
    assert f">{cycle.slug}<" not in page.text
