"""Interventions made in the room: entered by the secretariat, moderated, marked, confirmed or objected to."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.common.errors import Incomplete, NotAllowed, SavedBefore, WrongState
from portal.consultations.models import Session
from portal.interventions.drafts import InterventionFields
from portal.interventions.enums import InterventionForm, Manner
from portal.interventions.models import Intervention, MadeInRoom
from portal.interventions.room import RoomFields, confirm, enter, object_to
from portal.interventions.submission import INTERVENTION
from portal.moderation.leaving_out import redact
from portal.organizations.enums import OrganizationState, Role
from portal.organizations.models import Organization
from portal.organizations.states import STATES as ORGANIZATION_STATES
from portal.publication.models import Record
from portal.submissions.domain import publish, return_to_author, withdraw
from portal.submissions.states import SubmissionState
from tests.factories import (
    make_intervention,
    make_organization,
    make_user,
    publish_intervention,
    publish_organization,
)
from tests.factories.organizations import add_member
from tests.factories.pages import ConsultationTree
from tests.factories.records import BODY
from tests.factories.sessions import make_session
from tests.markup import dense
from tests.thinning import rarely

NOW = timezone.now()
CANARY = "zunzuncanario"
pytestmark = pytest.mark.django_db


@pytest.fixture
def session(consultation_pages: ConsultationTree) -> Session:
    key = consultation_pages.consultation["es"].translation_key
    return make_session(key, title="Panel uno", title_en="Panel one")


@pytest.fixture
def fields(consultation_pages: ConsultationTree) -> InterventionFields:
    return InterventionFields(
        title="Registro en la frontera",
        language="es",
        country="MX",
        form=InterventionForm.INTERVENTION.value,
        body=BODY,
        question_keys=tuple(consultation_pages.questions[:1]),
    )


@pytest.fixture
def memberless(db: None) -> Organization:
    """Public, and nobody belongs to it."""
    organization = make_organization(name="Estado Uno", type_code="state", state=OrganizationState.VERIFIED)
    publish_organization(organization)
    return organization


def _enter(
    organization: Organization, session: Session, fields: InterventionFields, user: User, **more: Any
) -> Intervention:
    values = {"manner": Manner.SPOKEN, "source": CANARY, "speaker_role": "ministra"}
    values |= {name: more.pop(name) for name in list(more) if name in values}
    room = RoomFields(session=session, **values)  # type: ignore[arg-type]
    return enter(organization, fields=fields, room=room, actor=person(user), now=NOW, **more)


def test_one_goes_through_moderation_and_is_marked_everywhere(
    client: Client,
    session: Session,
    fields: InterventionFields,
    memberless: Organization,
    editor: User,
    moderator: User,
) -> None:
    said = _enter(memberless, session, fields, editor)
    assert (said.state, Record.objects.filter(kind="intervention").count()) == ("submitted", 0)
    record = publish(said, actor=person(moderator), now=NOW)
    page = dense(client.get(record.path("en")).text)
    for words in ("Made in the room", "Spoken", "The organization has not confirmed it yet.", "ministra"):
        assert words in page
    assert f'<a href="/en/consultations/brasilia/#session-{session.key}">Panel one</a>' in page
    assert "Made in the room" in client.get("/en/interventions/").text
    row = client.get("/api/v1/interventions").json()["results"][0]
    told = [row[name] for name in ("made_in", "manner", "speaker_role", "confirmed_on")]
    assert told == [str(session.key), "spoken", "ministra", ""]
    export = b"".join(client.get("/en/interventions/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert str(session.key) in export
    public = (page, client.get("/en/interventions/").text, str(row), export)
    assert [CANARY in text for text in public] == [False] * 4


def test_a_session_that_is_not_public_is_not_named(
    client: Client,
    session: Session,
    fields: InterventionFields,
    memberless: Organization,
    editor: User,
    moderator: User,
) -> None:
    Session.objects.update(is_public=False, title_en=CANARY, title_es=CANARY)
    record = publish(_enter(memberless, session, fields, editor), actor=person(moderator), now=NOW)
    page = client.get(record.path("en")).text
    assert ("a session of the meeting" in page, CANARY in page) == (True, False)


def test_an_ordinary_intervention_says_nothing_of_a_room(
    client: Client, session: Session, organization: Organization
) -> None:
    record = publish_intervention(make_intervention(organization, state=SubmissionState.PUBLISHED))
    assert record.facts == {"form": "intervention"}
    assert "Made in the room" not in client.get(record.path("en")).text


def test_who_entered_it_does_not_decide_about_it(
    session: Session, fields: InterventionFields, memberless: Organization
) -> None:
    both = make_user(Group.EDITOR, Group.MODERATOR)
    said = _enter(memberless, session, fields, both)
    with pytest.raises(NotAllowed):
        publish(said, actor=person(both), now=NOW)


@pytest.mark.parametrize("name", ["moderator", "commissioner", "focal_point"])
def test_only_editors_enter(
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    name: str,
    request: pytest.FixtureRequest,
) -> None:
    with pytest.raises(NotAllowed):
        _enter(organization, session, fields, request.getfixturevalue(name))


@pytest.mark.parametrize(
    "state", [state for state in OrganizationState if state.value not in ORGANIZATION_STATES.public]
)
def test_it_is_for_public_organizations_only(
    session: Session, fields: InterventionFields, editor: User, state: OrganizationState
) -> None:
    with pytest.raises(Incomplete) as caught:
        _enter(make_organization(state=state), session, fields, editor)
    assert [problem.field for problem in caught.value.problems] == ["organization"]


def test_all_that_is_missing_is_told_and_nothing_stays(
    session: Session, memberless: Organization, editor: User
) -> None:
    empty = InterventionFields(title="", language="es", country="", body="", question_keys=())
    with pytest.raises(Incomplete) as caught:
        _enter(memberless, session, empty, editor)
    assert {problem.field for problem in caught.value.problems} == {"title", "country", "body", "questions"}
    with pytest.raises(Incomplete) as caught:
        _enter(memberless, session, empty, editor, source=" ")
    assert [problem.field for problem in caught.value.problems] == ["source"]
    assert (Intervention.objects.count(), MadeInRoom.objects.count()) == (0, 0)


def test_a_short_remark_is_entered_as_short_as_it_was(
    session: Session, fields: InterventionFields, memberless: Organization, editor: User, moderator: User
) -> None:
    said = _enter(memberless, session, replace(fields, body="We agree."), editor)
    assert publish(said, actor=person(moderator), now=NOW).texts["body"] == "We agree."


@pytest.mark.long
def test_every_reader_at_the_desk_reads_the_session_s_title_in_their_language(
    client: Client,
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    focal_point: User,
    editor: User,
    moderator: User,
) -> None:
    said = _enter(organization, session, fields, editor)
    own = (f"/en/desk/room/{said.key}/tell/", f"/en/desk/interventions/{said.key}/")
    room = "/en/desk/room/"
    for user, paths in (
        (editor, (room, f"{room}new/?session={session.key}")),
        (moderator, (room, f"/en/desk/moderation/intervention/{said.key}/")),
        (focal_point, own),
    ):
        client.force_login(user)
        for path in paths:
            page = client.get(path).text
            assert ("Panel one" in page, "Panel uno" in page) == (True, False), path
    make_session(session.consultation_key, title="Panel uno", title_en="Another one")
    assert "Panel uno" in client.get(own[1]).text


def test_the_room_leads_to_where_sessions_are_made(client: Client, editor: User, moderator: User) -> None:
    address = "/admin/snippets/consultations/session/"
    for user, is_led in ((editor, True), (moderator, False)):
        client.force_login(user)
        assert (address in client.get("/en/desk/room/").text) is is_led


def test_it_is_entered_after_the_deadline_too(
    consultation_pages: ConsultationTree,
    session: Session,
    fields: InterventionFields,
    memberless: Organization,
    editor: User,
) -> None:
    for page in consultation_pages.consultation.values():
        page.closed_at = NOW
        page.save()
    assert _enter(memberless, session, fields, editor).state == SubmissionState.SUBMITTED


def test_a_form_sent_twice_enters_one(
    session: Session, fields: InterventionFields, memberless: Organization, editor: User
) -> None:
    key = uuid4()
    first = _enter(memberless, session, fields, editor, key=key)
    assert _enter(memberless, session, fields, editor, key=key) == first
    with pytest.raises(SavedBefore):
        _enter(memberless, session, replace(fields, title="Otra cosa"), editor, key=key)
    assert Intervention.objects.get().title == "Registro en la frontera"


@pytest.mark.long
def test_what_was_typed_is_kept_when_another_was_sent_before_or_no_session_is_named(
    client: Client, session: Session, fields: InterventionFields, memberless: Organization, editor: User
) -> None:
    key = uuid4()
    _enter(memberless, session, fields, editor, key=key)
    client.force_login(editor)
    typed = {
        "organization": memberless.name,
        "manner": "spoken",
        "source": "La grabación",
        "language": "es",
        "country": "MX",
        "form": "intervention",
        "title": "Otra cosa",
        "body": BODY,
        "questions": [str(each) for each in fields.question_keys or ()],
        "entry_key": str(key),
    }
    address = "/en/desk/room/new/"
    for path in (f"{address}?session={session.key}", address):
        answer = client.post(path, typed)
        assert (answer.status_code, 'value="Otra cosa"' in answer.text) == (200, True)
        assert str(key) not in answer.text
    assert client.post(address, typed | {"session": str(session.key), "entry_key": ""}).status_code == 302
    assert Intervention.objects.count() == 2


def test_what_was_returned_is_entered_again(
    session: Session, fields: InterventionFields, memberless: Organization, editor: User, moderator: User
) -> None:
    said = _enter(memberless, session, fields, editor)
    return_to_author(said, reason="Which town?", actor=person(moderator), now=NOW)
    again = _enter(memberless, session, fields, editor, key=said.key, speaker_role="viceministra")
    assert (again.pk, again.state, again.reason) == (said.pk, "submitted", "")
    assert MadeInRoom.objects.get().speaker_role == "viceministra"


def test_its_organization_confirms_and_readers_see_when(
    client: Client,
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    focal_point: User,
    editor: User,
    moderator: User,
) -> None:
    said = _enter(organization, session, fields, editor)
    record = publish(said, actor=person(moderator), now=NOW)
    client.force_login(focal_point)
    assert f"/en/desk/room/{said.key}/tell/" in client.get(f"/en/desk/interventions/{said.key}/").text
    assert client.post(f"/en/desk/room/{said.key}/confirm/").status_code == 302
    assert "Confirmed by the organization on" in client.get(record.path("en")).text
    confirmed = MadeInRoom.objects.get().confirmed_at
    confirm(said, actor=person(focal_point), now=timezone.now())
    assert MadeInRoom.objects.get().confirmed_at == confirmed


def test_what_is_wrong_is_read_by_the_secretariat_alone(
    client: Client,
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    focal_point: User,
    editor: User,
    moderator: User,
) -> None:
    said = _enter(organization, session, fields, editor, source="Recording")
    record = publish(said, actor=person(moderator), now=NOW)
    confirm(said, actor=person(focal_point), now=NOW)
    client.force_login(focal_point)
    assert client.post(f"/en/desk/room/{said.key}/tell/", {"objection": CANARY}).status_code == 302
    visitor = Client()
    page = visitor.get(record.path("en")).text
    assert (CANARY in page, "has not confirmed it yet" in page) == (False, True)
    assert CANARY not in str(visitor.get(f"/api/v1/interventions/{record.public_id}").json())
    client.force_login(editor)
    assert CANARY in client.get("/en/desk/room/").text


@pytest.mark.parametrize("name", ["viewer_member", "other_org_member", "editor", "moderator"])
def test_nobody_else_confirms_or_objects(
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    editor: User,
    name: str,
    request: pytest.FixtureRequest,
) -> None:
    said, actor = _enter(organization, session, fields, editor), person(request.getfixturevalue(name))
    with pytest.raises(NotAllowed):
        confirm(said, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        object_to(said, words="No.", actor=actor, now=NOW)


def test_who_only_writes_objects_and_does_not_confirm(
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    editor: User,
    member_editor: User,
) -> None:
    said, actor = _enter(organization, session, fields, editor), person(member_editor)
    object_to(said, words="No.", actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        confirm(said, actor=actor, now=NOW)


def test_a_withdrawn_one_is_confirmed_by_nobody(
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    editor: User,
    focal_point: User,
) -> None:
    said = _enter(organization, session, fields, editor)
    withdraw(said, actor=person(focal_point), now=NOW)
    with pytest.raises(WrongState):
        confirm(said, actor=person(focal_point), now=NOW)


@pytest.mark.parametrize("number", [rarely(1), 6])
def test_lists_cost_the_same_with_more_of_them(
    client: Client,
    session: Session,
    fields: InterventionFields,
    memberless: Organization,
    editor: User,
    moderator: User,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        publish(_enter(memberless, session, fields, editor), actor=person(moderator), now=NOW)
    visitor = Client()
    visitor.get("/en/interventions/")
    client.force_login(editor)
    client.get("/en/desk/room/")
    with django_assert_num_queries(5):
        client.get("/en/desk/room/")
    with django_assert_num_queries(5):
        visitor.get("/en/interventions/")


def test_moderators_get_a_mail_in_their_language_when_a_text_is_wrong(
    session: Session,
    fields: InterventionFields,
    organization: Organization,
    editor: User,
    focal_point: User,
    mailoutbox: list[Any],
) -> None:
    moderators = {language: make_user(Group.MODERATOR, language=language) for language in ("es", "fr")}
    own = make_user(Group.MODERATOR)
    add_member(organization, own, Role.VIEWER)
    gone = make_user(Group.MODERATOR)
    gone.is_active = False
    gone.save()
    said = _enter(organization, session, fields, editor)
    given = {"field": "title", "words": said.title.split()[0], "ground": "name", "reason": "R"}
    redact(INTERVENTION, said, **given, actor=person(moderators["es"]), now=NOW)
    called = f"[… nombre de una persona] {' '.join(said.title.split()[1:])}"
    before = len(mailoutbox)
    object_to(said, words=CANARY, actor=person(focal_point), now=NOW)
    told = {mail.to[0]: mail for mail in mailoutbox[before:]}
    assert told.keys() == {user.email for user in moderators.values()}
    french = told[moderators["fr"].email]
    assert french.subject == "Une organisation signale une erreur dans un texte saisi en salle"
    assert "/accounts/login/?next=/fr/desk/room/" in french.body
    assert [organization.name in mail.body and called in mail.body for mail in told.values()] == [True] * 2
    assert [said.title in mail.body for mail in told.values()] == [False] * 2
    assert [CANARY in mail.body for mail in told.values()] == [False] * 2
    reader = Client()
    reader.force_login(moderators["es"])
    page = reader.get("/es/desk/room/").text
    assert (CANARY in page, "/desk/room/new/" in page) == (True, False)
    assert (called in page, said.title in page) == (True, False)
