"""Menu, foot and channels: the portal's own until an editor writes others, by language, at once."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.cms.blocks import Target
from portal.common import frame
from portal.common.actors import Group
from portal.common.languages import CODES
from portal.pages.models import ContentPage, SiteFrame
from tests.factories import make_home, make_user
from tests.markup import dense

EDIT = "/admin/settings/pages/siteframe/"
REACHED = ("organizations", "data", "calendar", "networks", "countries", "privacy", "verify")


def _stream(kind: str, *values: dict[str, Any]) -> str:
    return json.dumps([{"type": kind, "id": str(at), "value": value} for at, value in enumerate(values)])


def _write(**fields: object) -> SiteFrame:
    row = SiteFrame.load()
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def _foot(text: str) -> str:
    return dense(text).split("<footer")[1]


@pytest.mark.few(2)
@pytest.mark.parametrize("code", CODES)
def test_foot_leads_everywhere_in_the_readers_language(client: Client, db: None, code: str) -> None:
    make_home()
    foot = _foot(client.get(f"/{code}/").text)
    assert [name for name in REACHED if f'href="/{code}/{name}/"' not in foot] == []
    assert 'href="mailto:' in foot


def test_foot_names_pages_that_editors_wrote_and_no_others(client: Client, db: None) -> None:
    home = make_home()["es"]
    frame.forget()
    assert "/en/about/" not in _foot(client.get("/en/").text)
    home.add_child(instance=ContentPage(title="Acerca", slug="about", locale=home.locale))
    frame.forget()
    assert 'href="/en/about/">About the process</a>' in _foot(client.get("/en/").text)


def test_menu_is_that_of_its_language_at_once(
    client: Client, db: None, django_capture_on_commit_callbacks: Any
) -> None:
    make_home()
    before = client.get("/pt/").text
    with django_capture_on_commit_callbacks(execute=True):
        _write(menu_en=_stream("place", {"text": "Who we are", "target": "organizations/"}))
    text = dense(client.get("/en/organizations/").text)
    head = text.split("<footer")[0].split('class="places"')[1].split("</nav>")[0]
    assert '<a href="/en/organizations/" aria-current="true">Who we are</a>' in head
    assert "/en/pledges/" not in head
    assert client.get("/pt/").text == before


def test_foot_shows_what_editors_wrote(
    client: Client, db: None, django_capture_on_commit_callbacks: Any
) -> None:
    make_home()
    links = [{"type": "item", "id": "1", "value": {"text": "Método", "target": "about/"}}]
    with django_capture_on_commit_callbacks(execute=True):
        _write(
            mailbox="buzon@example.org",
            hashtag="#Cartagena40",
            sites=_stream("site", {"text": "Chile", "target": "https://example.org/chile"}),
            columns_es=_stream("column", {"title": "Sobre <todo>", "links": links}),
        )
    foot = _foot(client.get("/es/").text)
    assert '<a href="mailto:buzon@example.org">buzon@example.org</a>' in foot
    assert "#Cartagena40" in foot
    assert "##" not in foot
    assert '<a href="https://example.org/chile">Chile</a>' in foot
    assert '<h2 class="label">Sobre &lt;todo&gt;</h2>' in foot
    assert '<a href="/es/about/">Método</a>' in foot
    assert "/es/organizations/" not in foot
    assert "/fr/organizations/" in _foot(client.get("/fr/").text)


@pytest.mark.parametrize(
    ("field", "value"),
    [("hashtag", "two words"), ("hashtag", "#<b>"), ("mailbox", "nobody"), ("mailbox", "a@b.c\nBcc: x@y.z")],
)
def test_what_is_no_channel_is_said_at_its_field(db: None, field: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _write(**{field: value})
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "data:x", "/pledges/", ""])
def test_menu_takes_places_of_the_portal_alone(target: str) -> None:
    with pytest.raises(ValidationError):
        Target(is_own=True).clean(target)


@pytest.mark.parametrize(
    ("group", "status"), [(Group.EDITOR, 200), (Group.ADMINISTRATOR, 200), (Group.MODERATOR, 403)]
)
def test_editors_alone_change_menu_and_foot(client: Client, db: None, group: Group, status: int) -> None:
    client.force_login(make_user(group))
    answer = client.get(f"{EDIT}{SiteFrame.load().pk}/")
    assert answer.status_code == status


def test_kept_frame_costs_no_query(db: None, django_assert_num_queries: Any) -> None:
    frame.forget()
    with django_assert_num_queries(2):
        told = frame.frame("fr")
    with django_assert_num_queries(0):
        assert frame.frame("fr") == told
