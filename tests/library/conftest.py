"""Documents for the tests of the library, in a library folder of their own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from portal.common.actors import system
from portal.library.domain import add_document
from portal.library.models import LibraryDocument

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PARAGRAPH = (
    "The towns on the river keep a book of births so that no child is left without a paper. "
    "Every spring the book is read aloud in the market, and whoever is missing is written in. "
)
IN = {
    "en": PARAGRAPH,
    "es": "Los pueblos del río guardan un libro de los nacimientos para que nadie quede sin un papel. "
    "Cada año se lee el libro en la plaza, y quien falta se anota en él por la tarde con los demás. ",
    "pt": "As cidades do rio guardam um livro dos nascimentos para que ninguém fique sem um papel. "
    "Cada ano se lê o livro na praça, e quem falta é escrito nele à tarde com as outras pessoas. ",
    "fr": "Les villes du fleuve gardent un livre des naissances pour que personne ne soit sans papier. "
    "Chaque année le livre est lu sur la place, et celui qui manque est écrit avec les autres. ",
}
AddDocument = Callable[..., LibraryDocument]


@pytest.fixture(autouse=True)
def library_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "library"


@pytest.fixture
def added(db: None, tmp_path: Path) -> AddDocument:
    """Adds a text file; every call makes another document unless told its `text`."""
    count = 0

    def add(*, text: str | None = None, name: str = "book.txt", **fields: object) -> LibraryDocument:
        nonlocal count
        count += 1
        path = tmp_path / name
        values = {"language": "en", "title": f"Book {count}", "year": 2024, **fields}
        written = IN[str(values["language"])] * 4
        path.write_text(text or f"Book number {count}.\n\n{written}", encoding="utf-8")
        return add_document(path=path, actor=system("test"), now=NOW, **values).document

    return add
