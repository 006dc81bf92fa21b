"""The desk's pages of translations, and what readers see of one: page, list, file, API, index."""

import csv
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import person
from portal.interventions.models import Intervention
from portal.organizations.models import Organization
from portal.publication.models import Record, RecordTranslation
from portal.submissions.states import SubmissionState
from portal.translations import domain, queries
from portal.translations.enums import EnteredAs, RequestState
from portal.translations.models import TranslationRequest
from search.index.builders.base import Surroundings
from search.index.builders.records import RecordBuilder, record_key
from tests.factories import make_intervention, publish_intervention

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
