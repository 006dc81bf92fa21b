"""A real cluster of three nodes with https, an authority of its own and users.

`bin/services start elasticsearch-cluster` starts it. A test kills the elected master; the fixture has that
node started again.
"""

import base64
import json
import os
import signal
import ssl
import subprocess
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi
import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.common.actors import system
from portal.library.domain import withdraw_document
from portal.library.models import LibraryDocument
from search.engines import elastic, elastic_connection, fallback, selection
from search.engines.base import (
    EngineUnavailable,
    FoundDocument,
    SearchRequest,
    SearchResults,
    SnapshotGone,
)
from search.engines.documents import IndexDocument
from search.engines.elastic import ElasticEngine
from search.index import outbox
from search.index.comparison import compare
from search.index.follower import follow
from search.results.query_parser import parse, query_of

Add = Callable[..., LibraryDocument]
pytestmark = [pytest.mark.cluster, pytest.mark.django_db]
STANDING, EACH_SECOND, SEARCHERS = 40, 20, 10
# Three nodes and ten searchers share one machine: its speed must not decide which search fails.
PATIENT_SECONDS, READER_WAITS = 60.0, elastic_connection.READ_SECONDS


class Operator:
    """Somebody who may look at the cluster and move its shards, as the portal may not."""

    def __init__(self) -> None:
        nodes = os.environ["TEST_CLUSTER_URL"].split(",")
        self.nodes = [f"https://{urlsplit(node).hostname}:{urlsplit(node).port}" for node in nodes]
        self._secret = base64.b64encode(os.environ["TEST_CLUSTER_OPERATOR"].encode()).decode()
        self._context = ssl.create_default_context(cafile=os.environ["TEST_CLUSTER_CA"])

    def ask(self, path: str, body: object = None, method: str | None = None) -> Any:
        """From the first node that answers."""
        sent = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Basic {self._secret}", "Content-Type": "application/json"}
        for node in self.nodes:
            request = urllib.request.Request(node + path, data=sent, headers=headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=10, context=self._context) as answer:
                    return json.load(answer)
            except OSError:
                continue
        raise EngineUnavailable("no node answers")

    def health(self, index: str = "") -> tuple[str, int]:
        told = self.ask(f"/_cluster/health/{index}")
        return told["status"], told["number_of_nodes"]

    def master(self) -> str:
        return str(self.ask("/_cat/master?format=json")[0]["node"])

    def process_of(self, name: str) -> int:
        nodes = self.ask("/_nodes/process")["nodes"].values()
        return next(node["process"]["id"] for node in nodes if node["name"] == name)

    def holder(self, index: str) -> str:
        """The node with the primary shard."""
        shards = self.ask(f"/_cat/shards/{index}?format=json")
        return next(shard["node"] for shard in shards if shard["prirep"] == "p")

    def give_primary(self, index: str, name: str) -> None:
        """The worst case: the node to be killed is the one that takes all writes."""
        for _ in range(3):
            shards = {
                shard["node"]: shard["prirep"] for shard in self.ask(f"/_cat/shards/{index}?format=json")
            }
            if shards.get(name) == "p":
                return
            place = {"index": index, "shard": 0}
            if name in shards:
                command = {"cancel": {**place, "node": self.holder(index), "allow_primary": True}}
            else:
                command = {"move": {**place, "from_node": self.holder(index), "to_node": name}}
            self.ask("/_cluster/reroute", {"commands": [command]})
            until(
                lambda: (
                    self.ask(f"/_cluster/health/{index}?wait_for_no_relocating_shards=true")["status"]
                    == "green"
                )
            )
        raise AssertionError("the primary does not move")


def until(condition: Callable[[], bool], seconds: float = 120.0) -> float:
    """Seconds until it holds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.fixture
def operator() -> Iterator[Operator]:
    """Three nodes before and after."""
    operator = Operator()
    yield operator
    if operator.health()[1] < 3:
        start = Path(project.BASE_DIR) / "bin" / "services"
        subprocess.run([start, "start", "elasticsearch-cluster"], check=True, capture_output=True)
    assert operator.health()[1] == 3


@pytest.fixture
def cluster(
    db: None, operator: Operator, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ElasticEngine]:
    """The cluster as the portal's engine, by the user who may only read and write the portal's indices."""
    for module in (elastic, elastic_connection):
        monkeypatch.setattr(module, "READ_SECONDS", PATIENT_SECONDS)
    settings.SEARCH_URL, settings.SEARCH_CA = os.environ["TEST_CLUSTER_URL"], os.environ["TEST_CLUSTER_CA"]
    settings.SEARCH_INDEX, settings.SEARCH_REPLICAS = f"cartagena40-{uuid.uuid4().hex}", 1
    settings.SEARCH_DIR = tmp_path / "fallback"
    fallback._rests_until.clear()
    fallback._failures.clear()
    engine = selection.engine()
    assert isinstance(engine, ElasticEngine)
    yield engine
    for generation in engine.generations():
        engine._writing.indices.delete(index=generation)


@dataclass
class Searches:
    """Asks at a steady rate, by the engine itself: no fallback hides a failure."""

    engine: ElasticEngine
    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    incomplete: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    lasted: float = 0.0

    def run(self) -> None:
        request = SearchRequest(query_of(parse("asilo")), ("public",))
        started = due = time.monotonic()
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                results = self.engine.search(request)
                if (results.documents, len(results.hits)) != (STANDING, request.size):
                    self.incomplete.append(results.documents)
            except EngineUnavailable as error:
                self.failed.append(str(error))
            self.seconds.append(time.monotonic() - began)
            due += SEARCHERS / EACH_SECOND
            time.sleep(max(0.0, due - time.monotonic()))
            self.lasted = time.monotonic() - started


@pytest.fixture
def searches(cluster: ElasticEngine, library_document: Add) -> Iterator[Searches]:
    """Twenty searches a second for documents that stay."""
    for number in range(STANDING):
        library_document(f"El asilo {number}", title=f"Firme {number}")
    call_command("rebuild_index", verbosity=0)
    searches = Searches(cluster)
    threads = [threading.Thread(target=searches.run) for _ in range(SEARCHERS)]
    for thread in threads:
        thread.start()
    yield searches
    searches.stop.set()
    for thread in threads:
        thread.join(120)
    assert [thread for thread in threads if thread.is_alive()] == []


@dataclass
class Changes:
    """Adds documents and withdraws some, ten a second, whenever the drain asks whether to stop."""

    library_document: Add
    seconds: float
    number: int = 0
    began: float = field(default_factory=time.monotonic)
    last: float = 0.0

    def are_over(self) -> bool:
        now = time.monotonic()
        if now - self.last > 0.1:
            document = self.library_document(f"Un retorno {uuid.uuid4()}", title="Nueva")
            if self.number % 4 == 0:
                withdraw_document(document, actor=system("tests"), now=timezone.now())
            self.number, self.last = self.number + 1, now
        return now - self.began > self.seconds


def test_nothing_fails_and_nothing_is_lost_when_the_master_is_killed(
    searches: Searches,
    cluster: ElasticEngine,
    operator: Operator,
    library_document: Add,
    capsys: pytest.CaptureFixture[str],
) -> None:
    index, master = str(cluster.generation()), operator.master()
    operator.give_primary(index, master)
    until(lambda: operator.health(index)[0] == "green")
    whole: list[float] = []

    def kill() -> None:
        time.sleep(5)
        os.kill(operator.process_of(master), signal.SIGKILL)
        whole.append(until(lambda: operator.health(index) == ("green", 2)))

    scroll = SearchRequest(query_of(parse("asilo")), ("public",), scroll=True)
    first_page = cluster.search(scroll)
    killer = threading.Thread(target=kill)
    killer.start()
    changes = Changes(library_document, seconds=45)
    follow(cluster, None, changes.are_over, pause=0.05)
    killer.join(120)
    searches.stop.set()
    call_command("drain_outbox", verbosity=0)
    scrolled = [document.id for document in scroll_on(cluster, scroll, first_page)]
    lost = compare(cluster)
    with capsys.disabled():
        print(
            f"\nElected master killed, with the primary: {len(searches.seconds)} searches"
            f" ({len(searches.seconds) / searches.lasted:.0f} a second),"
            f" {len(searches.failed)} failed, {len(searches.incomplete)} incomplete,"
            f" slowest {max(searches.seconds):.2f} s,"
            f" {sum(each > READER_WAITS for each in searches.seconds)} slower than a reader waits;"
            f" {changes.number} documents written meanwhile,"
            f" {lost.total} of {lost.database} lost; green again on two nodes after {whole[0]:.1f} s"
        )
    assert (searches.failed, searches.incomplete, lost.total) == ([], [], 0)
    assert (len(scrolled), len(set(scrolled))) == (STANDING, STANDING)
    assert (operator.master() != master, outbox.backlog().waiting) == (True, 0)


def scroll_on(engine: ElasticEngine, scroll: SearchRequest, page: SearchResults) -> list[FoundDocument]:
    """The scroll to its end; begun anew where its snapshot went with the node."""
    documents = list(page.hits)
    try:
        while page.cursor:
            page = engine.search(replace(scroll, cursor=page.cursor))
            documents += page.hits
    except SnapshotGone:
        return scroll_on(engine, scroll, engine.search(scroll))
    return documents


def test_the_portal_needs_no_right_beyond_its_indices(
    cluster: ElasticEngine, library_document: Add, client: Client
) -> None:
    library_document("Los niños apátridas", title="Primera")
    call_command("rebuild_index", verbosity=0)
    library_document("La niñez apátrida", title="Segunda")
    call_command("drain_outbox")
    call_command("rebuild_index", verbosity=0)
    call_command("verify_index")
    answer = client.get("/api/v1/search", {"q": "apátrida"})
    assert (answer.json()["documents"], answer.get("X-Search-Notice")) == (2, None)
    cache.clear()
    assert client.get("/readyz").json()["checks"]["search"] == "ok"
    assert (len(cluster.generations()), compare(cluster).total) == (2, 0)


@pytest.fixture
def foreign_index(operator: Operator) -> Iterator[str]:
    name = "elsewhere-2-00000000000000000001"
    operator.ask(f"/{name}", {"aliases": {f"{name}-write": {}, "elsewhere-2": {}}}, "PUT")
    yield name
    operator.ask(f"/{name}", method="DELETE")


def test_the_portal_may_not_touch_other_indices(operator: Operator, foreign_index: str) -> None:
    url, ca = os.environ["TEST_CLUSTER_URL"], os.environ["TEST_CLUSTER_CA"]
    elsewhere = ElasticEngine(url, "elsewhere", ca=ca)
    written = IndexDocument("note:1", "document", "es", "Nota", "/", version=1)
    with elsewhere.writer(foreign_index) as writer:
        for attempt in (
            elsewhere.new_generation,
            lambda: elsewhere.search(SearchRequest(query_of(parse("nota")), ("public",))),
            lambda: writer.index([written]),
        ):
            with pytest.raises(EngineUnavailable, match=r"403.*is unauthorized for user \[portal\]"):
                attempt()
    elsewhere.drop(foreign_index)
    assert (elsewhere.generations(), list(operator.ask(f"/{foreign_index}"))) == ((), [foreign_index])


def test_a_wrong_password_is_an_engine_that_cannot_answer(cluster: ElasticEngine) -> None:
    url = urlsplit(os.environ["TEST_CLUSTER_URL"].split(",")[0])
    address = f"https://portal:geheim-und-falsch@{url.hostname}:{url.port}"
    engine = ElasticEngine(address, "cartagena40", ca=os.environ["TEST_CLUSTER_CA"])
    with pytest.raises(EngineUnavailable, match="401") as caught:
        engine.generation()
    shown = f"{caught.value} {engine.health()}"
    assert ("geheim" in shown, "unable to authenticate user [portal]" in shown) == (False, True)


@pytest.mark.parametrize("authority", ["none", "another"])
def test_a_node_of_an_unknown_authority_is_not_spoken_to(
    cluster: ElasticEngine, authority: str, tmp_path: Path
) -> None:
    other = Path(certifi.where()).read_text().partition("-----END CERTIFICATE-----\n")
    (tmp_path / "ca.pem").write_text(other[0] + other[1])
    ca = str(tmp_path / "ca.pem") if authority == "another" else ""
    engine = ElasticEngine(os.environ["TEST_CLUSTER_URL"], "cartagena40", ca=ca)
    with pytest.raises(EngineUnavailable, match=r"TlsError.*certificate verify failed"):
        engine.generation()
    assert engine.health().is_ready is False
