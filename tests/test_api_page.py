"""The page about the API: whole, in four languages, with calls that work as they are written."""

import json
import shlex
import subprocess
from html import unescape
from re import findall

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from portal.api import api
from portal.api_page import MEANING, examples
from portal.organizations.models import Organization
from tests.factories import make_pledge, publish_pledge
from tests.thinning import rarely


@pytest.mark.django_db(transaction=True)
def test_the_calls_of_the_page_are_answered_as_it_says(
    live_server: LiveServer, organization: Organization, settings: LazySettings
) -> None:
    publish_pledge(make_pledge(organization))
    settings.SITE_URL = live_server.url
    page = Client().get("/en/data/api/").content.decode()
    written = [unescape(line) for line in findall(r'<code class="code">(curl [^<]*)</code>', page)]
    with translation.override("en"):
        told = examples(live_server.url, "en")
    assert written == [row.command for row in told]
    assert len(written) == 6
    for row in told:
        words = shlex.split(row.command)
        done = subprocess.run(
            [words[0], "-sS", "--max-time", "60", "-w", "\n%{http_code}", *words[1:]],
            capture_output=True,
            text=True,
            check=True,
        )
        body, _line, status = done.stdout.rpartition("\n")
        assert int(status) == row.status, row.command
        if "-I" in words:
            assert "etag:" in body.lower()
        else:
            assert json.loads(body)


@pytest.mark.parametrize("language", ["es", "pt", rarely("en"), rarely("fr")])
def test_every_address_and_answer_is_told_in_each_language(client: Client, db: None, language: str) -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    page = client.get(f"/{language}/data/api/").content.decode()
    assert [path for path in paths if f'<code class="break">{path}</code>' not in page] == []
    answers = {code for methods in paths.values() for code in methods["get"]["responses"]} - {200}
    assert answers == set(MEANING)
    with translation.override(language):
        assert [str(text) for text in MEANING.values() if str(text) not in unescape(page)] == []


def test_the_page_costs_the_same_whatever_there_is(
    client: Client, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 3):
        publish_pledge(make_pledge(organization, title=f"Pledge {number}"))
        client.get("/en/data/api/")
        with django_assert_num_queries(1):
            client.get("/en/data/api/")


def test_the_page_of_the_data_leads_to_it(client: Client, db: None) -> None:
    assert 'href="api/"' in client.get("/fr/data/").content.decode()
    assert client.get("/fr/data/api/").status_code == 200
