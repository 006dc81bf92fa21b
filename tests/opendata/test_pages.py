"""The pages of the open data: everything is linked, leads somewhere, and costs the same whatever there is."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.common.actors import Group, person, system
from portal.common.languages import CODES
from portal.opendata import domain
from portal.opendata.models import LedgerFile, OpenDataSettings
from portal.tables.datasets import datasets, extents
from tests.factories import make_organization, make_pledge, make_user, publish_pledge
from tests.opendata.everything import CANARY, make_everything
from tests.records.exported import READERS, as_csv, content_of, status_of
from tests.thinning import in_turn

ACTOR = system("test")
NAMES = [each.name for each in datasets()]
# Settings, versions, the state of the public, and what each app asks for the extents of its lists.
MOST_QUERIES = 25


@pytest.fixture(scope="module")
def rows_kept(module_rows: None) -> None:
    make_everything()


@pytest.fixture
def rows(rows_kept: None, db: None) -> None:
    """Something of everything."""


@pytest.fixture
def file(rows: None) -> LedgerFile:
    made = domain.export_ledger(actor=ACTOR, now=timezone.now())
    assert made is not None
    return made


@pytest.mark.long
def test_every_address_on_the_page_leads_somewhere(client: Client, file: LedgerFile) -> None:
    page = client.get("/en/data/").content.decode()
    main = page.partition('<main id="main"')[2].partition("</main>")[0]
    addresses = {each for each in re.findall(r'href="(/[^"]*)"', main) if not each.endswith("format=xlsx")}
    assert {address for address in addresses if status_of(client, address) not in (200, 302)} == set()
    assert len(addresses) > 5 * len(NAMES)
    assert CANARY not in page


@pytest.mark.few(8)
@pytest.mark.parametrize(("name", "code"), in_turn(NAMES, CODES))
def test_each_dataset_has_a_page_with_its_codebook(client: Client, rows: None, name: str, code: str) -> None:
    told = next(each for each in datasets() if each.name == name)
    response = client.get(f"/{code}/data/{name}/")
    columns = [row["name"] for row in response.context["columns"]]
    assert columns == [each.column for each in told.columns(code)]
    assert (response.status_code, CANARY in response.content.decode()) == (200, False)


@pytest.mark.long
def test_the_number_of_rows_is_that_of_the_file(client: Client, rows: None) -> None:
    told = extents()
    counted = {
        each.name: len(READERS["csv"](content_of(client, each.file("en", "csv"))))
        for each in datasets()
        if told[each.name].rows is not None
    }
    assert counted == {name: extent.rows for name, extent in told.items() if extent.rows is not None}
    assert set(told) == set(NAMES)


@pytest.mark.long
def test_the_page_costs_the_same_with_many_rows(client: Client, file: LedgerFile) -> None:
    few = _queries(client)
    for _each in range(3):
        publish_pledge(make_pledge(make_organization(state="verified")))
        domain.export_ledger(actor=ACTOR, now=timezone.now())
    assert (_queries(client), few <= MOST_QUERIES) == (few, True)


def _queries(client: Client) -> int:
    """Once what is counted for this state of the public is at hand."""
    client.get("/en/data/")
    with CaptureQueriesContext(connection) as said:
        client.get("/en/data/")
    return len(said)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_list_of_datasets_is_a_file_too(client: Client, rows: None, form: str) -> None:
    told = READERS[form](content_of(client, f"/en/data/?format={form}"))
    assert [row["name"] for row in told] == NAMES


@pytest.mark.few(4)
@pytest.mark.parametrize(
    "address",
    [
        "/en/data/nothing/",
        "/en/data/nothing/codebook.csv",
        "/en/data/?format=exe",
        "/en/data/glossary/?format=exe",
        "/en/data/pledges/?format=exe",
        "/data/ledger/portal-ledger-2026-99-99-1.zip",
        "/data/ledger/portal-ledger-2026-11-30-1.zip",
        "/data/ledger/other.zip",
        "/data/ledger/latest.zip",
    ],
)
def test_what_is_not_there_is_said(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_list_with_files_of_its_own_gives_them(client: Client, rows: None) -> None:
    assert client.get("/en/data/pledges/?format=csv")["Location"] == "/en/pledges/?format=csv"


def test_the_glossary_tells_terms_and_no_notes(client: Client, rows: None) -> None:
    heading = list(as_csv(content_of(client, "/en/data/glossary/?format=csv"))[0])
    assert [name for name in heading if "note" in name] == []


def test_the_newest_version_is_given_whole_and_once(client: Client, file: LedgerFile) -> None:
    address = client.get("/data/ledger/latest.zip")["Location"]
    response = client.get(address)
    content = b"".join(response.streaming_content)
    assert (len(content), content[:2]) == (file.size, b"PK")
    assert (response["Content-Length"], response["ETag"]) == (str(file.size), f'"{file.sha256}"')
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert (response["Content-Type"], client.cookies) == ("application/zip", {})


@pytest.mark.long
def test_editors_say_the_licence(client: Client, rows: None) -> None:
    before = client.get("/fr/data/").content.decode()
    assert ("CC BY 4.0" in before, "creativecommons.org/licenses/by/4.0" in before) == (True, True)
    said = OpenDataSettings.load()
    said.licence, said.licence_url, said.texts_fr = "ODbL", "https://example.org/odbl", "À demander."
    said.publisher, said.contact = "Secretaría", "data@example.org"
    said.save()
    after = client.get("/fr/data/").content.decode()
    wanted = ("ODbL", "https://example.org/odbl", "À demander.", "data@example.org")
    assert [word for word in wanted if word not in after] == []
    assert "À demander." not in client.get("/es/data/").content.decode()
    told = json.loads(client.get("/data/catalogue.jsonld").content)
    assert told["dct:license"] == {"@id": "https://example.org/odbl"}


@pytest.mark.parametrize(
    ("group", "may"), [(Group.EDITOR, True), (Group.MODERATOR, False), (Group.ADMINISTRATOR, True)]
)
def test_who_may_change_what_is_said_of_the_data(client: Client, db: None, group: Group, may: bool) -> None:
    user = make_user(group)
    assert user.has_perm("opendata.change_opendatasettings") is may
    assert person(user).has(group)
