"""What has changed is not found by the words of before, also while the index has not heard of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.library.models import LibraryDocument
from portal.library.replacing import replace_file
from search.engines.base import Engine
from search.index.drain import drain
from search.results.service import Question, scroll

pytestmark = pytest.mark.django_db
Add = Callable[..., LibraryDocument]
BEFORE, AFTER = "Perengana Quintanilla cuenta su viaje.", "Alguien cuenta su viaje a la frontera."
ADDRESS = "/api/v1/search"


@pytest.fixture
def replaced(index: Engine, library_document: Add, tmp_path: Path) -> LibraryDocument:
    """Its words were changed, and the index holds those of before; another document waits for nothing."""
    document = library_document(BEFORE)
    library_document("La frontera y su viaje.", title="Otra")
    drain(index)
    path = tmp_path / "after.txt"
    path.write_text(AFTER)
    return replace_file(document, path=path, actor=system("tests"), now=timezone.now())


def test_nothing_tells_the_words_of_before(replaced: LibraryDocument, client: Client) -> None:
    told = client.get(ADDRESS, {"q": "Quintanilla", "ui": "es"}).json()
    assert (told["total"], told["documents"], told["results"], told["more"]) == (0, 0, [], [])
    assert told["facets"] == {}
    assert "Perengana" not in client.get("/es/search/", {"q": "Quintanilla viaje"}).text
    assert list(scroll(Question("Quintanilla", "es"))) == []
    assert "erengana" not in client.get("/es/search/", {"q": "perenganna"}).text.replace("perenganna", "")


def test_what_does_not_wait_is_found_meanwhile(replaced: LibraryDocument, client: Client) -> None:
    told = client.get(ADDRESS, {"q": "viaje", "ui": "es"}).json()
    assert [each["title"] for each in told["results"]] == ["Otra"]
    assert told["documents"] == 1


def test_the_new_words_are_found_once_the_index_has_them(
    index: Engine, replaced: LibraryDocument, client: Client
) -> None:
    drain(index)
    told = client.get(ADDRESS, {"q": "frontera", "ui": "es"}).json()
    assert {each["id"] for each in told["results"]} >= {replaced.public_id}
    assert client.get(ADDRESS, {"q": "Quintanilla", "ui": "es"}).json()["documents"] == 0
