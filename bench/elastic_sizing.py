"""How large an Elasticsearch cluster must be: bytes and seconds of a synthetic index.

.venv/bin/python bench/elastic_sizing.py URL [--passages 100000]
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path[:0] = [str(BENCH.parent), str(BENCH)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django  # noqa: E402  the paths come first

django.setup()

from elasticsearch import Elasticsearch  # noqa: E402
from speed.measuring import seconds  # noqa: E402
from speed.texts import Texts  # noqa: E402

from search.engines.documents import IndexDocument  # noqa: E402
from search.engines.elastic import ElasticEngine  # noqa: E402
from search.engines.elastic_schema import source_of  # noqa: E402

BATCH = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--passages", type=int, default=100_000)
    options = parser.parse_args()
    documents = list(Texts().documents(options.passages))
    engine = ElasticEngine(options.url, f"sizing-{uuid.uuid4().hex[:8]}")
    client = Elasticsearch([options.url], request_timeout=600)
    try:
        measure(engine, client, documents)
    finally:
        for generation in engine.generations():
            client.indices.delete(index=generation)


def measure(engine: ElasticEngine, client: Elasticsearch, documents: Sequence[IndexDocument]) -> None:
    number = sum(len(document.passages) for document in documents)
    characters = sum(len(passage.text) for document in documents for passage in document.passages)
    print(f"{number:,} passages in {len(documents):,} documents, {characters / 1e6:.0f} MB of text")
    terms = seconds(lambda: [source_of(document) for document in documents], time.process_time)
    generation = engine.new_generation()
    engine.swap(generation)
    spent = seconds(lambda: write(engine, documents))
    print(f"terms alone: {terms:.0f} s of processor; writing with terms: {spent:.0f} s on the wall")
    sizes(client, generation, number, "after filling")
    spent = seconds(lambda: write(engine, [replace(each, version=2) for each in documents[::10]]))
    print(f"a tenth written again: {spent:.0f} s")
    sizes(client, generation, number, "after writing a tenth again")
    client.indices.forcemerge(index=generation, max_num_segments=1)
    sizes(client, generation, number, "merged into one segment")
    heap = client.nodes.stats(metric="jvm")["nodes"].values()
    print(
        "heap used:", ", ".join(f"{node['jvm']['mem']['heap_used_in_bytes'] / 1e6:.0f} MB" for node in heap)
    )


def write(engine: ElasticEngine, documents: Sequence[IndexDocument]) -> None:
    with engine.writer() as writer:
        for start in range(0, len(documents), BATCH):
            assert writer.index(documents[start : start + BATCH]) == {}
        writer.refresh()


def sizes(client: Elasticsearch, generation: str, number: int, when: str) -> None:
    client.indices.flush(index=generation)
    primary = client.indices.stats(index=generation)["indices"][generation]["primaries"]
    size, parts = primary["store"]["size_in_bytes"], primary["segments"]["count"]
    print(f"{when}: {size / 1e6:.0f} MB, {size / number:,.0f} bytes a passage, {parts} segments")


if __name__ == "__main__":
    main()
