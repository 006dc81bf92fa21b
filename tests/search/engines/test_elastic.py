"""Elasticsearch as the chosen engine, on a real server; and its requests as dictionaries."""

import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.library.models import LibraryDocument
from search.engines import fallback, selection
from search.engines.base import (
    Cursor,
    Deletion,
    Engine,
    EngineUnavailable,
    NoIndex,
    SearchRequest,
    SnapshotGone,
)
from search.engines.documents import IndexDocument
from search.engines.elastic_query import search_of
from search.engines.elastic_schema import index_mapping
from search.index import outbox
from search.index.comparison import compare
from search.results.query_parser import parse, query_of

Add = Callable[..., LibraryDocument]
CORE_TYPES = {"nested", "text", "keyword", "long", "object", "boolean"}


@pytest.fixture
def server(db: None, settings: Any, tmp_path: Path) -> Iterator[Engine]:
    """An index of this test alone on the real server, the embedded one beside it."""
    settings.SEARCH_URL, settings.SEARCH_DIR = os.environ["TEST_SEARCH_URL"], tmp_path / "fallback"
    settings.SEARCH_INDEX = f"portal-{uuid.uuid4().hex}"
    fallback._rests_until.clear()
    fallback._failures.clear()
    engine = selection.engine()
    yield engine
    for generation in engine.generations():
        engine._writing.indices.delete(index=generation)


@pytest.mark.elasticsearch
def test_the_portal_runs_on_the_server_with_a_fallback(
    server: Engine, library_document: Add, client: Client, settings: Any
) -> None:
    library_document("Los niños apátridas", title="Primera")
    call_command("rebuild_index", verbosity=0)
    library_document("La niñez apátrida", title="Segunda")
    call_command("drain_outbox")
    fallback = selection.fallback()
    assert fallback is not None
    assert (compare(server).total, compare(fallback).total, server.health().documents) == (0, 0, 2)
    from_server = client.get("/api/v1/search", {"q": "apátrida"})
    assert (from_server.json()["documents"], from_server.get("X-Search-Notice")) == (2, None)
    settings.SEARCH_URL = "http://127.0.0.1:9"
    from_fallback = client.get("/api/v1/search", {"q": "apátrida"})
    assert (from_fallback.json(), from_fallback["X-Search-Notice"]) == (from_server.json(), "spare")


@pytest.mark.elasticsearch
def test_a_server_back_again_is_caught_up(server: Engine, library_document: Add, settings: Any) -> None:
    call_command("rebuild_index", verbosity=0)
    address, settings.SEARCH_URL = settings.SEARCH_URL, "http://127.0.0.1:9"
    library_document("Una nota")
    with pytest.raises(CommandError):
        call_command("drain_outbox")
    settings.SEARCH_URL = address
    call_command("drain_outbox")
    assert (compare(server).total, server.health().documents) == (0, 1)


def test_every_request_filters_by_visibility() -> None:
    for text in ("", "niños", "-niños", '"niños apátridas" país'):
        body = search_of(SearchRequest(query_of(parse(text)), ("public",))).to_dict()
        assert {"terms": {"filters": ["visibility=public"]}} in body["query"]["bool"]["filter"]


def test_a_request_asks_for_documents_with_their_best_passages() -> None:
    request = SearchRequest(query_of(parse("niños")), ("public",), {"kind": ("kind=pledge",)}, page=3)
    body = search_of(request).to_dict()
    assert (body["from"], body["size"], body["sort"]) == (20, 10, ["_score", "order"])
    assert body["post_filter"] == {"bool": {"filter": [{"terms": {"filters": ["kind=pledge"]}}]}}
    assert sorted(body["aggs"]) == ["all", "but_kind"]
    nested = body["query"]["bool"]["must"][0]["nested"]
    assert (nested["path"], nested["score_mode"], nested["inner_hits"]["size"]) == ("passages", "max", 3)


def test_the_mapping_is_strict_and_needs_core_features_only() -> None:
    mapping = index_mapping().to_dict()
    assert (mapping["dynamic"], mapping["properties"]["passages"]["dynamic"]) == ("strict", "strict")
    fields = {**mapping["properties"], **mapping["properties"]["passages"]["properties"]}
    assert {field["type"] for field in fields.values()} == CORE_TYPES
    assert {field["analyzer"] for field in fields.values() if field["type"] == "text"} == {"whitespace"}


@pytest.fixture
def filled(server: Engine, library_document: Add) -> LibraryDocument:
    document = library_document("Los niños apátridas", title="Primera")
    call_command("rebuild_index", verbosity=0)
    return document


@pytest.mark.elasticsearch
def test_an_index_that_is_read_only_keeps_changes_waiting(
    server: Engine, filled: LibraryDocument, library_document: Add, client: Client
) -> None:
    block(server, True)
    library_document("La niñez apátrida", title="Segunda")
    with server.writer() as writer, pytest.raises(EngineUnavailable, match="status 403"):
        writer.index([IndexDocument("note:1", "document", "es", "Nota", "/", version=1)])
    assert client.get("/api/v1/search", {"q": "apátrida"}).json()["documents"] == 1
    assert (outbox.backlog().waiting > 0, outbox.backlog().failed) == (True, 0)
    block(server, False)
    call_command("drain_outbox")
    assert (compare(server).total, outbox.backlog().waiting) == (0, 0)


def block(engine: Engine, blocked: bool) -> None:
    engine._writing.indices.put_settings(index=engine.alias, settings={"index.blocks.write": blocked})


@pytest.mark.elasticsearch
def test_a_mapping_that_somebody_changed_fails_what_does_not_fit(
    server: Engine, filled: LibraryDocument, library_document: Add
) -> None:
    mapping = index_mapping().to_dict()
    mapping["properties"]["day"] = {"type": "boolean"}
    changed = f"{server.alias}-99999999999999999999"
    server._writing.indices.create(index=changed, mappings=mapping, aliases={f"{changed}-write": {}})
    server.swap(changed)
    document = IndexDocument("note:1", "document", "es", "Nota", "/", version=1, dated=date(2020, 1, 1))
    with server.writer() as writer:
        refused = writer.index([document, replace(document, id="note:2", dated=None)])
        writer.refresh()
        assert (list(refused), list(dict(writer.inventory()))) == (["note:1"], ["note:2"])
    assert "failed to parse field [day]" in refused["note:1"]


@pytest.mark.elasticsearch
def test_a_missing_index_is_never_made_by_a_write(
    server: Engine, filled: LibraryDocument, client: Client
) -> None:
    generation = server.generation()
    with server.writer() as writer:
        server._writing.indices.delete(index=generation)
        for write in (
            lambda: writer.index([IndexDocument("note:1", "document", "es", "Nota", "/", version=1)]),
            lambda: writer.delete([Deletion("note:1", 2)]),
        ):
            with pytest.raises(NoIndex):
                write()
    answer = client.get("/api/v1/search", {"q": "apátrida"})
    assert (answer.json()["documents"], answer["X-Search-Notice"]) == (1, "spare")
    assert (server.generations(), server.generation()) == ((), None)
    assert list(server._reading.indices.get(index=f"{server.alias}*")) == []


@pytest.mark.elasticsearch
def test_one_refused_question_is_not_the_end_of_the_server(server: Engine, filled: LibraryDocument) -> None:
    asked = SearchRequest(query_of(parse("apátrida")), ("public",), passages=1_000)
    assert [fallback.search(asked)[1], fallback.search(asked)[1]] == [True, True]
    assert fallback.search(SearchRequest(query_of(parse("apátrida")), ("public",)))[1] is False


@pytest.mark.elasticsearch
def test_a_scroll_over_a_closed_snapshot_begins_anew(
    server: Engine, filled: LibraryDocument, library_document: Add
) -> None:
    library_document("La niñez apátrida", title="Segunda")
    call_command("drain_outbox")
    scroll = SearchRequest(query_of(parse("apátrida")), ("public",), size=1, scroll=True)
    cursor = server.search(scroll).cursor
    assert cursor is not None
    server._writing.close_point_in_time(id=cursor.snapshot)
    for gone in (cursor, Cursor("nonsense", cursor.after), Cursor(cursor.snapshot, ("x",))):
        with pytest.raises(SnapshotGone):
            server.search(replace(scroll, cursor=gone))
