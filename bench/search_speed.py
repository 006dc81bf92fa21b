"""What a search and a rebuild cost beside the raw engines and Wagtail's own search, on synthetic passages.

.venv/bin/python bench/search_speed.py [--passages 100000] [--elasticsearch URL] [--no-wagtail]
                                       [--commits 10000] [--folder DIR] [--write NAME]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
REPORT = ROOT / "docs" / "benchmarks-search.md"
sys.path[:0] = [str(ROOT), str(BENCH)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django  # noqa: E402  the paths come first

django.setup()

from elasticsearch import Elasticsearch  # noqa: E402
from speed.measuring import bytes_below, resident_megabytes, seconds, timed  # noqa: E402
from speed.raw import RawElastic, RawTantivy, rows  # noqa: E402
from speed.texts import Texts, searches  # noqa: E402

from search.engines.base import Engine  # noqa: E402
from search.engines.documents import IndexDocument  # noqa: E402
from search.engines.elastic import ElasticEngine  # noqa: E402
from search.engines.embedded import EmbeddedEngine  # noqa: E402

BATCH = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--elasticsearch", metavar="URL", help="a server without security, such as a test's")
    parser.add_argument("--no-wagtail", action="store_true", help="leave Wagtail's own search out")
    parser.add_argument("--commits", type=int, default=10_000, help="small commits for the dead bytes")
    parser.add_argument("--folder", type=Path, help="where to work; emptied afterwards")
    parser.add_argument("--write", metavar="NAME", help=f"replace the part NAME of docs/{REPORT.name}")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        lines = list(measure(folder, options))
    finally:
        shutil.rmtree(folder)
    print("\n".join(lines))
    if options.write:
        _write(options.write, lines)


def measure(folder: Path, options: argparse.Namespace) -> Iterator[str]:
    print("making texts", file=sys.stderr)
    texts = Texts()
    documents = list(texts.documents(options.passages))
    yield f"{options.passages:,} passages of about 110 words in {len(documents):,} documents."
    yield ""
    yield from _embedded(folder, texts, documents, options.commits)
    if options.elasticsearch:
        yield ""
        yield from _elastic(options.elasticsearch, texts, documents)
    if not options.no_wagtail:
        yield ""
        yield from _wagtail(folder, options.passages)
    made_with = ", ".join(f"{name} {version(name)}" for name in ("tantivy", "elasticsearch", "wagtail"))
    yield ""
    yield f"Python {platform.python_version()}, {made_with}."
    yield "Times are processor time of this process; for the server they are time on the wall."


def _embedded(folder: Path, texts: Texts, documents: Sequence[IndexDocument], commits: int) -> Iterator[str]:
    print("embedded: filling", file=sys.stderr)
    raw = RawTantivy(folder / "raw")
    made = list(rows(documents))
    raw_seconds = seconds(partial(raw.fill, made))
    engine = EmbeddedEngine(folder / "embedded")
    product_seconds = seconds(lambda: _fill(engine, documents))
    before = resident_megabytes()
    yield "### Embedded engine"
    yield from _table(engine, raw, texts, time.process_time)
    yield ""
    yield f"- memory that searching adds to a process: {resident_megabytes() - before:.0f} MB"
    yield from _filling(number_of_passages(documents), product_seconds, raw_seconds)
    size, raw_size = bytes_below(folder / "embedded"), bytes_below(folder / "raw")
    number = number_of_passages(documents)
    yield f"- bytes per passage: {size / number:,.0f}; raw with two text fields {raw_size / number:,.0f}"
    if commits:
        yield from _dead_bytes(engine, folder / "embedded", documents, commits)


def _dead_bytes(
    engine: Engine, path: Path, documents: Sequence[IndexDocument], commits: int
) -> Iterator[str]:
    """Many small commits through one writer, as the follower makes them, and what they leave on disk."""
    print(f"embedded: {commits:,} small commits", file=sys.stderr)
    before = bytes_below(path)
    with engine.writer() as writer:
        spent = seconds(lambda: _edit(writer, documents, commits))
    more, files = bytes_below(path) - before, sum(1 for file in path.rglob("*") if file.is_file())
    yield (
        f"- {commits:,} commits of one document each: {spent / commits * 1000:.1f} ms a commit; "
        f"{more / 1e6:+.1f} MB ({more / before:+.1%}) on disk afterwards, in {files} files"
    )


def _edit(writer, documents: Sequence[IndexDocument], commits: int) -> None:  # type: ignore[no-untyped-def]
    for number in range(commits):
        document = documents[number * 7 % len(documents)]
        writer.index([replace(document, version=number + 2)])
        writer.refresh()


def _elastic(url: str, texts: Texts, documents: Sequence[IndexDocument]) -> Iterator[str]:
    print("Elasticsearch: filling", file=sys.stderr)
    client = Elasticsearch([url], request_timeout=60)
    name = f"bench-{uuid.uuid4().hex[:8]}"
    raw, engine = RawElastic(url, f"{name}-raw"), ElasticEngine(url, name)
    try:
        made = list(rows(documents))
        raw_seconds = seconds(partial(raw.fill, made))
        product_seconds = seconds(lambda: _fill(engine, documents))
        versions = {node["version"] for node in client.nodes.info()["nodes"].values()}
        yield f"### Elasticsearch {', '.join(sorted(versions))}, one node, heap 512 MB"
        yield from _table(engine, raw, texts, time.perf_counter)
        yield ""
        yield from _filling(number_of_passages(documents), product_seconds, raw_seconds)
        client.indices.forcemerge(index=engine.alias, max_num_segments=1)
        stats = client.indices.stats(index=engine.alias)["_all"]["primaries"]["store"]["size_in_bytes"]
        size, number = int(stats), number_of_passages(documents)
        raw_size = raw.bytes_on_disk()
        yield f"- bytes per passage: {size / number:,.0f}; raw with two text fields {raw_size / number:,.0f}"
    finally:
        raw.drop()
        for generation in engine.generations():
            client.indices.delete(index=generation)


def _wagtail(folder: Path, passages: int) -> Iterator[str]:
    from sites import run

    print("Wagtail: filling", file=sys.stderr)
    (folder / "bare").mkdir()
    environment = {"BENCH_DIR": str(folder / "bare"), "DJANGO_SETTINGS_MODULE": "bare.settings"}
    figures = json.loads(run(["bench/speed/wagtail_search.py", str(passages)], environment).splitlines()[-1])
    yield "### Wagtail's own search on SQLite: top ten pages of twenty passages, no passages, no facets"
    yield "| searched for | p50, ms | p95, ms |"
    yield "|---|---|---|"
    for name, (p50, p95) in figures["searches"].items():
        yield f"| {name} | {p50:.2f} | {p95:.2f} |"
    yield ""
    yield f"- filling: {passages / figures['seconds']:,.0f} passages a second, as pages saved one by one"


def _fill(engine: Engine, documents: Sequence[IndexDocument]) -> None:
    """As a rebuild does it, without reading the database."""
    generation = engine.new_generation()
    waiting = iter(documents)
    with engine.writer(generation) as writer:
        while batch := list(islice(waiting, BATCH)):
            writer.index(batch)
        writer.refresh()
    engine.swap(generation)


def _table(engine: Engine, raw: Any, texts: Texts, clock: Callable[[], float]) -> Iterator[str]:
    yield "| searched for | portal p50, ms | p95, ms | raw engine p50, ms | portal / raw |"
    yield "|---|---|---|---|---|"
    for name, asked in searches(texts).items():
        ours = timed(engine.search, asked, clock)
        theirs = timed(raw.search, [raw.query(each) for each in asked], clock)
        ratio = ours.p50 / theirs.p50
        yield f"| {name} | {ours.p50:.2f} | {ours.p95:.2f} | {theirs.p50:.2f} | {ratio:.1f} x |"


def _filling(passages: int, product: float, raw: float) -> Iterator[str]:
    yield (
        f"- filling: {passages / product:,.0f} passages a second, analysis included; "
        f"the raw engine with terms ready {passages / raw:,.0f} ({raw / product:.2f} of it)"
    )


def number_of_passages(documents: Sequence[IndexDocument]) -> int:
    return sum(len(document.passages) for document in documents)


def _write(name: str, lines: Sequence[str]) -> None:
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = REPORT.read_text()
    if start not in text:
        text += f"\n## {name}\n{start}\n{end}\n"
    before, _, rest = text.partition(start)
    REPORT.write_text(f"{before}{start}\n" + "\n".join(lines) + f"\n{end}{rest.partition(end)[2]}")


if __name__ == "__main__":
    main()
