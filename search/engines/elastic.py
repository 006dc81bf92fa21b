"""Elasticsearch through `elasticsearch.dsl`: servers 8 and 9, one node or many, core features only."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, helpers
from elasticsearch.dsl import Search

from search import analysis
from search.documents import IndexDocument
from search.engines.base import (
    LAYOUT,
    Deletion,
    EngineUnavailable,
    FoundDocument,
    FoundPassage,
    Health,
    NoIndex,
    SearchRequest,
    SearchResults,
    Stored,
    Suggestion,
    grouped_facets,
)
from search.engines.elastic_query import INNER, search_of, suggestions_of
from search.engines.elastic_schema import index_mapping, index_settings, passage_of, source_of

READ_SECONDS, WRITE_SECONDS = 3.0, 60.0
_BUSY = frozenset({429, 502, 503, 504})
_CONFLICT = 409


class ElasticEngine:
    """See `search.engines.base.Engine`. The alias carries the layout, generations hang on it."""

    name = "elasticsearch"

    def __init__(self, url: str, index: str, replicas: int = 0) -> None:
        nodes = [node.strip() for node in url.split(",") if node.strip()]
        client = Elasticsearch(nodes, max_retries=len(nodes) - 1, retry_on_timeout=False)
        self._reading = client.options(request_timeout=READ_SECONDS)
        self._writing = client.options(request_timeout=WRITE_SECONDS)
        self.alias = f"{index}-{LAYOUT}"
        self._replicas = replicas

    def search(self, request: SearchRequest) -> SearchResults:
        answer = self._answer(search_of(request))
        counts = answer["aggregations"]
        facets = _facets(counts["all"]["tokens"])
        for name in request.filters:
            if f"but_{name}" in counts:
                facets[name] = _facets(counts[f"but_{name}"]["tokens"]).get(name, ())
        return SearchResults(
            total=counts["all"]["passages"]["matched"]["doc_count"],
            documents=answer["hits"]["total"]["value"],
            found=tuple(_found(hit, bool(request.query.required)) for hit in answer["hits"]["hits"]),
            facets={name: values for name, values in facets.items() if values},
        )

    def suggest(
        self, text: str, *, visibility: tuple[str, ...], shown_in: str, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        words = analysis.folded(text)
        if not words:
            return ()
        hits = self._answer(suggestions_of(words, visibility, shown_in, limit))["hits"]["hits"]
        heads = [hit["_source"]["head"] for hit in hits]
        return tuple(
            Suggestion(**{name: head[name] for name in ("id", "kind", "language", "title", "path")})
            for head in heads
        )

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return _inventory(self._writing, self.alias)

    def generation(self) -> str | None:
        with _translated():
            try:
                return str(next(iter(self._reading.indices.get_alias(name=self.alias))))
            except NotFoundError:
                return None

    def generations(self) -> tuple[str, ...]:
        with _translated():
            return tuple(sorted(self._reading.indices.get(index=f"{self.alias}-*")))

    def new_generation(self) -> str:
        name = f"{self.alias}-{time.time_ns():020d}"
        with _translated():
            self._writing.indices.create(
                index=name, mappings=index_mapping().to_dict(), settings=index_settings(self._replicas)
            )
        return name

    def swap(self, generation: str) -> None:
        current = self.generation()
        actions: list[dict[str, Any]] = [{"add": {"index": generation, "alias": self.alias}}]
        if current not in (None, generation):
            actions.insert(0, {"remove": {"index": current, "alias": self.alias}})
        with _translated():
            self._writing.indices.update_aliases(actions=actions)

    def drop(self, generation: str) -> None:
        if generation != self.generation():
            with _translated():
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
            with _translated():
                documents = self._reading.count(index=self.alias)["count"]
                status = self._reading.cluster.health(index=self.alias)["status"]
        except EngineUnavailable as error:
            return Health(self.name, False, None, problem=str(error))
        return Health(self.name, status != "red", generation, documents, "" if status != "red" else "red")

    def _answer(self, search: Search) -> Mapping[str, Any]:
        with _translated():
            answer = search.using(self._reading).index(self.alias).execute().to_dict()
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineUnavailable("incomplete answer")
        return answer


class ElasticWriter:
    """See `search.engines.base.Writer`; any number of processes may write at once, versions decide."""

    def __init__(self, client: Elasticsearch, generation: str) -> None:
        self._client = client
        self.generation = generation

    def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
        return self._bulk(
            {
                "_op_type": "index",
                "_id": document.id,
                "version": document.version,
                "_source": source_of(document),
            }
            for document in documents
        )

    def delete(self, deletions: Sequence[Deletion]) -> None:
        self._bulk(
            {"_op_type": "delete", "_id": deletion.id, "version": deletion.version} for deletion in deletions
        )

    def refresh(self) -> None:
        with _translated():
            self._client.indices.refresh(index=self.generation)

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return _inventory(self._client, self.generation)

    def _bulk(self, actions: Iterator[dict[str, Any]]) -> dict[str, str]:
        refused: dict[str, str] = {}
        common = {"_index": self.generation, "version_type": "external_gte"}
        with _translated():
            answers = helpers.streaming_bulk(
                self._client,
                ({**action, **common} for action in actions),
                raise_on_error=False,
                max_chunk_bytes=10_000_000,
            )
            for succeeded, answer in answers:
                item = next(iter(answer.values()))
                if succeeded or item["status"] in (_CONFLICT, 404):
                    continue
                if item["status"] in _BUSY:
                    raise EngineUnavailable(f"status {item['status']}")
                refused[item["_id"]] = str(item.get("error", {}).get("reason", item["status"]))[:500]
        return refused


@contextmanager
def _translated() -> Iterator[None]:
    """Whatever goes wrong with the server, callers see one kind of error."""
    try:
        yield
    except NotFoundError as error:
        raise NoIndex(str(error)) from error
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:300]) from error


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


def _inventory(client: Elasticsearch, index: str) -> Iterator[tuple[str, Stored]]:
    """Every document at one moment, by a point in time."""
    with _translated():
        moment = client.open_point_in_time(index=index, keep_alive="2m")["id"]
        after: dict[str, Any] = {}
        while True:
            hits = client.search(
                pit={"id": moment, "keep_alive": "2m"},
                sort=[{"order": "asc"}],
                size=1000,
                source_includes=["version", "fingerprint"],
                **after,
            )["hits"]["hits"]
            for hit in hits:
                yield hit["_id"], Stored(hit["_source"]["version"], hit["_source"]["fingerprint"])
            if not hits:
                break
            after = {"search_after": hits[-1]["sort"]}
        client.close_point_in_time(id=moment)
