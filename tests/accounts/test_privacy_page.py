"""The privacy page says what is declared: every kind of row, every span of time, whom to write to."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import conditional_escape
from django.utils.translation import override

from portal.accounts.rights.words import TOPICS, length, named
from portal.common.languages import CODES
from portal.common.personal import kept_for, personal_data
from tests.factories import make_user

DATA = "/accounts/your-data/"


@pytest.mark.parametrize("language", CODES)
def test_the_page_names_all_that_is_held_and_how_long(
    client: Client, db: None, settings: Any, language: str
) -> None:
    settings.PRIVACY_CONTACT = "data@secretariat.example"
    answer = client.get(f"/{language}/privacy/")
    assert (answer.status_code, answer.cookies) == (200, {})
    with override(language):
        words = [held.title for held in personal_data() if held.shown]
        words += [named(held, name) for held in personal_data() for name in held.shown]
        words += [f"{each.what}: {length(each.span)}" for each in kept_for()]
        words += [str(told) for topic in TOPICS.values() for told in (topic.title, topic.why)]
    text = answer.text.casefold()
    assert [each for each in words if conditional_escape(each).casefold() not in text] == []
    assert "mailto:data@secretariat.example" in text
    assert f'href="/{language}/desk/profile/"' not in text  # it sets a cookie


def test_the_page_costs_no_query_and_is_light(
    client: Client, db: None, django_assert_num_queries: Any
) -> None:
    client.get("/es/privacy/")
    with django_assert_num_queries(0):
        answer = client.get("/es/privacy/")
    assert len(answer.content) < 60_000


def test_every_page_and_the_sign_up_lead_there(client: Client, db: None) -> None:
    for path in ("/accounts/signup/?lang=pt", "/accounts/login/?lang=pt", "/pt/organizations/"):
        assert 'href="/pt/privacy/"' in client.get(path).text
    assert client.get("/accounts/signup/?lang=pt").text.count('href="/pt/privacy/"') == 2


def test_ones_data_are_ones_own(client: Client, db: None) -> None:
    assert [client.get(f"{DATA}{path}").status_code for path in ("", "download/", "erase/")] == [302] * 3
    client.force_login(make_user())
    page = client.get(f"{DATA}?lang=en")
    assert "Download my data" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert [client.get(f"{DATA}{path}").status_code for path in ("download/", "erase/")] == [302, 302]
