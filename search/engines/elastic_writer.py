"""Writing to one generation on Elasticsearch and listing it; for `search.engines.elastic` only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.engines.base import Deletion, EngineUnavailable, NoIndex, Stored
from search.engines.documents import IndexDocument
from search.engines.elastic_connection import translated
from search.engines.elastic_schema import source_of

_BAD, _MISSING, _CONFLICT, _TOO_LARGE = 400, 404, 409, 413
_KEPT = "2m"
CARRIED = "carried"


def door(generation: str) -> str:
    """The alias writes go through. It is made with the index and required by each write: a server would
    answer a write to a missing index by making one, without our mapping."""
    return f"{generation}-write"


class ElasticWriter:
    """See `search.engines.base.Writer`; any number of processes may write at once, versions decide."""

    def __init__(self, client: Elasticsearch, generation: str) -> None:
        self._client = client
        self.generation = generation

    def index(self, documents: Sequence[IndexDocument]) -> dict[str, str]:
        return self._bulk(
            [
                {
                    "_op_type": "index",
                    "_id": document.id,
                    "version": document.version,
                    "_source": source_of(document),
                }
                for document in documents
            ]
        )

    def delete(self, deletions: Sequence[Deletion]) -> None:
        # A server minds `require_alias` for documents only: to delete one would make a missing index.
        with translated():
            if deletions and not self._client.indices.exists_alias(name=door(self.generation)):
                raise NoIndex(self.generation)
        self._bulk([{"_op_type": "delete", "_id": each.id, "version": each.version} for each in deletions])

    def refresh(self, version: int = 0) -> None:
        with translated():
            if version:
                self._client.indices.put_mapping(index=self.generation, meta={CARRIED: version})
            self._client.indices.refresh(index=self.generation)

    def inventory(self) -> Iterator[tuple[str, Stored]]:
        return inventory(self._client, self.generation)

    def _bulk(self, actions: Sequence[dict[str, Any]], together: int = 500) -> dict[str, str]:
        """Write them all; what is too large together is written one by one, so that one cannot stop many."""
        refused: dict[str, str] = {}
        too_large: list[dict[str, Any]] = []
        common = {"_index": door(self.generation), "version_type": "external_gte"}
        with translated():
            answers = helpers.streaming_bulk(
                self._client,
                ({**action, **common} for action in actions),
                require_alias=True,
                raise_on_error=False,
                raise_on_exception=False,
                chunk_size=together,
                max_chunk_bytes=10_000_000,
            )
            for action, (succeeded, answer) in zip(actions, answers, strict=True):
                operation, item = next(iter(answer.items()))
                if succeeded or _is_settled(operation, item):
                    continue
                if item["status"] == _TOO_LARGE and together > 1:
                    too_large.append(action)
                else:
                    refused[item["_id"]] = _reason(item)
        return refused | (self._bulk(too_large, together=1) if too_large else {})


def _is_settled(operation: str, item: Mapping[str, Any]) -> bool:
    """True for a write that came too late, False for one refused for good; what may pass later raises."""
    status = item["status"]
    if status == _CONFLICT or (status == _MISSING and operation == "delete" and "error" not in item):
        return True
    if status in (_BAD, _TOO_LARGE):
        return False
    if status == _MISSING:
        raise NoIndex(_reason(item))
    raise EngineUnavailable(f"status {status}: {_reason(item)}")


def _reason(item: Mapping[str, Any]) -> str:
    error = item.get("error", item["status"])
    return str(error.get("reason", error) if isinstance(error, Mapping) else error)[:500]


def inventory(client: Elasticsearch, index: str) -> Iterator[tuple[str, Stored]]:
    """Every document at one moment, by a point in time."""
    with translated():
        moment = client.open_point_in_time(index=index, keep_alive=_KEPT)["id"]
        after: dict[str, Any] = {}
        while True:
            hits = client.search(
                pit={"id": moment, "keep_alive": _KEPT},
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
