"""The read API of the library: list by cursor, one document with its passages."""

import pytest
from django.test import Client

from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.queries import PASSAGES_PER_PART
from tests.library.conftest import NOW, PARAGRAPH, AddDocument

pytestmark = pytest.mark.django_db


def test_list_holds_public_documents_newest_first(client: Client, added: AddDocument) -> None:
    first, second, gone = added(title="First"), added(title="Second", language="es", kind="plan"), added()
    withdraw_document(gone, actor=system("test"), now=NOW)
    answer = client.get("/api/v1/documents?ui=fr").json()
    assert (answer["count"], answer["next"]) == (2, None)
    assert [row["id"] for row in answer["results"]] == [second.public_id, first.public_id]
    assert answer["results"][0] == {
        "id": second.public_id,
        "kind": "plan",
        "language": "es",
        "languages": ["es"],
        "title": "Second",
        "year": 2024,
        "date": "2024",
        "source": "",
        "source_url": "",
        "rights": "",
        "description": "",
        "countries": [],
        "organizations": [],
        "consultations": [],
        "segments": [],
        "themes": [],
        "work": "",
        "version": 1,
        "file": f"/fr/library/{second.public_id}/original/",
        "sha256": second.sha256,
        "pages": 1,
        "quality": "good",
        "flaw": "",
        "passages": second.passages_count,
        "url": f"/fr/library/{second.public_id}/",
    }


def test_list_narrows_and_pages_by_cursor(client: Client, added: AddDocument) -> None:
    for kind in ("plan", "plan", "report"):
        added(kind=kind)
    answer = client.get("/api/v1/documents?kind=plan&size=1").json()
    assert (answer["count"], len(answer["results"])) == (2, 1)
    following = client.get(answer["next"]).json()
    assert following["next"] is None
    assert following["results"][0]["id"] < answer["results"][0]["id"]


def test_document_comes_with_its_passages_in_parts(client: Client, added: AddDocument) -> None:
    document = added(text="\n\n".join(f"{PARAGRAPH * 3} number {n}." for n in range(60)))
    part = client.get(f"/api/v1/documents/{document.public_id}?ui=en").json()
    assert part["document"]["title"] == document.title
    assert [row["position"] for row in part["passages"]] == list(range(1, PASSAGES_PER_PART + 1))
    assert part["passages"][1]["url"] == (f"/en/library/{document.public_id}/?passage=2#p2")
    rest = client.get(f"/api/v1/documents/{document.public_id}?part={part['next']}").json()
    assert rest["next"] is None
    assert rest["passages"][-1]["position"] == document.passages_count


def test_withdrawn_and_unknown_documents_say_so(client: Client, added: AddDocument) -> None:
    document = added(title="Secret words")
    withdraw_document(document, actor=system("test"), now=NOW)
    gone = client.get(f"/api/v1/documents/{document.public_id}")
    assert (gone.status_code, "Secret words" in gone.content.decode()) == (410, False)
    assert client.get("/api/v1/documents/D-99999").status_code == 404
