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
        path.write_text(text or f"Book number {count}.\n\n{PARAGRAPH * 4}", encoding="utf-8")
        values = {"language": "en", "title": f"Book {count}", "year": 2024, **fields}
        return add_document(path=path, actor=system("test"), now=NOW, **values).document

    return add
