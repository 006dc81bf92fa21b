"""The layout of the embedded index and its rows; for `search.engines.embedded` and its parts only.

One row per passage; the first row of a document also carries what belongs to the whole of it. A
deleted document leaves a row with nothing but its key and version, so that late writes are refused.
Documents are numbered from 0 in the order in which they first came, so that sets of them are small.
"""

import json
from collections.abc import Iterator
from typing import Any

import tantivy

from search.engines.base import FoundPassage
from search.engines.documents import IndexDocument, Passage, order_key, prefixes

FIRST, GONE = "row=first", "row=gone"
_WHITESPACE = "whitespace"


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("body", "context", "exact"):
        builder.add_text_field(name, tokenizer_name=_WHITESPACE, index_option="position")
    builder.add_text_field("prefixes", tokenizer_name=_WHITESPACE, index_option="basic")
    builder.add_text_field("filters", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facets", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("document", indexed=True, fast=True)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_unsigned_field("position", fast=True)
    for name in ("key", "passages", "recency", "version"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("passage", stored=True)
    builder.add_bytes_field("head", stored=True)
    return builder.build()


SCHEMA = build_schema()


def open_index(path: str) -> tantivy.Index:
    """The index in a folder. Tokenizers belong to the open index, not to the folder."""
    index = tantivy.Index(SCHEMA, path=path)
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WHITESPACE, analyzer)
    index.config_reader("manual")
    return index


def rows_of(document: IndexDocument, number: int) -> Iterator[tantivy.Document]:
    """The rows of a document with its number, in order."""
    filters, day = document.filter_tokens, document.day
    for place, (passage, terms) in enumerate(document.rows()):
        row = tantivy.Document()
        row.add_text("body", terms.body)
        row.add_text("context", terms.context)
        row.add_text("exact", terms.exact)
        row.add_unsigned("document", number)
        row.add_unsigned("position", max(0, passage.position))
        if day:
            row.add_unsigned("day", day)
        row.add_bytes("passage", _packed_passage(passage))
        for token in filters:
            row.add_text("filters", token)
        if place == 0:
            _add_head(row, document)
        yield row


def tombstone(document_id: str, version: int, number: int) -> tantivy.Document:
    row = tantivy.Document()
    row.add_unsigned("document", number)
    row.add_unsigned("key", order_key(document_id))
    row.add_unsigned("version", version)
    row.add_text("filters", GONE)
    return row


def head_of(row: tantivy.Document) -> dict[str, Any]:
    """What the first row says of the document: the arguments of a `FoundDocument`, version, fingerprint."""
    return dict(json.loads(bytes(row.get_first("head"))))


def title_of(row: tantivy.Document) -> str:
    """The document's title in its first row, where it can be found; elsewhere nothing."""
    return str(head_of(row)["title"]) if row.get_first("head") else ""


def passage_of(row: tantivy.Document, score: float) -> FoundPassage:
    """Facts first and then the text, which is most of it and needs no decoding but this."""
    facts, _, text = bytes(row.get_first("passage")).decode().partition("\n")
    return FoundPassage(Passage(text, *json.loads(facts)), score)


def _add_head(row: tantivy.Document, document: IndexDocument) -> None:
    row.add_text("filters", FIRST)
    for token in document.facet_tokens:
        row.add_text("facets", token)
    row.add_text("prefixes", prefixes(document.title))
    row.add_unsigned("key", order_key(document.id))
    row.add_unsigned("passages", len(document.readable_passages()))
    row.add_unsigned("recency", document.recency)
    row.add_unsigned("version", document.version)
    head = {
        **{name: getattr(document, name) for name in ("id", "kind", "language", "title", "path", "year")},
        "facets": {name: list(values) for name, values in document.all_facets.items()},
        "details": dict(document.details),
        "version": document.version,
        "fingerprint": document.fingerprint,
    }
    row.add_bytes("head", _packed(head))


def _packed_passage(passage: Passage) -> bytes:
    facts = [passage.position, passage.page, passage.heading, passage.anchor, passage.is_listing]
    return _packed(facts) + b"\n" + passage.text.encode("utf-8", "replace")


def _packed(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
