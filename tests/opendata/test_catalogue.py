"""The catalogue as JSON-LD, read by a library and asked as a graph; nothing is fetched for it."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, Graph, Literal, URIRef

from portal.common.actors import system
from portal.common.languages import CODES
from portal.opendata import domain
from portal.opendata.catalogue import CONTEXT
from portal.opendata.models import LedgerFile
from portal.tables.datasets import FORMS, datasets
from tests.opendata.everything import CANARY, make_everything
from tests.records.exported import status_of

SITE = "http://testserver"
IANA = "https://www.iana.org/assignments/media-types/"
# What the library says of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")


@pytest.fixture(scope="module")
def rows_kept(module_rows: None) -> None:
    make_everything()


@pytest.fixture
def file(rows_kept: None, db: None) -> LedgerFile:
    made = domain.export_ledger(actor=system("test"), now=timezone.now())
    assert made is not None
    return made


@pytest.fixture
def graph(client: Client, file: LedgerFile) -> Graph:
    content = client.get("/data/catalogue.jsonld").content
    assert CANARY.encode() not in content
    return Graph().parse(data=content, format="json-ld")


def site(settings: Any) -> str:
    return str(settings.SITE_URL)


@pytest.mark.long
def test_the_context_stands_in_the_file(client: Client, file: LedgerFile) -> None:
    response = client.get("/data/catalogue.jsonld")
    told = json.loads(response.content)
    assert told["@context"] == CONTEXT
    assert all(isinstance(value, str) and value.startswith("http") for value in CONTEXT.values())
    assert (response["Content-Type"], response["Access-Control-Allow-Origin"]) == ("application/ld+json", "*")
    assert (
        client.get("/data/catalogue.jsonld", headers={"if-none-match": response["ETag"]}).status_code == 304
    )


def test_the_page_names_its_catalogue(client: Client, file: LedgerFile) -> None:
    page = client.get("/pt/data/").content.decode()
    head = page.partition("</head>")[0]
    assert ('rel="describedby"' in head, 'href="/data/catalogue.jsonld"' in head) == (True, True)


@pytest.mark.long
def test_every_dataset_is_in_the_catalogue_with_its_files(graph: Graph, settings: Any) -> None:
    rows = graph.query(
        """
        SELECT ?name ?form (COUNT(?file) AS ?files) WHERE {
            ?catalogue a dcat:Catalog ; dcat:dataset ?dataset .
            ?dataset a dcat:Dataset ; dct:identifier ?name ; dcat:distribution ?distribution .
            ?distribution a dcat:Distribution ; dcat:mediaType ?form ; dcat:downloadURL ?file .
        } GROUP BY ?name ?form
        """,
        initNs={"dcat": DCAT, "dct": DCTERMS},
    )
    told = {(str(row.name), str(row.form).removeprefix(IANA)): int(row.files) for row in rows}
    types = {"csv": "text/csv", "json": "application/json"}
    types["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    expected = {(each.name, types[form]): len(CODES) for each in datasets() for form in FORMS}
    assert told == expected | {("ledger", "application/zip"): 1}


@pytest.mark.long
def test_every_address_of_the_catalogue_is_one_of_ours(client: Client, graph: Graph, settings: Any) -> None:
    files = set(graph.objects(None, DCAT.downloadURL)) | set(graph.objects(None, FOAF.page))
    places = {str(each).removeprefix(site(settings)) for each in files}
    asked = {place for place in places if "format=" not in place or ("/es/" in place and "csv" in place)}
    wrong = []
    for place in sorted(asked):
        wrong += [place] if status_of(client, place) != 200 else []
    assert (wrong, len(asked) > 5 * len(datasets())) == ([], True)


@pytest.mark.long
def test_every_dataset_has_title_licence_publisher_and_languages(graph: Graph) -> None:
    every = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(every) == len(datasets()) + 1
    for each in every:
        titles = {title.language for title in graph.objects(each, DCTERMS.title)}  # type: ignore[attr-defined]
        assert titles == set(CODES)
        assert set(graph.objects(each, DCTERMS.license)) == {LICENCE}
        assert len(set(graph.objects(each, DCTERMS.language))) == len(CODES)
        (publisher,) = graph.objects(each, DCTERMS.publisher)
        assert list(graph.objects(publisher, FOAF.name))
        (place,) = graph.objects(each, DCTERMS.spatial)
        assert Literal("M49:419") in set(graph.objects(place, DCTERMS.identifier))


@pytest.mark.long
def test_records_tell_their_years_and_last_change(graph: Graph) -> None:
    pledges = next(graph.subjects(DCTERMS.identifier, Literal("pledges")))
    (changed,) = graph.objects(pledges, DCTERMS.modified)
    (period,) = graph.objects(pledges, DCTERMS.temporal)
    years = [graph.value(period, name) for name in (DCAT.startDate, DCAT.endDate)]
    assert (changed.datatype, changed.value.date()) == (XSD.dateTime, timezone.now().date())  # type: ignore[attr-defined]
    assert [year.datatype for year in years] == [XSD.gYear, XSD.gYear]  # type: ignore[union-attr]


def test_the_ledger_tells_size_and_digest(graph: Graph, file: LedgerFile, settings: Any) -> None:
    rows = list(
        graph.query(
            """
            SELECT ?size ?sum WHERE {
                ?file dcat:byteSize ?size ; spdx:checksum [ spdx:checksumValue ?sum ; spdx:algorithm ?how ]
            }
            """,
            initNs={"dcat": DCAT, "spdx": "http://spdx.org/rdf/terms#"},
        )
    )
    assert [(int(row.size), str(row.sum)) for row in rows] == [(file.size, file.sha256)]  # type: ignore[union-attr]
    ledger = next(graph.subjects(DCTERMS.identifier, Literal("ledger")))
    assert str(graph.value(ledger, URIRef(f"{DCAT}version"))) == file.name
