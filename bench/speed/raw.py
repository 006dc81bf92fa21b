"""The engines with nothing around them: one row a passage, top ten rows, no groups, facets or filters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from elasticsearch import Elasticsearch, helpers

from search.engines.base import SearchRequest
from search.engines.documents import IndexDocument
from search.engines.query_tree import Exact, Node, Word

SIZE = 10


Row = tuple[str, str, str]


def rows(documents: Iterable[IndexDocument]) -> Iterable[Row]:
    """The terms of each passage and what is stored of it; made before the clock starts."""
    for document in documents:
        for passage, terms in document.rows():
            yield terms.body, terms.exact, json.dumps(passage.as_dict(), ensure_ascii=False)


class RawTantivy:
    def __init__(self, path: Path) -> None:
        path.mkdir()
        builder = tantivy.SchemaBuilder()
        for name in ("body", "exact"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        builder.add_bytes_field("stored", stored=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(path))
        self.index.register_tokenizer(
            "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )

    def fill(self, made: Iterable[Row]) -> None:
        writer = self.index.writer(64_000_000, 1)
        for body, exact, stored in made:
            row = tantivy.Document()
            row.add_text("body", body)
            row.add_text("exact", exact)
            row.add_bytes("stored", stored.encode())
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def query(self, request: SearchRequest) -> tantivy.Query:
        if not request.query.required:
            return tantivy.Query.all_query()
        must = [(tantivy.Occur.Must, self._node(node)) for node in request.query.required]
        without = [(tantivy.Occur.MustNot, self._node(node)) for node in request.query.excluded]
        return tantivy.Query.boolean_query([*must, *without])

    def _node(self, node: Node) -> tantivy.Query:
        if isinstance(node, Exact):
            return tantivy.Query.phrase_query(self.schema, "exact", list(node.words))
        terms = _terms(node)
        alternatives = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self.schema, "body", each)) for each in terms
        ]
        return tantivy.Query.boolean_query(alternatives)

    def search(self, query: tantivy.Query) -> int:
        """Ten rows with what is stored, and how many there are."""
        searcher = self.index.searcher()
        result = searcher.search(query, limit=SIZE)
        for _score, address in result.hits:
            json.loads(bytes(searcher.doc(address).get_first("stored")))
        return int(result.count)


class RawElastic:
    def __init__(self, url: str, name: str) -> None:
        self.client, self.name = Elasticsearch([url], request_timeout=60), name
        text = {"type": "text", "analyzer": "whitespace"}
        stored = {"type": "keyword", "index": False, "doc_values": False}
        properties = {"body": text, "exact": text, "stored": stored}
        self.client.indices.create(
            index=name,
            mappings={"dynamic": "strict", "properties": properties},
            settings={"number_of_replicas": 0, "refresh_interval": "30s"},
        )

    def fill(self, made: Iterable[Row]) -> None:
        actions = (
            {"_index": self.name, "_source": {"body": body, "exact": exact, "stored": stored}}
            for body, exact, stored in made
        )
        for _ok, _answer in helpers.streaming_bulk(self.client, actions, max_chunk_bytes=10_000_000):
            pass
        self.client.indices.refresh(index=self.name)

    def query(self, request: SearchRequest) -> dict[str, Any]:
        if not request.query.required:
            return {"match_all": {}}
        return {
            "bool": {
                "must": [self._node(node) for node in request.query.required],
                "must_not": [self._node(node) for node in request.query.excluded],
            }
        }

    def _node(self, node: Node) -> dict[str, Any]:
        if isinstance(node, Exact):
            return {"match_phrase": {"exact": {"query": " ".join(node.words)}}}
        terms = _terms(node)
        return {"bool": {"should": [{"term": {"body": each}} for each in terms]}}

    def search(self, query: dict[str, Any]) -> int:
        answer = self.client.search(index=self.name, query=query, size=SIZE, track_total_hits=True)
        return int(answer["hits"]["total"]["value"])

    def bytes_on_disk(self) -> int:
        self.client.indices.forcemerge(index=self.name, max_num_segments=1, wait_for_completion=True)
        return int(self.client.indices.stats(index=self.name)["_all"]["primaries"]["store"]["size_in_bytes"])

    def drop(self) -> None:
        self.client.indices.delete(index=self.name, ignore_unavailable=True)


def _terms(node: Node) -> tuple[str, ...]:
    if isinstance(node, Word):
        return node.terms
    raise TypeError(node)
