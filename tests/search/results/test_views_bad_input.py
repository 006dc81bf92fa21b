"""Whatever stands in an address of search gets an answer: what people and scanners send, and chance."""

import random
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from search.engines import fallback
from search.engines.base import Engine
from search.index.drain import drain
from tests.markup import dense
from tests.thinning import rarely

TEXTS = [
    *(
        '"',
        '""',
        '"""',
        '"a',
        'a"',
        "“a «b",
        "-",
        "--",
        "-a",
        "- a",
        '-"',
        '-"a b',
        "*",
        "**",
        "a*",
        "*a",
        "-*",
        "-a*",
    ),
    *("a" * 10_000, "a " * 5_000, '"' * 10_000, "-" * 10_000, "*" * 10_000, "é" * 10_000, "🙂" * 3_000),
    *(
        "AND OR NOT",
        "&& || !",
        "a AND (b OR",
        "title:[* TO *]",
        "*:*",
        "a^9~2",
        "/re.*/",
        "{!q}",
        "_exists_:a",
    ),
    *(
        "\x00",
        "a\x00b",
        "\ud7ff",
        "\u202eabc\u202c",
        "مرحبا بالعالم",
        "שלום",
        "漢字かな",
        "🙂👨‍👩‍👧",
        "a\u0301\u0301",
        "\ufeff",
    ),
    *(
        "<script>alert(1)</script>",
        "'; DROP TABLE x; --",
        "${jndi:x}",
        "{{ q }}",
        "{% x %}",
        "%s%n{0}",
        "\\",
        "\r\n\r\n",
    ),
    *(
        "   ",
        "\t\n",
        "'",
        "l'",
        "''''",
        "a'b'c",
        "…",
        "¿?",
        "¶",
        "es:nino",
        "kind=document",
        "public",
        "²³",
        "ﬁ",
    ),
]
ADDRESSES = [
    *("page=-1", "page=0", "page=99999999999", "page=1e9", "page=%00", "page=1&page=2", "page=1000"),
    *(
        "from=abc",
        "from=9999999999",
        "from=2024-02-30&to=x",
        "from=2024&to=2020",
        "from=%00",
        "to=0000",
        "from=0001",
    ),
    *(
        "kind=%00",
        "kind=zzz",
        "kind=,,,",
        "kind=" + "a," * 900,
        "country=" + "x" * 9_000,
        "year=%F0%9F",
        "year=x",
    ),
    *(
        "consultation=' OR 1=1",
        "segment=..%2f",
        "theme=visibility%3Ddesk",
        "language=xx",
        "lang=es&language=fr",
    ),
    *("sort=zzz", "sort=%00", "expand=2", "expand=0", "q=%FF%FE", "q=%ED%A0%80", "&&&===", "q", "q=a&q=b"),
    *("cursor=x", "walk=1", "=", "%00=%00"),
]


@pytest.fixture
def filled(index: Engine, library_document: Any) -> Engine:
    library_document("El refugio y la frontera", title="Nota")
    drain(index)
    return index


def problems(client: Client, query: str) -> list[tuple[str, int]]:
    """What does not answer a query as it should: the address and its status."""
    pages = [
        (address, client.get(f"{address}?{query}")) for address in ("/es/search/", "/fr/search/suggest/")
    ]
    wrong = [
        (address, page.status_code)
        for address, page in pages
        if page.status_code != 200 or b"<script>alert" in page.content
    ]
    status = client.get(f"/api/v1/search?{query}").status_code
    return wrong if status in {200, 400, 422} else [*wrong, ("/api/v1/search", status)]


@pytest.mark.parametrize("step", [4, rarely(1)])
def test_any_text_gets_an_answer(filled: Engine, client: Client, step: int) -> None:
    for text in TEXTS[::step]:
        assert problems(client, urlencode({"q": text})) == [], text[:80]
        opened = client.get("/es/library/D-00001/", {"q": text, "passage": text[:50]})
        assert opened.status_code in {200, 404}, text[:80]


@pytest.mark.long
def test_any_address_gets_an_answer(filled: Engine, client: Client) -> None:
    assert {query[:80]: wrong for query in ADDRESSES if (wrong := problems(client, query))} == {}


@pytest.mark.long
@pytest.mark.parametrize("times", [20, rarely(80)])
def test_chance_gets_an_answer(filled: Engine, client: Client, times: int) -> None:
    chance = random.Random(40)
    signs = [*TEXTS[:18], *"abñ \"'-*()[]{}:~^/\\&|!+<>=%,;\x00\u202e🙂漢", "frontera", "refugio", " "]
    names = [
        "q",
        "kind",
        "language",
        "year",
        "country",
        "from",
        "to",
        "sort",
        "page",
        "expand",
        "segment",
        "theme",
    ]
    for _ in range(times):
        pairs = [
            (chance.choice(names), "".join(chance.choices(signs, k=chance.randint(0, 12))))
            for _ in range(chance.randint(1, 5))
        ]
        response = client.get(f"/en/search/?{urlencode(pairs)}")
        assert response.status_code == 200, pairs


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
def test_without_an_index_the_lists_are_linked(
    db: None, client: Client, settings: Any, tmp_path: Path, url: str
) -> None:
    settings.SEARCH_URL, settings.SEARCH_DIR = url, tmp_path / "nothing"
    fallback._rests_until.clear()
    response = client.get("/en/search/", {"q": "refugio frontera"})
    shown = dense(response.content.decode())
    assert response.status_code == 200
    assert "cannot answer at the moment" in shown
    for name in ("library", "interventions"):
        assert f'<li><a href="/en/{name}/">' in shown
    assert client.get("/en/search/suggest/", {"q": "zan"}).json() == {"suggestions": []}
