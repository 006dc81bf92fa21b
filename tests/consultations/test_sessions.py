"""Sessions, hosts and partners of a consultation: what readers see of them, and how editors write them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.accounts.models import User
from portal.common.actors import system
from portal.consultations.enums import SessionKind
from portal.consultations.models import ConsultationBody, Session
from portal.consultations.page_models import ConsultationPage
from portal.organizations.models import Organization
from portal.publication.domain import withdraw
from tests.factories import make_intervention, make_organization, publish_organization
from tests.factories.pages import ConsultationTree
from tests.factories.sessions import BEGINS, make_body, make_room, make_session, record_of
from tests.markup import dense
from tests.thinning import rarely

PAGE = "/en/consultations/brasilia/"
CANARY = "zunzuncanario"
pytestmark = pytest.mark.django_db


@pytest.fixture
def key(consultation_pages: ConsultationTree) -> UUID:
    translation_key: UUID = consultation_pages.consultation["es"].translation_key
    return translation_key


def test_a_session_stands_on_the_page_with_who_spoke_and_as_what(
    client: Client, key: UUID, organization: Organization
) -> None:
    make_session(key, title="Voces", title_en="Voices", speakers=(organization,), place="Sala Dos")
    text = dense(client.get(PAGE).text)
    assert "Voices</h3>" in text
    assert '<li lang="es">Sala Dos</li>' in text
    number = record_of(organization).public_id
    assert f'<a href="/en/organizations/{number}/" lang="es">Red Uno</a>' in text
    assert '<span lang="es">ministra de justicia</span>' in text


def test_a_title_without_translation_says_its_language(client: Client, key: UUID) -> None:
    make_session(key, title="Voces")
    assert '<h3 class="item__title" lang="es">Voces</h3>' in dense(client.get(PAGE).text)


def test_the_hour_is_that_of_the_consultation(client: Client, consultation_pages: ConsultationTree) -> None:
    for page in consultation_pages.consultation.values():
        page.time_zone = "America/Mexico_City"
        page.save()
    make_session(consultation_pages.consultation["es"].translation_key)
    assert "16 May 2024, 09:00" in client.get(PAGE).text


def test_hosts_and_partners_stand_on_the_page(client: Client, key: UUID, organization: Organization) -> None:
    make_body(key, organization, is_host=True)
    make_body(key, name="Casa Abierta")
    text = dense(client.get(PAGE).text)
    assert "<dt>Hosted by</dt>" in text
    assert "<dd>Casa Abierta" in text


def test_nothing_of_what_is_not_public_is_told(client: Client, key: UUID, organization: Organization) -> None:
    """A session that is being prepared, and an organization that was withdrawn since."""
    make_session(key, title=CANARY, speakers=(organization,), is_public=False)
    gone = make_organization(name=f"{CANARY} dos")
    publish_organization(gone)
    make_session(key, speakers=(gone,))
    make_body(key, gone)
    withdraw("organization", gone.key, actor=system("tests"), now=BEGINS)
    for path in (PAGE, "/api/v1/consultations?ui=en"):
        assert CANARY not in client.get(path).text
    row = client.get("/api/v1/consultations?ui=en").json()["results"][0]
    assert (row["partners"], [len(each["speakers"]) for each in row["sessions"]]) == ([], [0])


def test_the_api_tells_the_meeting(client: Client, key: UUID, organization: Organization) -> None:
    session = make_session(key, title="Voces", speakers=(organization,), kind=SessionKind.SEGMENT)
    make_body(key, organization, is_host=True)
    row = client.get("/api/v1/consultations?ui=en").json()["results"][0]
    number = record_of(organization).public_id
    body = {"id": number, "title": "Red Uno", "url": f"/en/organizations/{number}/"}
    assert row["hosts"] == [body]
    assert row["sessions"] == [
        {
            "id": str(session.key),
            "kind": "segment",
            "title": "Voces",
            "starts_at": BEGINS.isoformat(),
            "ends_at": None,
            "place": "",
            "recording": "",
            "speakers": [body | {"role": "ministra de justicia"}],
            "files": [],
        }
    ]


@pytest.mark.parametrize("number", [rarely(1), 3, rarely(8)])
def test_page_and_api_cost_the_same_with_more_sessions(
    client: Client, key: UUID, organization: Organization, django_assert_num_queries: Any, number: int
) -> None:
    for position in range(number):
        spoke = make_organization()
        publish_organization(spoke)
        make_session(key, position=position, speakers=(organization, spoke))
        make_body(key, spoke)
    for path, queries in {PAGE: 10, "/api/v1/consultations": 7}.items():
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)


def test_a_session_needs_a_title_and_an_order_in_time(key: UUID) -> None:
    session = Session(consultation_key=key, kind=SessionKind.PANEL, language="es")
    with pytest.raises(ValidationError) as caught:
        session.clean()
    assert list(caught.value.message_dict) == ["title_es"]
    session.title_fr, session.starts_at, session.ends_at = "Voix", BEGINS, BEGINS.replace(hour=1)
    with pytest.raises(ValidationError) as caught:
        session.clean()
    assert list(caught.value.message_dict) == ["ends_at"]


@pytest.mark.few(2)
@pytest.mark.parametrize("year", [1, 1983, 2200, 9999])
def test_a_year_that_nobody_meant_is_refused_and_harmless_where_it_is_stored(
    client: Client, key: UUID, year: int
) -> None:
    ConsultationPage.objects.update(time_zone="America/Sao_Paulo" if year == 1 else "Pacific/Auckland")
    session = make_session(key, title="Voces")
    first, last = datetime(year, 1, 1, 1, tzinfo=UTC), datetime(year, 12, 31, 23, tzinfo=UTC)
    session.starts_at = session.ends_at = first if year == 1 else last
    with pytest.raises(ValidationError) as caught:
        session.clean()
    assert set(caught.value.message_dict) == {"starts_at", "ends_at"}
    session.save()
    assert [client.get(path).status_code for path in (PAGE, "/api/v1/consultations")] == [200, 200]


@pytest.mark.long
def test_a_session_with_interventions_is_not_deleted(
    client: Client, key: UUID, editor: User, organization: Organization
) -> None:
    session, free = make_session(key, title="Voces"), make_session(key, title="Coro")
    make_room(make_intervention(organization), session)
    client.force_login(editor)
    for row, left in ((session, True), (free, False)):
        for action in (client.get, client.post):
            answer = action(f"/admin/snippets/consultations/session/delete/{row.pk}/", follow=True)
            assert answer.status_code in {200, 404}
            assert ("no se puede eliminar mientras algo más lo necesite" in answer.text) == left
        assert Session.objects.filter(pk=row.pk).exists() == left
    bulk = "/admin/bulk/consultations/session/delete/"
    client.post(f"{bulk}?id={session.pk}&next=/admin/snippets/consultations/session/")
    assert Session.objects.filter(pk=session.pk).exists()


@pytest.mark.long
def test_numbers_that_no_column_holds_are_told_at_their_fields(
    client: Client, key: UUID, editor: User
) -> None:
    client.force_login(editor)
    for typed in ("9" * 20, "9" * 5000):
        sent = _typed(key, position="99999999", **{"speakers-0-organization": typed})
        response = client.post(ADD, sent)
        assert (response.status_code, Session.objects.count()) == (200, 0)
        assert (typed in response.text, 'value="99999999"' in response.text) == (True, True)


def test_a_body_needs_an_organization_or_a_name(key: UUID) -> None:
    with pytest.raises(ValidationError) as caught:
        ConsultationBody(consultation_key=key).clean()
    assert list(caught.value.message_dict) == ["organization"]


def _typed(key: UUID, **fields: object) -> dict[str, object]:
    """What the form of a session sends, with one speaker."""
    empty = {f"{prefix}-{name}": "0" for prefix in ("files",) for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {
        "consultation_key": str(key),
        "kind": "panel",
        "position": "1",
        "title_es": "Voces",
        "language": "es",
        "speakers-TOTAL_FORMS": "1",
        "speakers-INITIAL_FORMS": "0",
        "speakers-0-ORDER": "1",
        "speakers-0-role": "ministra",
        "is_public": "on",
        **empty,
        **fields,
    }


ADD = "/admin/snippets/consultations/session/add/"


@pytest.mark.few(1)
@pytest.mark.parametrize("word", ["number", "Red  uno"])
def test_an_editor_writes_a_session(
    client: Client, key: UUID, editor: User, organization: Organization, word: str
) -> None:
    """The organization is typed as its number or its name."""
    client.force_login(editor)
    assert client.get(ADD).status_code == 200
    record = record_of(organization)
    typed = record.public_id if word == "number" else word
    response = client.post(ADD, _typed(key, **{"speakers-0-organization": typed}))
    assert response.status_code == 302
    session = Session.objects.get()
    assert [row.organization_id for row in session.speakers.all()] == [record.pk]
    page = client.get(f"/admin/snippets/consultations/session/edit/{session.pk}/").text
    assert f'value="{record.public_id}"' in page


def test_an_unknown_organization_is_told_at_its_field(client: Client, key: UUID, editor: User) -> None:
    client.force_login(editor)
    response = client.post(ADD, _typed(key, **{"speakers-0-organization": "Nobody knows"}))
    assert (response.status_code, Session.objects.count()) == (200, 0)
    assert 'value="Nobody knows"' in response.text


@pytest.mark.parametrize("name", ["moderator", "commissioner", "focal_point"])
def test_nobody_else_writes_sessions(
    client: Client, key: UUID, name: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.post(ADD, _typed(key)).status_code in (302, 403)
    assert Session.objects.count() == 0


@pytest.mark.long
def test_an_hour_is_typed_and_shown_again_by_the_clock_of_the_consultation(
    client: Client, consultation_pages: ConsultationTree, editor: User
) -> None:
    """Mexico is six hours behind the admin's clock in May, a country with summer time as well."""
    client.force_login(editor)
    key = consultation_pages.consultation["es"].translation_key
    for zone, hour in (("America/Mexico_City", 16), ("Europe/Lisbon", 9)):
        for page in consultation_pages.consultation.values():
            page.time_zone = zone
            page.save()
        Session.objects.all().delete()
        times = {"starts_at": "2024-05-16 10:00", "ends_at": "2024-05-16 11:30", "speakers-TOTAL_FORMS": "0"}
        assert client.post(ADD, _typed(key, **times)).status_code == 302
        session = Session.objects.get()
        assert session.starts_at == datetime(2024, 5, 16, hour, tzinfo=UTC)
        assert "10:00–11:30" in client.get(PAGE).text
        form = client.get(f"/admin/snippets/consultations/session/edit/{session.pk}/").text
        assert 'value="2024-05-16 10:00"' in form
        assert "Según el reloj de la zona horaria de la consulta." in form
        assert "16 de mayo de 2024, 10:00" in client.get("/admin/snippets/consultations/session/").text


def test_the_deadline_of_a_consultation_is_typed_by_its_own_clock(
    consultation_pages: ConsultationTree,
) -> None:
    """The zone may change in the same form; what is opened again says the hour that was typed."""
    page = consultation_pages.consultation["es"]
    form_type = page.get_edit_handler().get_form_class()
    page.time_zone, page.deadline = "America/Sao_Paulo", datetime(2024, 5, 16, 21, tzinfo=UTC)
    form = form_type(instance=page)
    assert form["deadline"].value() == datetime(2024, 5, 16, 18)
    bound = form_type({"deadline": "2024-05-16 18:00", "time_zone": "America/Mexico_City"}, instance=page)
    bound.is_valid()
    assert bound.cleaned_data["deadline"] == datetime(2024, 5, 17, tzinfo=UTC)
