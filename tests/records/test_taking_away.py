"""A record is cited and passed on from its page: a line, its address, files, a letter; no third party."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.organizations.models import Organization
from portal.publication import domain
from portal.publication.models import Record
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge
from tests.markup import dense
from tests.thinning import rarely

MORNING_OF_NEW_YEAR = datetime(2026, 1, 1, 3, tzinfo=UTC)
HOSTILE = 'A "title"} & more\r\nER  - ?body=x'


@pytest.fixture
def record(organization: Organization) -> Record:
    return publish_pledge(make_pledge(organization, title="Registrar a tiempo"))


@pytest.mark.parametrize("language", ["es", "pt", rarely("en"), rarely("fr")])
def test_the_page_gives_line_address_files_and_letter(client: Client, record: Record, language: str) -> None:
    path = record.path(language)
    page = client.get(path).content.decode()
    address = f"{settings.SITE_URL}/r/{record.public_id}/"
    assert f'<a class="code" href="{address}">{address}</a>' in dense(page)
    line = re.search(r'id="cite">[^<]*</h2>\s*<p>([^<]*)</p>', page)
    assert line
    told = line[1]
    assert [word for word in ("Registrar a tiempo", record.public_id, address) if word not in told] == []
    files = re.findall(r'href="([^"]*/cite\.\w+)"', page)
    assert [file.rpartition(".")[2] for file in files] == ["bib", "ris", "json"]
    assert {client.get(file).status_code for file in files} == {200}
    (letter,) = re.findall(r'href="(mailto:\?[^"]*)"', page)
    asked = parse_qs(urlsplit(letter.replace("&amp;", "&")).query)
    assert asked["subject"] == ["Registrar a tiempo"]
    assert address in asked["body"][0]
    assert {urlsplit(link).netloc for link in re.findall(r'href="(https?:[^"]*)"', page)} == {
        urlsplit(settings.SITE_URL).netloc
    }


def test_files_name_number_version_day_and_address(
    client: Client, record: Record, organization: Organization, settings: LazySettings
) -> None:
    # The portal is read where the year is still the old one.
    settings.TIME_ZONE = "America/Mexico_City"
    Record.objects.filter(pk=record.pk).update(published_at=MORNING_OF_NEW_YEAR)
    (item,) = json.loads(client.get(f"{record.path('en')}cite.json").content)
    assert (item["id"], item["title"], item["version"]) == (record.public_id, "Registrar a tiempo", "1")
    assert item["author"] == [{"literal": organization.name}]
    assert item["issued"] == {"date-parts": [[2025, 12, 31]]}
    assert item["URL"] == f"{settings.SITE_URL}/r/{record.public_id}/"
    bib = client.get(f"{record.path('en')}cite.bib").content.decode()
    assert bib.startswith(f"@misc{{{record.public_id},\n")
    assert "  date = {2025-12-31},\n" in bib
    ris = client.get(f"{record.path('en')}cite.ris")
    assert ris["Content-Disposition"] == f'attachment; filename="{record.public_id}.ris"'
    assert "\r\nDA  - 2025/12/31\r\n" in ris.content.decode()
    assert "(2025)" in client.get(record.path("en")).content.decode()


def test_a_title_cannot_break_out(client: Client, organization: Organization) -> None:
    record = publish_intervention(make_intervention(organization, title=HOSTILE, body="Asilo"))
    page = client.get(record.path("en")).content.decode()
    (letter,) = re.findall(r'href="(mailto:\?[^"]*)"', page)
    asked = parse_qs(urlsplit(letter.replace("&amp;", "&")).query)
    assert sorted(asked) == ["body", "subject"]
    ris = client.get(f"{record.path('en')}cite.ris").content.decode()
    assert [line[:2] for line in ris.split("\r\n")].count("ER") == 1


def test_what_is_withdrawn_or_no_form_is_not_cited(client: Client, record: Record) -> None:
    path = record.path("en")
    assert [client.get(f"{path}cite.{form}").status_code for form in ("docx", "bi")] == [404, 404]
    assert client.get("/en/interventions/P-99999/cite.bib").status_code == 404
    domain.withdraw("pledge", record.source_key, actor=system("tests"), now=timezone.now())
    gone = client.get(f"{path}cite.bib")
    assert (gone.status_code, b"Registrar" in gone.content) == (410, False)


def test_an_organization_is_cited_too(client: Client, organization: Organization, record: Record) -> None:
    known = record.organization
    assert known
    page = client.get(known.path("en")).content.decode()
    assert f"{settings.SITE_URL}/r/{known.public_id}/" in page
    (item,) = json.loads(client.get(f"{known.path('en')}cite.json").content)
    assert item["author"] == [{"literal": "Cartagena+40"}]
