"""Engines for the contract suite, and an empty index with the means to fill it for everything else."""

import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from portal.common.actors import system
from portal.library.domain import add_document
from portal.library.models import LibraryDocument
from search.engines import retry, selection
from search.engines.base import Engine
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.index.drain import drain
from search.index.signals import documents_indexed
from tests.empty_index import use_index

Fill = Callable[[Callable[..., LibraryDocument]], None]


@pytest.fixture
def embedded(tmp_path: Path) -> Engine:
    return EmbeddedEngine(tmp_path / "index")


@pytest.fixture
def elastic() -> Iterator[Engine]:
    engine = ElasticEngine(os.environ["TEST_SEARCH_URL"], f"contract-{uuid.uuid4().hex}")
    yield engine
    for generation in engine.generations():
        engine._writing.indices.delete(index=generation)


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(request.param)


@pytest.fixture
def index(db: None, settings: Any, tmp_path: Path) -> Engine:
    """The embedded index of this test alone; empty, and nothing waits."""
    use_index(settings, tmp_path / "search")
    return selection.engine()


@pytest.fixture(scope="module")
def module_index(module_rows: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Fill], Path]:
    """Fills an index once for the tests of a module, which then take copies of it (`index_copy`)."""

    def made(fill: Fill) -> Path:
        folder = tmp_path_factory.mktemp("search")
        with override_settings(SEARCH_URL="", SEARCH_DIR=folder / "index"):
            call_command("rebuild_index", verbosity=0)
            fill(library_adder(folder))
            drain(selection.engine())
        return folder / "index"

    return made


@pytest.fixture
def index_copy(db: None, settings: Any, tmp_path: Path) -> Callable[[Path], Engine]:
    """The index of a module in a copy that is this test's alone."""

    def copied(folder: Path) -> Engine:
        settings.SEARCH_URL, settings.SEARCH_DIR = "", tmp_path / "search"
        shutil.copytree(folder, settings.SEARCH_DIR)
        return selection.engine()

    return copied


@pytest.fixture
def library_document(db: None, tmp_path: Path) -> Callable[..., LibraryDocument]:
    """Adds a text to the library: `library_document("text", title="T", language="es")`."""
    return library_adder(tmp_path)


def library_adder(folder: Path) -> Callable[..., LibraryDocument]:
    def add(text: str, *, title: str = "Nota", language: str = "es", year: int = 2024) -> LibraryDocument:
        path = folder / f"{uuid.uuid4().hex}.txt"
        path.write_text(text)
        return add_document(
            path=path,
            language=language,
            title=title,
            year=year,
            actor=system("tests"),
            now=timezone.now(),
        ).document

    return add


@pytest.fixture
def in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The database as it is served: SQLite in memory refuses a second writer, in a file it waits its turn."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, path = connections["default"], tmp_path / "database.sqlite3"
    in_memory.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        in_memory.connection.backup(file)
    name = in_memory.settings_dict["NAME"]
    # Each thread's connection reads the one dict of settings.
    in_memory.settings_dict["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    in_memory.settings_dict["NAME"] = name
    connections["default"] = in_memory


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between attempts at an engine; no time passes but by them, and they take none."""
    pauses: list[float] = []
    monkeypatch.setattr(retry, "monotonic", lambda: 1_000.0 + sum(pauses))
    monkeypatch.setattr(retry, "sleep", pauses.append)
    return pauses


@pytest.fixture
def told() -> Iterator[list[str]]:
    """Ids of the documents that `documents_indexed` tells of, in order; absent ones with a minus."""
    ids: list[str] = []

    def listen(documents: list[Any], absent: list[str], **kwargs: object) -> None:
        ids.extend(document.id for document in documents)
        ids.extend(f"-{each}" for each in absent)

    documents_indexed.connect(listen, weak=False)
    yield ids
    documents_indexed.disconnect(listen)
