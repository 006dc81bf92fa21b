"""A server that does not do what it should: readers get the fallback's answer, writers keep what waits.

The server here is a small one on loopback that answers badly, as a broken one or a proxy before it does. No
test asks how long something took: it counts the requests and the seconds that each was granted, and moves the
clocks by which a server or a node is left alone.
"""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from elastic_transport import ConnectionTimeout, Urllib3HttpNode, _node_pool

from portal.library.models import LibraryDocument
from search.engines import elastic_connection, fallback, selection
from search.engines.base import (
    LAYOUT,
    Cursor,
    Deletion,
    Engine,
    EngineUnavailable,
    NoIndex,
    SearchRequest,
    SnapshotGone,
)
from search.engines.documents import IndexDocument
from search.engines.elastic import ElasticEngine
from search.engines.elastic_connection import READ_SECONDS
from search.index import outbox
from search.index.builders import build
from search.index.health import report
from search.index.outbox import Subject
from search.models import Source
from search.results.query_parser import parse, query_of

Add = Callable[..., LibraryDocument]
JSON, HTML = "application/json", "text/html"
GENERATION = "portal-2-00000000000000000001"
# A server that hangs answers after this many seconds after all: whoever waits without a limit gets an answer.
HANGS_SECONDS = 120
PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
NOTHING_FOUND = {
    "timed_out": False,
    "_shards": {"failed": 0},
    "hits": {"total": {"value": 0}, "hits": []},
    "aggregations": {"all": {"tokens": {"buckets": []}, "passages": {"matched": {"doc_count": 0}}}},
}


class BrokenServer(ThreadingHTTPServer):
    """Answers each request as `answer` says; `hangs` keeps it waiting until the end of the test."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[str] = []
        self.answer: Callable[[str, bytes], tuple[int, str, bytes]] = lambda path, body: (200, JSON, b"{}")
        self.hangs = False
        self.over = Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def says(self, status: int, content: object, kind: str = JSON) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.answer = lambda path, sent: (status, kind, body)


class Handler(BaseHTTPRequestHandler):
    server: BrokenServer

    def respond(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append(f"{self.command} {self.path}")
        if self.server.hangs and self.server.over.wait(HANGS_SECONDS):
            return
        status, kind, body = self.server.answer(self.path, sent)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if kind == JSON:
            self.send_header("X-Elastic-Product", "Elasticsearch")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self.respond
        raise AttributeError(name)

    def log_message(self, format: str, *arguments: object) -> None: ...


@pytest.fixture
def started() -> Iterator[list[BrokenServer]]:
    servers: list[BrokenServer] = []
    yield servers
    for server in servers:
        server.over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def servers(started: list[BrokenServer]) -> Callable[[], BrokenServer]:
    def start() -> BrokenServer:
        server = BrokenServer()
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        started.append(server)
        return server

    return start


@pytest.fixture
def broken(servers: Callable[[], BrokenServer]) -> BrokenServer:
    return servers()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time by which servers and nodes that fail are left alone; it stands still until a test moves it."""
    now = [1_000.0]
    monkeypatch.setattr(fallback, "monotonic", lambda: now[0])
    monkeypatch.setattr(_node_pool, "time", SimpleNamespace(time=lambda: now[0]))
    return now


@pytest.fixture
def chosen(
    index: Engine, library_document: Add, broken: BrokenServer, settings: Any, now: list[float]
) -> BrokenServer:
    """The broken server is the engine; the embedded index beside it holds one document."""
    library_document("Los niños apátridas", title="Primera")
    selected_fallback = selection.engine()
    with selected_fallback.writer() as writer:
        writer.index([document()])
        writer.refresh()
    settings.SEARCH_URL = broken.address
    fallback._rests_until.clear()
    fallback._failures.clear()
    # Another test's server may have had the same port.
    selection._elastic.cache_clear()
    return broken


@pytest.fixture
def granted(started: list[BrokenServer], monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, float]]:
    """Each request by its port and the seconds it was granted, in order.

    A server that hangs does so for a twentieth of a second and any other as long as it likes, so that the
    speed of the machine decides nothing.
    """
    requests: list[tuple[int, float]] = []
    real = Urllib3HttpNode.perform_request

    def perform(node: Urllib3HttpNode, *sent: Any, request_timeout: float, **more: Any) -> Any:
        requests.append((node.port, request_timeout))
        hangs = node.port in [server.port for server in started if server.hangs]
        return real(node, *sent, request_timeout=0.05 if hangs else HANGS_SECONDS, **more)

    monkeypatch.setattr(Urllib3HttpNode, "perform_request", perform)
    return requests


def document(number: int = 1, text: str = "La niñez apátrida") -> IndexDocument:
    return IndexDocument(f"note:{number}", "document", "es", text, "/", version=1)


def asked(cursor: Cursor | None = None) -> SearchRequest:
    return SearchRequest(query_of(parse("apátrida")), ("public",), cursor=cursor)


def bulk_error(status: int, kind: str, reason: str = "no") -> Callable[[str, bytes], tuple[int, str, bytes]]:
    """A server on which each write of a bulk fails so."""

    def answer(path: str, sent: bytes) -> tuple[int, str, bytes]:
        lines = [json.loads(line) for line in sent.splitlines()]
        operations = [
            (name, line[name]["_id"]) for line in lines for name in ("index", "delete") if name in line
        ]
        items = [
            {name: {"_id": each, "status": status, "error": {"type": kind, "reason": reason}}}
            for name, each in operations
        ]
        return 200, JSON, json.dumps({"errors": True, "items": items}).encode()

    return answer


REJECTED = {"type": "es_rejected_execution_exception", "reason": "full"}
STATES = {
    "too many requests": (
        429,
        {"error": REJECTED},
        JSON,
    ),
    "unavailable": (503, {"error": {"type": "master_not_discovered_exception", "reason": "none"}}, JSON),
    "server error": (500, {"error": {"type": "x", "reason": "y"}}, JSON),
    "index missing": (404, {"error": {"type": "index_not_found_exception", "reason": "no such index"}}, JSON),
    "no credentials": (401, {"error": {"type": "security_exception", "reason": "missing"}}, JSON),
    "no right": (403, {"error": {"type": "security_exception", "reason": "unauthorized"}}, JSON),
    "bad gateway": (502, PAGE, HTML),
    "a page for an answer": (200, PAGE, HTML),
    "an empty answer": (200, {}, JSON),
    "half an answer": (200, {"timed_out": False, "_shards": {"failed": 0}}, JSON),
    "shards missing": (200, {**NOTHING_FOUND, "_shards": {"failed": 1}}, JSON),
    "out of time": (200, {**NOTHING_FOUND, "timed_out": True}, JSON),
    "no JSON": (200, b"{", JSON),
}


@pytest.mark.few(5)
@pytest.mark.parametrize("state", STATES)
def test_readers_get_the_fallbacks_answer_and_the_server_a_rest(
    chosen: BrokenServer, client: Client, library_document: Add, state: str
) -> None:
    real = library_document("La niñez apátrida y su registro", title="Segunda")
    fallback = selection.fallback()
    assert fallback is not None
    with fallback.writer() as writer:
        writer.index(build(Subject(Source.DOCUMENT, real.public_id), 1).documents)
        writer.refresh()
    chosen.says(*STATES[state])
    for _ in range(3):
        response = client.get("/api/v1/search", {"q": "niñez apátrida"})
        assert (response.status_code, response["X-Search-Notice"]) == (200, "spare")
        assert [each["id"] for each in response.json()["results"]] == [real.public_id]
    assert [line.partition("?")[0] for line in chosen.seen] == [f"POST /cartagena40-{LAYOUT}/_search"]


@pytest.mark.few(4)
@pytest.mark.parametrize("state", STATES)
def test_readiness_tells_of_the_fallback_and_no_secret(
    chosen: BrokenServer, client: Client, settings: Any, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SEARCH_URL = settings.SEARCH_URL.replace("//", "//portal:ge%2Cheim@")
    chosen.says(*STATES[state])
    cache.clear()
    caplog.set_level("DEBUG")
    fallback.search(asked())
    told = client.get("/readyz")
    assert (told.status_code, told.json()["checks"]["search"]) == (200, "spare")
    everything = told.content.decode() + caplog.text + str(report())
    assert [secret for secret in ("ge%2Cheim", "ge,heim", "cG9ydGFs") if secret in everything] == []


def test_a_refused_request_does_not_send_the_server_to_rest(chosen: BrokenServer) -> None:
    chosen.says(400, {"error": {"type": "too_many_nested_clauses", "reason": "too long"}})
    assert [fallback.search(asked())[1] for _ in range(3)] == [True, True, True]
    assert len(chosen.seen) == 3


def test_only_the_first_reader_waits_for_a_server_that_hangs(
    chosen: BrokenServer, granted: list[tuple[int, float]]
) -> None:
    chosen.hangs = True
    assert [fallback.search(asked())[1] for _ in range(4)] == [True, True, True, True]
    assert granted == [(chosen.port, READ_SECONDS)]


def test_a_reader_does_not_wait_for_a_server_for_ever(
    chosen: BrokenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without anything between: the limit holds, and the fallback answers before the server does."""
    monkeypatch.setattr(elastic_connection, "READ_SECONDS", 0.1)
    chosen.says(200, NOTHING_FOUND)
    chosen.hangs = True
    assert fallback.search(asked())[1] is True


@pytest.mark.parametrize(("nodes", "granted"), [(1, [3.0]), (2, [1.5, 1.5]), (5, [1.5, 1.5])])
def test_readers_wait_three_seconds_at_most_in_all(nodes: int, granted: list[float]) -> None:
    asked: list[float] = []

    def hangs(seconds: float) -> None:
        asked.append(seconds)
        raise ConnectionTimeout("hangs")

    with pytest.raises(ConnectionTimeout):
        elastic_connection.in_time(nodes, hangs)
    assert asked == granted


def test_after_a_rest_one_reader_tries_and_each_failure_doubles_the_rest(
    chosen: BrokenServer, now: list[float]
) -> None:
    chosen.says(503, {})
    tried = []
    for second in range(0, 140, 5):
        now[0] = 1_000.0 + second
        before = len(chosen.seen)
        for _ in range(3):
            fallback.search(asked())
        if len(chosen.seen) > before:
            tried.append((second, len(chosen.seen) - before))
    assert tried == [(0, 1), (10, 1), (30, 1), (70, 1), (130, 1)]


def test_a_server_that_is_well_again_answers_at_once(chosen: BrokenServer, now: list[float]) -> None:
    chosen.says(503, {})
    assert fallback.search(asked())[1] is True
    now[0] += fallback.REST_SECONDS
    chosen.says(200, NOTHING_FOUND)
    assert [fallback.search(asked())[1] for _ in range(3)] == [False, False, False]
    assert fallback._failures == {}


def test_another_node_answers_for_one_that_hangs(
    servers: Callable[[], BrokenServer], granted: list[tuple[int, float]], now: list[float]
) -> None:
    """Whichever comes first, the node that hangs is asked once and then left alone for a while."""
    hung, well = servers(), servers()
    hung.hangs = True
    well.says(200, NOTHING_FOUND)
    half = READ_SECONDS / 2
    for order in ((hung, well), (well, hung)):
        engine = ElasticEngine(",".join(server.address for server in order), "portal")
        for later in (0.0, 1.5):
            now[0] += later
            granted.clear()
            assert [engine.search(asked()).documents for _ in range(4)] == [0, 0, 0, 0]
            assert sorted(granted) == sorted([(hung.port, half), *[(well.port, half)] * 4])


def test_nodes_that_all_hang_cost_no_more_than_one(
    servers: Callable[[], BrokenServer], granted: list[tuple[int, float]], now: list[float]
) -> None:
    hung = [servers() for _ in range(3)]
    for server in hung:
        server.hangs = True
    engine = ElasticEngine(",".join(server.address for server in hung), "portal")
    with pytest.raises(EngineUnavailable, match="timed out"):
        engine.search(asked())
    assert sum(seconds for _, seconds in granted) == READ_SECONDS
    assert len({port for port, _ in granted}) == len(granted) == 2


def test_another_node_answers_for_one_that_is_gone(broken: BrokenServer) -> None:
    broken.says(200, NOTHING_FOUND)
    engine = ElasticEngine(f"http://127.0.0.1:9,{broken.address}", "portal")
    assert [engine.search(asked()).documents for _ in range(4)] == [0, 0, 0, 0]


def test_a_save_asks_nothing_of_the_server(chosen: BrokenServer, library_document: Add) -> None:
    chosen.hangs = True
    before = outbox.backlog().waiting
    library_document("Guardada", title="Segunda")
    assert (chosen.seen, outbox.backlog().waiting - before) == ([], 1)


def test_a_scroll_whose_snapshot_is_gone_says_so(broken: BrokenServer) -> None:
    engine = ElasticEngine(broken.address, "portal")
    for status in (404, 400):
        broken.says(status, {"error": {"type": "search_context_missing_exception", "reason": "gone"}})
        with pytest.raises(SnapshotGone):
            engine.search(asked(Cursor("snapshot", (1, 2))))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (429, "es_rejected_execution_exception"),
        (429, "cluster_block_exception"),
        (403, "cluster_block_exception"),
        (403, "security_exception"),
        (503, "unavailable_shards_exception"),
        (500, "x"),
    ],
)
def test_what_may_pass_later_is_no_refusal(broken: BrokenServer, status: int, kind: str) -> None:
    broken.answer = bulk_error(status, kind)
    with ElasticEngine(broken.address, "portal").writer(GENERATION) as writer:
        with pytest.raises(EngineUnavailable, match=f"status {status}"):
            writer.index([document()])
        with pytest.raises(EngineUnavailable, match=f"status {status}"):
            writer.delete([Deletion("note:1", 1)])


@pytest.mark.parametrize("state", ["too many requests", "unavailable", "bad gateway", "no JSON", "no right"])
def test_a_whole_write_that_fails_is_no_refusal(broken: BrokenServer, state: str) -> None:
    broken.says(*STATES[state])
    with ElasticEngine(broken.address, "portal").writer(GENERATION) as writer:
        for write in (lambda: writer.index([document()]), writer.refresh):
            with pytest.raises(EngineUnavailable):
                write()


def test_a_document_that_does_not_fit_the_mapping_is_refused_with_its_reason(broken: BrokenServer) -> None:
    broken.answer = bulk_error(400, "strict_dynamic_mapping_exception", "[day] is not allowed")
    with ElasticEngine(broken.address, "portal").writer(GENERATION) as writer:
        assert writer.index([document()]) == {"note:1": "[day] is not allowed"}


def test_a_write_without_an_index_says_so(broken: BrokenServer) -> None:
    broken.answer = bulk_error(404, "index_not_found_exception")
    with ElasticEngine(broken.address, "portal").writer(GENERATION) as writer, pytest.raises(NoIndex):
        writer.index([document()])


def test_what_is_too_large_together_is_written_one_by_one(broken: BrokenServer) -> None:
    def answer(path: str, sent: bytes) -> tuple[int, str, bytes]:
        lines = sent.splitlines()
        names = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        if len(names) > 1 or len(sent) > 5_000:
            return 413, HTML, b"<h1>413 Request Entity Too Large</h1>"
        items = [{"index": {"_id": name, "status": 201}} for name in names]
        return 200, JSON, json.dumps({"errors": False, "items": items}).encode()

    broken.answer = answer
    documents = [document(1), document(2, "larga " * 2_000), document(3)]
    with ElasticEngine(broken.address, "portal").writer(GENERATION) as writer:
        refused = writer.index(documents)
    assert (list(refused), len(broken.seen)) == (["note:2"], 4)


@pytest.mark.parametrize(
    ("url", "nodes", "user", "password"),
    [
        ("http://one:9201, http://two", ("http://one:9201", "http://two:9200"), "", ""),
        (
            "https://us%40:p%2C%3A%2F@a:1,https://b:2",
            ("https://a:1", "https://b:2"),
            "us@",
            "p,:/",
        ),
        ("https://[::1]:9200/search", ("https://[::1]:9200/search",), "", ""),
    ],
)
def test_an_address_is_taken_apart(url: str, nodes: tuple[str, ...], user: str, password: str) -> None:
    address = elastic_connection.address_of(url)
    assert (address.nodes, address.user, address.password) == (nodes, user, password)
    assert (password or "geheim") not in repr(address)


def test_an_api_key_comes_before_user_and_password() -> None:
    address = elastic_connection.address_of("https://user:word@one:1", api_key="a2V5")
    assert (address.user, address.password, address.api_key) == ("", "", "a2V5")
    assert elastic_connection.client_of(address)._headers["authorization"] == "ApiKey a2V5"


def test_a_ca_that_is_not_there_is_an_engine_that_cannot_answer(chosen: BrokenServer, settings: Any) -> None:
    settings.SEARCH_URL, settings.SEARCH_CA = "https://127.0.0.1:9", "/nowhere/ca.pem"
    assert fallback.search(asked())[1] is True
    assert report().as_dict()["search"] == "spare"
