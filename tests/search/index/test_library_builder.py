"""What of a library document is searched: passages by their language, its title alone, that it was OCR."""

from pathlib import Path

import pytest
from pytest_django import Settings

from portal.common.actors import system
from portal.library.describing import About
from portal.library.domain import add_document
from portal.library.models import LibraryDocument
from search.engines.documents import IndexDocument
from search.index.builders.base import Surroundings
from search.index.builders.library import LibraryBuilder
from search.results.visibility import public_ids
from tests.files.quality_texts import PROSE
from tests.library.builders import column, pdf_of
from tests.library.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def built(document: LibraryDocument) -> dict[str, IndexDocument]:
    made = LibraryBuilder().build(document.public_id, 1, Surroundings()).documents
    return {each.language: each for each in made}


def add(folder: Path, name: str, content: bytes, second: str = "") -> LibraryDocument:
    (folder / name).write_bytes(content)
    return add_document(
        path=folder / name,
        language="es",
        title="Informe",
        more=About(second_language=second),
        actor=system("test"),
        now=NOW,
    ).document


def test_a_document_in_two_languages_is_searched_in_each(tmp_path: Path) -> None:
    document = add(tmp_path, "a.txt", f"{PROSE['es']}\n\n{PROSE['pt']}".encode(), second="pt")
    versions = built(document)
    assert {language: [each.position for each in made.passages] for language, made in versions.items()} == {
        "es": [1],
        "pt": [2],
    }
    ids = [made.id for made in versions.values()]
    assert public_ids([*ids, f"{document.public_id}/fr"]) == frozenset(ids)


def test_of_pictures_the_title_alone_is_searched(tmp_path: Path) -> None:
    glued = PROSE["es"].replace(" ", "")
    lines = [glued[at : at + 70] for at in range(0, len(glued), 70)]
    document = add(tmp_path, "a.pdf", pdf_of([column(lines)]))
    made = built(document)["es"]
    assert (made.title, made.passages, document.quality) == ("Informe", (), "pictures")


def test_what_was_read_from_pictures_says_so(tmp_path: Path) -> None:
    document = add(tmp_path, "a.txt", PROSE["es"].encode())
    assert "ocr" not in built(document)["es"].details
    document.quality = "ocr"
    document.save()
    assert built(document)["es"].details["ocr"] == "yes"
