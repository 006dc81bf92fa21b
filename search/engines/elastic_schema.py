"""The layout of the Elasticsearch index through `elasticsearch.dsl`; for `search.engines.elastic` only.

One Elasticsearch document per document, its passages nested in it: a document is replaced in one step
with one external version, and terms aggregations on it count documents exactly. Text fields hold terms
made by `search.text.analysis`, joined by spaces. Only core features: any cluster will do.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from elasticsearch.dsl import Boolean, Keyword, Long, Nested, Object, Text
from elasticsearch.dsl import Mapping as IndexMapping

from search.engines.base import WINDOW
from search.engines.documents import PASSAGE_FIELDS, IndexDocument, Passage, order_key, prefixes


def index_mapping() -> IndexMapping:
    passages = Nested(
        dynamic="strict",
        properties={
            **{name: Text(analyzer="whitespace") for name in ("body", "context", "exact")},
            **{name: Keyword(index=False, doc_values=False) for name in ("text", "heading", "anchor")},
            "position": Long(),
            "page": Long(index=False, doc_values=False),
            "is_listing": Boolean(index=False, doc_values=False),
        },
    )
    mapping = IndexMapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", {"excludes": [f"passages.{name}" for name in ("body", "context", "exact")]})
    mapping.field("passages", passages)
    mapping.field("prefixes", Text(analyzer="whitespace", norms=False, index_options="docs"))
    for name in ("filters", "facets"):
        mapping.field(name, Keyword())
    for name in ("order", "recency", "day", "version"):
        mapping.field(name, Long())
    mapping.field("fingerprint", Keyword(index=False, doc_values=False))
    mapping.field("head", Object(enabled=False))
    return mapping


def index_settings(replicas: int) -> dict[str, Any]:
    return {
        "number_of_shards": 1,
        "number_of_replicas": replicas,
        "refresh_interval": "30s",
        "max_result_window": WINDOW,
        # A copy lost with its node is made anew on another at once; it takes seconds.
        "unassigned.node_left.delayed_timeout": "10s",
        "mapping": {"nested_objects": {"limit": 100_000}},
    }


def source_of(document: IndexDocument) -> dict[str, Any]:
    """A document as the index takes it."""
    return {
        "filters": document.filter_tokens,
        "facets": document.facet_tokens,
        "order": order_key(document.id),
        "recency": document.recency,
        "day": document.day,
        "version": document.version,
        "fingerprint": document.fingerprint,
        "prefixes": prefixes(document.title),
        "head": {
            **{name: getattr(document, name) for name in ("id", "kind", "language", "title", "path", "year")},
            "facets": {name: list(values) for name, values in document.all_facets.items()},
            "details": dict(document.details),
        },
        "passages": list(_passages(document)),
    }


def passage_of(source: Mapping[str, Any]) -> Passage:
    return Passage(**{name: source[name] for name in PASSAGE_FIELDS if name in source})


def _passages(document: IndexDocument) -> Iterator[dict[str, Any]]:
    for passage, terms in document.rows():
        yield {
            **passage.as_dict(),
            "body": terms.body,
            "context": terms.context,
            "exact": terms.exact,
        }
