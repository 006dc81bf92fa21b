"""Elasticsearch through `elasticsearch.dsl`: servers 8 and 9, one node or many, core features only."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.dsl import Search

from search.engines.base import (
    LAYOUT,
    Cursor,
    EngineUnavailable,
    FoundDocument,
    FoundPassage,
    Health,
    NoIndex,
    SearchRequest,
    SearchResults,
    SnapshotGone,
    Stored,
    Suggestion,
    grouped_facets,
)
from search.engines.documents import GAP
from search.engines.elastic_connection import (
    READ_SECONDS,
    WRITE_SECONDS,
    address_of,
    client_of,
    in_time,
    is_gone,
    translated,
)
from search.engines.elastic_query import INNER, SIMILAR, search_of, similar_to, suggestions_of
from search.engines.elastic_schema import index_mapping, index_settings, passage_of
from search.engines.elastic_writer import CARRIED, ElasticWriter, door, inventory
from search.engines.spelling import FARTHEST, SHORTEST, edits
from search.text import analysis

SNAPSHOT_LASTS = "10m"
_GENERATION = re.compile(r"-\d{20}$")


class ElasticEngine:
    """See `search.engines.base.Engine`. The alias carries the layout, generations hang on it."""

    name = "elasticsearch"

    def __init__(self, url: str, index: str, *, replicas: int = 0, api_key: str = "", ca: str = "") -> None:
        self._address = address_of(url, api_key, ca)
        self.alias = f"{index}-{LAYOUT}"
        self._replicas = replicas

    @cached_property
    def _client(self) -> Elasticsearch:
        return client_of(self._address)

    @property
    def _reading(self) -> Elasticsearch:
        return self._client.options(request_timeout=READ_SECONDS)

    @property
    def _writing(self) -> Elasticsearch:
        return self._client.options(request_timeout=WRITE_SECONDS)

    def search(self, request: SearchRequest) -> SearchResults:
        search = search_of(request)
        if request.scroll or request.cursor:
            return self._scroll(request, search)
        return _results(request, self._answer(search.index(self.alias)))

    def _scroll(self, request: SearchRequest, search: Search) -> SearchResults:
        """A page of a scroll, of which one document more was read than is shown."""
        snapshot = request.cursor.snapshot if request.cursor else self._snapshot()
        try:
            answer = self._answer(search.extra(pit={"id": snapshot, "keep_alive": SNAPSHOT_LASTS}))
        except EngineUnavailable as error:
            if request.cursor is None or not is_gone(error):
                raise
            raise SnapshotGone(str(error)) from error
        snapshot, hits = answer["pit_id"], answer["hits"]["hits"]
        if len(hits) > request.size:
            return _results(request, answer, Cursor(snapshot, tuple(hits[request.size - 1]["sort"])))
        with suppress(EngineUnavailable), translated():
            self._reading.close_point_in_time(id=snapshot)
        return _results(request, answer)

    def _snapshot(self) -> str:
        with translated():
            return str(self._reading.open_point_in_time(index=self.alias, keep_alive=SNAPSHOT_LASTS)["id"])

    def suggest(
        self, text: str, *, visibility: tuple[str, ...], shown_in: str, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        words = analysis.folded(text)
        if not words:
            return ()
        wanted = suggestions_of(words, visibility, shown_in, limit)
        hits = self._answer(wanted.index(self.alias))["hits"]["hits"]
        heads = [hit["_source"]["head"] for hit in hits]
        return tuple(
            Suggestion(**{name: head[name] for name in ("id", "kind", "language", "title", "path")})
            for head in heads
        )

    def similar(self, word: str, *, limit: int = 5) -> tuple[str, ...]:
        words = analysis.folded(word)
        if len(words) != 1 or len(words[0]) < SHORTEST:
            return ()
        suggested = self._answer(similar_to(words[0]).index(self.alias))["suggest"]
        spellings = {
            (edits(words[0], option["text"]), -option["freq"], option["text"])
            for name in SIMILAR
            for entry in suggested[name]
            for option in entry["options"]
            if option["text"] not in (GAP, words[0])
        }
        return tuple(text for distance, _, text in sorted(spellings) if distance <= FARTHEST)[:limit]

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return inventory(self._writing, self.alias)

    def generation(self) -> str | None:
        with translated():
            try:
                indices = self._reading.indices.get_alias(name=self.alias)
            except NotFoundError:
                return None
        return next(iter(indices), None)

    def carried(self) -> int:
        with translated():
            try:
                told = self._reading.indices.get_mapping(index=self.alias).body
            except NotFoundError:
                return 0
        if not all(isinstance(index, Mapping) and "mappings" in index for index in told.values()):
            raise EngineUnavailable("incomplete answer")
        return max((index["mappings"].get("_meta", {}).get(CARRIED, 0) for index in told.values()), default=0)

    def generations(self) -> tuple[str, ...]:
        with translated():
            names = self._reading.indices.get(index=f"{self.alias}-*")
        return tuple(sorted(name for name in names if _GENERATION.search(name)))

    def new_generation(self) -> str:
        name = f"{self.alias}-{time.time_ns():020d}"
        with translated():
            self._writing.indices.create(
                index=name,
                mappings=index_mapping().to_dict(),
                settings=index_settings(self._replicas),
                aliases={door(name): {}},
            )
        return name

    def swap(self, generation: str) -> None:
        current = self.generation()
        actions: list[dict[str, Any]] = [{"add": {"index": generation, "alias": self.alias}}]
        if current not in (None, generation):
            actions.insert(0, {"remove": {"index": current, "alias": self.alias}})
        with translated():
            self._writing.indices.update_aliases(actions=actions)

    def drop(self, generation: str) -> None:
        if generation != self.generation():
            with translated():
                self._writing.indices.delete(index=generation, ignore_unavailable=True)

    @contextmanager
    def writer(self, generation: str | None = None) -> Iterator["ElasticWriter"]:
        name = generation or self.generation()
        if name is None:
            raise NoIndex(self.alias)
        yield ElasticWriter(self._writing, name)

    def health(self) -> Health:
        try:
            generation = self.generation()
            if generation is None:
                return Health(self.name, False, None, problem="NoIndex")
            with translated():
                answer = self._reading.count(index=self.alias)
            if "count" not in answer or answer["_shards"]["failed"]:
                return Health(self.name, False, generation, problem="incomplete answer")
            return Health(self.name, True, generation, answer["count"], self.carried())
        except EngineUnavailable as error:
            return Health(self.name, False, None, problem=str(error))

    def _answer(self, search: Search) -> Mapping[str, Any]:
        def ask(seconds: float) -> Mapping[str, Any]:
            client = self._client.options(request_timeout=seconds)
            return search.using(client).params(allow_partial_search_results=False).execute().to_dict()

        with translated():
            answer = in_time(len(self._address.nodes), ask)
        if answer.get("timed_out") is not False or answer["_shards"]["failed"] or "hits" not in answer:
            raise EngineUnavailable("incomplete answer")
        return answer


def _results(
    request: SearchRequest, answer: Mapping[str, Any], cursor: Cursor | None = None
) -> SearchResults:
    counts = answer["aggregations"]
    facets = _facets(counts["all"]["tokens"])
    for name in request.filters:
        if f"but_{name}" in counts:
            facets[name] = _facets(counts[f"but_{name}"]["tokens"]).get(name, ())
    asked = bool(request.query.required)
    return SearchResults(
        total=counts["all"]["passages"]["matched"]["doc_count"],
        documents=answer["hits"]["total"]["value"],
        hits=tuple(_found(hit, asked) for hit in answer["hits"]["hits"][: request.size]),
        facets={name: values for name, values in facets.items() if values},
        cursor=cursor,
    )


def _found(hit: Mapping[str, Any], asked: bool) -> FoundDocument:
    inner = hit["inner_hits"][INNER]["hits"]
    head = dict(hit["_source"]["head"])
    facets = {name: tuple(values) for name, values in head.pop("facets").items()}
    return FoundDocument(
        **head,
        facets=facets,
        matched=inner["total"]["value"],
        score=hit["_score"] if asked else 0.0,
        passages=tuple(
            FoundPassage(passage_of(row["_source"]), row["_score"] if asked else 0.0) for row in inner["hits"]
        ),
    )


def _facets(tokens: Mapping[str, Any]) -> dict[str, tuple[tuple[str, int], ...]]:
    pairs = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in tokens["buckets"]]
    return {name: tuple(values) for name, values in grouped_facets(pairs).items()}
