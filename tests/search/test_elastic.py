"""Elasticsearch as the chosen engine, on a real server; and its requests as dictionaries."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.library.models import LibraryDocument
from search import selection
from search.comparison import compare
from search.engines.base import SearchRequest
from search.engines.elastic_query import search_of
from search.engines.elastic_schema import index_mapping
from search.queries import parse, query_of

Add = Callable[..., LibraryDocument]


@pytest.fixture
def server(db: None, settings: Any, tmp_path: Path) -> Iterator[selection.Engine]:
    """An index of this test alone on the real server, the embedded one beside it."""
    settings.SEARCH_URL, settings.SEARCH_DIR = os.environ["TEST_SEARCH_URL"], tmp_path / "spare"
    settings.SEARCH_INDEX = f"portal-{uuid.uuid4().hex}"
    selection._rests_until.clear()
    engine = selection.engine()
    yield engine
    for generation in engine.generations():
        engine._writing.indices.delete(index=generation)


@pytest.mark.elasticsearch
def test_the_portal_runs_on_the_server_with_a_spare(
    server: selection.Engine, library_document: Add, client: Client, settings: Any
) -> None:
    library_document("Los niños apátridas", title="Primera")
    call_command("rebuild_index", verbosity=0)
    library_document("La niñez apátrida", title="Segunda")
    call_command("drain_outbox")
    spare = selection.spare()
    assert spare is not None
    assert (compare(server).total, compare(spare).total, server.health().documents) == (0, 0, 2)
    from_server = client.get("/api/v1/search", {"q": "apátrida"})
    assert (from_server.json()["documents"], from_server.get("X-Search-Notice")) == (2, None)
    settings.SEARCH_URL = "http://127.0.0.1:9"
    from_spare = client.get("/api/v1/search", {"q": "apátrida"})
    assert (from_spare.json(), from_spare["X-Search-Notice"]) == (from_server.json(), "spare")


@pytest.mark.elasticsearch
def test_a_server_back_again_is_caught_up(
    server: selection.Engine, library_document: Add, settings: Any
) -> None:
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
    assert {field["type"] for field in fields.values()} == {"nested", "text", "keyword", "long", "object"}
    assert {field["analyzer"] for field in fields.values() if field["type"] == "text"} == {"whitespace"}
