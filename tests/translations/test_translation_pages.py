"""The desk's pages of translations, and what readers see of one: page, list, file, API, index."""

import csv
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person
from portal.interventions.models import Intervention
from portal.moderation.domain import take
from portal.moderation.models import Assignment
from portal.moderation.queries import queue
from portal.organizations.models import Organization
from portal.publication.models import Record, RecordTranslation
from portal.publication.translating import original_digest
from portal.submissions.states import SubmissionState
from portal.translations import domain, queries
from portal.translations.enums import EnteredAs, RequestState
from portal.translations.models import TranslationRequest
from search.index.builders.base import Surroundings
from search.index.builders.records import RecordBuilder, record_key
from tests.factories import make_intervention, make_user, publish_intervention

pytestmark = pytest.mark.django_db
TYPED = {"text-title": "Saturdays", "text-body": "Open.", "text-recommendations-0": "Open them."}


@pytest.fixture
def text(organization: Organization, focal_point: User) -> Intervention:
    row = make_intervention(
        organization,
        state=SubmissionState.PUBLISHED,
        author=focal_point,
        title="Los sábados",
        body="Abren los sábados.",
        recommendations=["Abrir."],
    )
    publish_intervention(row)
    return row


def address(text: Any, *more: str) -> str:
    return "/".join(["/en/desk/translations", text.kind, str(text.key), *more, ""])


def hidden(client: Client, url: str) -> dict[str, str]:
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in ("seen", "original")}


def put_beside(text: Any, kind: str, **fields: Any) -> RecordTranslation:
    record = Record.objects.get(source_key=text.key)
    given = {"of_version": record.version, "language": "en", "title": "Saturdays", "made_by": "secretariat"}
    words = {"texts": {"body": "Open.", "recommendations": ["Open them."]}}
    return RecordTranslation.objects.create(record=record, kind=kind, **given | words | fields)


def test_who_translates_reads_the_list_and_members_their_own_text_alone(
    client: Client,
    text: Intervention,
    editor: User,
    moderator: User,
    commissioner: User,
    focal_point: User,
    viewer_member: User,
    other_org_member: User,
) -> None:
    put_beside(text, "official")
    paths = ["/en/desk/translations/", address(text), address(text, "en"), address(text, "en", "take-off")]
    said = {}
    for name, user in {
        "editor": editor,
        "moderator": moderator,
        "commissioner": commissioner,
        "owner": focal_point,
        "viewer": viewer_member,
        "stranger": other_org_member,
    }.items():
        client.force_login(user)
        said[name] = [client.get(path).status_code for path in paths]
    staff = [200, 200, 200, 302]
    assert said == {
        "editor": staff,
        "moderator": staff,
        "commissioner": [403, 404, 404, 404],
        "owner": [403, 200, 200, 200],
        "viewer": [403, 200, 302, 302],
        "stranger": [403, 404, 404, 404],
    }


@pytest.mark.parametrize("into", ["es", "de"])
def test_there_is_no_form_for_the_language_of_the_original_or_one_that_is_not_there(
    client: Client, text: Intervention, editor: User, into: str
) -> None:
    client.force_login(editor)
    assert client.get(address(text, into)).status_code == 404


def test_a_translation_is_entered_beside_its_original(
    client: Client, text: Intervention, editor: User
) -> None:
    client.force_login(editor)
    url = address(text, "en")
    page = client.get(url).content.decode()
    assert ("Abren los sábados." in page, 'lang="en"' in page) == (True, True)
    sent = TYPED | hidden(client, url) | {"entered_as": "service", "source": "Service of the process"}
    assert client.post(url, sent).status_code == 302
    row = TranslationRequest.objects.get()
    assert (row.entered_as, row.texts) == (
        "service",
        {"title": "Saturdays", "body": "Open.", "recommendations": ["Open them."]},
    )


def test_what_is_refused_stands_at_its_field_and_nothing_typed_is_lost(
    client: Client, text: Intervention, editor: User
) -> None:
    client.force_login(editor)
    url = address(text, "en")
    sent = TYPED | hidden(client, url) | {"entered_as": "machine", "text-title": "", "text-gone-3": "Of old."}
    form = client.post(url, sent).context["form"]
    assert (set(form.errors), form["text-body"].value(), form.left_over()) == (
        {"text-title"},
        "Open.",
        ["Of old."],
    )
    form = client.post(url, sent | {"text-title": "Saturdays"}).context["form"]
    assert (set(form.errors), TranslationRequest.objects.count()) == ({"source"}, 0)


def test_a_mark_that_is_missing_in_a_translation_is_said_at_its_field(
    client: Client, text: Intervention, editor: User
) -> None:
    Record.objects.filter(source_key=text.key).update(
        texts={"body": "Abre [… nombre de una persona].", "recommendations": ["Abrir."]}
    )
    client.force_login(editor)
    url = address(text, "en")
    sent = TYPED | hidden(client, url) | {"entered_as": "secretariat", "source": "", "text-title": ""}
    errors = client.post(url, sent).context["form"].errors
    assert errors == {
        "text-title": ["Title: write this part too, so that readers have the whole text."],
        "text-body": ["A passage is left out of the original here. Write […] where it was."],
    }
    sent |= {"text-title": "Saturdays", "text-body": "[... name of a person] opens."}
    assert client.post(url, sent).status_code == 302


def test_two_at_once_see_both_texts_and_the_later_goes_on_from_there(
    client: Client, text: Intervention, editor: User, moderator: User
) -> None:
    url, sent = address(text, "en"), TYPED | {"entered_as": "secretariat", "source": ""}
    client.force_login(editor)
    old = hidden(client, url)
    client.force_login(moderator)
    client.post(url, sent | old | {"text-body": "The first."})
    client.force_login(editor)
    page = client.post(url, sent | old | {"text-body": "The second."})
    shown = page.content.decode()
    assert ("The first." in shown, "The second." in shown) == (True, True)
    assert TranslationRequest.objects.get().texts["body"] == "The first."
    now = {name: page.context["form"][name].value() for name in ("seen", "original")}
    assert client.post(url, sent | now | {"text-body": "The second."}).status_code == 302
    assert TranslationRequest.objects.get().texts["body"] == "The second."


def test_an_organization_enters_its_own_and_asks_one_off(
    client: Client, text: Intervention, focal_point: User, moderator: User
) -> None:
    client.force_login(focal_point)
    detail = client.get(f"/en/desk/interventions/{text.key}/").content.decode()
    assert address(text) in detail
    url = address(text, "en")
    assert client.post(url, TYPED | hidden(client, url) | {"source": ""}).status_code == 302
    row = TranslationRequest.objects.get()
    assert (row.entered_as, row.state) == (EnteredAs.ORGANIZATION, RequestState.SUBMITTED)
    client.force_login(moderator)
    subject = client.get(f"/en/desk/moderation/translation/{row.key}/").content.decode()
    assert ("Abren los sábados." in subject, "Open them." in subject) == (True, True)
    domain.publish(row, actor=person(moderator), now=timezone.now())
    client.force_login(focal_point)
    assert client.post(address(text, "en", "take-off"), {"reason": ""}).status_code == 200
    assert client.post(address(text, "en", "take-off"), {"reason": "Not ours."}).status_code == 302
    assert TranslationRequest.objects.get(wants="take_off").reason == "Not ours."


@pytest.fixture
def sent(text: Intervention, editor: User) -> TranslationRequest:
    record = Record.objects.get(source_key=text.key)
    words: dict[str, Any] = {"body": "Open zqcanary.", "recommendations": ["Open."]}
    given = domain.Entered("en", EnteredAs.SECRETARIAT, "", "Saturdays", words, original_digest(record))
    return domain.enter(text, given, actor=person(editor), now=timezone.now())


ENTERED = "/en/desk/translations/entered/"


def test_who_sent_a_translation_finds_it_again_reads_it_and_takes_it_back(
    client: Client, text: Intervention, sent: TranslationRequest, editor: User, moderator: User
) -> None:
    client.force_login(editor)
    page = client.get(f"{ENTERED}{sent.key}/").text
    assert ("zqcanary" in page, "Waiting for the secretariat" in page, "Take it back" in page) == (True,) * 3
    assert f"{ENTERED}{sent.key}/" in client.get(address(text)).text
    client.force_login(moderator)
    page = client.get(f"{ENTERED}{sent.key}/").text
    assert ("zqcanary" in page, "Take it back" in page) == (True, False)
    assert client.post(f"{ENTERED}{sent.key}/take-back/").status_code == 403
    take("translation", sent.key, actor=person(moderator), now=timezone.now())
    client.force_login(editor)
    client.post(f"{ENTERED}{sent.key}/take-back/")
    sent.refresh_from_db()
    assert (sent.state, list(queue(person(moderator))), Assignment.objects.count()) == ("taken_back", [], 0)
    assert "Open zqcanary." in client.get(address(text, "en")).text
    page = client.post(f"{ENTERED}{sent.key}/take-back/", follow=True).text
    assert "This step is no longer possible." in page


def test_what_was_entered_is_read_by_who_translates_and_by_its_organization(
    client: Client,
    sent: TranslationRequest,
    focal_point: User,
    viewer_member: User,
    other_org_member: User,
    commissioner: User,
) -> None:
    said = {}
    for name, user in {
        "owner": focal_point,
        "viewer": viewer_member,
        "stranger": other_org_member,
        "commissioner": commissioner,
    }.items():
        client.force_login(user)
        page = client.get(f"{ENTERED}{sent.key}/")
        back = client.post(f"{ENTERED}{sent.key}/take-back/").status_code
        said[name] = (page.status_code, "zqcanary" in page.text, back, client.get(ENTERED).status_code)
    read, closed = (200, True, 403, 403), (404, False, 404, 403)
    assert said == {"owner": read, "viewer": read, "stranger": closed, "commissioner": closed}


def test_who_of_the_secretariat_wrote_it_is_told_to_the_secretariat_alone(
    client: Client, sent: TranslationRequest, editor: User, moderator: User, viewer_member: User
) -> None:
    said = []
    for user in (moderator, viewer_member):
        client.force_login(user)
        said.append(str(editor) in client.get(f"{ENTERED}{sent.key}/").text)
    assert said == [True, False]


def test_whose_a_text_was_is_not_said_of_what_went_with_its_words(
    client: Client, sent: TranslationRequest, editor: User
) -> None:
    TranslationRequest.objects.update(state=RequestState.GONE.value, title="I-00001", texts={})
    client.force_login(editor)
    name = sent.organization.name
    pages = [client.get(ENTERED), client.get(ENTERED, {"q": name})]
    assert [f"<li>{name}</li>" in page.text for page in pages] == [False, False]
    assert str(sent.key) in pages[0].text
    assert str(sent.key) not in pages[1].text


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("state=returned", True),
        ("state=submitted", False),
        ("mine=yes", True),
        ("into=fr", False),
        ("q=number", True),
        ("q=sábados", True),
        ("q=organization", True),
        ("q=I-99999", False),
    ],
)
def test_what_was_returned_is_looked_up(
    client: Client, text: Intervention, sent: TranslationRequest, editor: User, asked: str, is_there: bool
) -> None:
    domain.send_back(sent, reason="A part.", actor=person(make_user(Group.MODERATOR)), now=timezone.now())
    number = Record.objects.get(source_key=text.key).public_id
    for word, said in (("number", number.lower()), ("organization", text.organization.name[2:])):
        asked = asked.replace(f"q={word}", f"q={said}")
    client.force_login(editor)
    assert (f"{ENTERED}{sent.key}/" in client.get(f"{ENTERED}?{asked}").text) is is_there
    if asked.startswith("q="):
        lacking = client.get(f"/en/desk/translations/?{asked}").context["rows"]
        assert bool(lacking) is is_there


def test_what_came_back_stands_on_the_desk_of_its_writer_until_it_is_sent_again(
    client: Client, text: Intervention, sent: TranslationRequest, editor: User, focal_point: User
) -> None:
    second, now = person(make_user(Group.MODERATOR)), timezone.now()
    domain.send_back(sent, reason="A part.", actor=second, now=now)
    given = domain.Entered("en", EnteredAs.ORGANIZATION, "", "S", sent.texts | {}, sent.original)
    own = domain.enter(text, given, actor=person(focal_point), now=now)
    seen = {}
    for name in ("sent", "returned"):
        for user in (editor, focal_point):
            client.force_login(user)
            page = client.get("/en/desk/").text
            seen[name, user] = [f"{ENTERED}{row.key}/" in page for row in (sent, own)]
        if name == "sent":
            domain.send_back(own, reason="A part.", actor=second, now=timezone.now())
    assert seen == {
        ("sent", editor): [False, False],
        ("sent", focal_point): [False, False],
        ("returned", editor): [False, False],
        ("returned", focal_point): [False, True],
    }
    TranslationRequest.objects.filter(pk=own.pk).delete()
    client.force_login(editor)
    assert f"{ENTERED}{sent.key}/" in client.get("/en/desk/").text


def test_of_what_went_with_left_out_words_its_page_says_so(
    client: Client, text: Intervention, sent: TranslationRequest, editor: User
) -> None:
    domain.words_gone(text.kind, text.key, timezone.now())
    put_beside(text, "machine")
    client.force_login(editor)
    page = client.get(f"{ENTERED}{sent.key}/").text
    assert ("The words of the translation are deleted." in page, "Open them." in page) == (True, False)


def test_nobody_is_offered_to_ask_twice_and_who_asked_takes_it_back(
    client: Client, text: Intervention, focal_point: User
) -> None:
    put_beside(text, "official")
    client.force_login(focal_point)
    url = address(text, "en", "take-off")
    assert client.post(url, {"reason": "Not ours."}).status_code == 302
    assert (url in client.get(address(text)).text, client.get(url).status_code) == (False, 302)
    page = client.post(url, {"reason": "Never."}).text
    assert ("Your organization has asked this already." in page, "Never." in page) == (True, True)
    row = TranslationRequest.objects.get()
    client.post(f"{ENTERED}{row.key}/take-back/")
    assert url in client.get(address(text)).text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_and_says_what_is_stale_first(
    client: Client,
    text: Intervention,
    organization: Organization,
    editor: User,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    for _each in range(number):
        publish_intervention(make_intervention(organization, state=SubmissionState.PUBLISHED))
    put_beside(text, "official", of_version=0)
    client.force_login(editor)
    client.get("/en/desk/translations/")
    with django_assert_num_queries(7):
        page = client.get("/en/desk/translations/")
    rows = page.context["rows"]
    assert (len(rows), rows[0]["record"].source_key) == (number + 1, text.key)
    assert [len(list(queries.lacking(person(editor), code))) for code in ("en", "es")] == [number + 1, 0]


def test_what_has_every_language_is_on_no_list(text: Intervention, editor: User) -> None:
    for code in ("en", "pt", "fr"):
        put_beside(text, "official", language=code)
    assert list(queries.lacking(person(editor))) == []


def test_readers_are_told_of_a_draft_wherever_they_read_it(client: Client, text: Intervention) -> None:
    put_beside(text, "machine", source="Tool 3")
    record = Record.objects.get(source_key=text.key)
    page = client.get(record.path("en")).content.decode()
    assert "A machine made this translation and nobody has checked it yet." in page
    assert "It was made with Tool 3." in page
    assert "Original in Spanish" in page
    assert 'rel="alternate" hreflang="en"' not in page
    assert 'rel="alternate" hreflang="fr"' in page
    spanish = client.get(record.path("es")).content.decode()
    assert f'href="{record.path("en")}"' in spanish
    assert "Machine draft, not checked" in client.get("/en/interventions/").content.decode()
    (row,) = csv.DictReader(
        b"".join(client.get("/en/interventions/?format=csv")).decode("utf-8-sig").splitlines()
    )
    assert (row["title"], row["translation"]) == ("Saturdays", "machine")
    (item,) = client.get("/api/v1/interventions?ui=en").json()["results"]
    assert (item["title"], item["translation"]) == ("Saturdays", "machine")


def test_the_index_says_of_a_draft_what_it_is(text: Intervention) -> None:
    put_beside(text, "machine")
    put_beside(text, "official", language="fr", title="Le samedi")
    built = RecordBuilder().build(record_key(text.kind, text.key), 1, Surroundings())
    told = {each.language: each.details.get("translation", "") for each in built.documents}
    assert told == {"es": "", "en": "machine", "fr": ""}
