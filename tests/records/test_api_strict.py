"""Every address of the read API is strict in one way: what is not understood is said, never guessed at."""

from functools import cache
from typing import Any

import pytest
from django.test import Client

from portal.api import api
from portal.organizations.models import Organization
from tests.factories import make_intervention, make_pledge, publish_intervention, publish_pledge

# What no closed list, number, key or code is; free text takes nearly anything.
FREE = {"q", "path"}
UNFIT = "\u00f1<script>"
PREFIX = "/api/v1"


@cache
def described() -> dict[str, list[dict[str, Any]]]:
    paths = api.get_openapi_schema(path_prefix=f"{PREFIX}/")["paths"]
    return {path: methods["get"].get("parameters", []) for path, methods in paths.items()}


def cases() -> list[tuple[str, str, bool]]:
    """Path, parameter, whether it may be given several times."""
    return [
        (path, each["name"], each["schema"].get("type") == "array")
        for path, parameters in described().items()
        if "{" not in path
        for each in parameters
        if each["in"] == "query"
    ]


LISTS = sorted({path for path, _name, _several in cases()})


def refusal(client: Client, path: str, query: Any) -> tuple[int, list[str]]:
    response = client.get(path, query)
    told = response.json()
    if response.status_code != 422:
        return response.status_code, []
    assert all(set(row) == {"parameter", "reason"} and row["reason"] for row in told["detail"])
    return 422, [row["parameter"] for row in told["detail"]]


@pytest.mark.few(12)
@pytest.mark.parametrize("path", LISTS)
def test_a_value_that_is_none_is_refused_by_name(client: Client, db: None, path: str) -> None:
    refused = {}
    for name, several in [(name, several) for each, name, several in cases() if each == path]:
        if name not in FREE and (path, name) not in OPAQUE:
            refused[name, "unfit"] = refusal(client, path, {name: UNFIT})
        refused[name, "nul"] = refusal(client, path, {name: "a\x00b"})
        if not several:
            refused[name, "twice"] = refusal(client, path, {name: ["1", "2"]})
        assert client.get(path, {name: ""}).status_code == 200, name
    assert refused == {(name, kind): (422, [name]) for name, kind in refused}


@pytest.mark.parametrize("path", LISTS)
def test_a_parameter_that_is_none_is_refused_by_name(client: Client, db: None, path: str) -> None:
    assert refusal(client, path, {"nonsense": "1"}) == (422, ["nonsense"])
    assert refusal(client, path, {"Size": "1"}) == (422, ["Size"])


SHARED = [
    ({"size": "0"}, ["size"]),
    ({"size": "201"}, ["size"]),
    ({"size": "-1"}, ["size"]),
    ({"cursor": "-1"}, ["cursor"]),
    ({"cursor": "9" * 19}, ["cursor"]),
    ({"ui": "xx"}, ["ui"]),
    ({"ui": "ES"}, ["ui"]),
    ({"lang": "xx"}, ["lang"]),
    ({"country": "mx"}, ["country"]),
    ({"country": "ZZ"}, ["country"]),
    ({"language": "xx"}, ["language"]),
    ({"locale": "xx"}, ["locale"]),
    ({"kind": "nonsense"}, ["kind"]),
    ({"type": "nonsense"}, ["type"]),
    ({"organization": "P-00001"}, ["organization"]),
    ({"organization": "o-00001"}, ["organization"]),
]


@pytest.mark.few(6)
@pytest.mark.parametrize(("query", "names"), SHARED)
def test_the_same_value_gets_the_same_answer_in_every_list(
    client: Client, db: None, query: dict[str, str], names: list[str]
) -> None:
    [name] = query
    asked = [path for path, each, _several in cases() if each == name and (path, name) not in OPAQUE]
    assert asked
    assert {path: refusal(client, path, query) for path in asked} == dict.fromkeys(asked, (422, names))


# A scroll's cursor is sealed, and a part of it has its own limits.
OPAQUE = {(f"{PREFIX}/search", "cursor")}


@pytest.mark.few(8)
@pytest.mark.parametrize("path", LISTS)
def test_head_answers_like_get_without_a_body_from_anywhere(client: Client, db: None, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(got.content))
    assert [answer["Access-Control-Allow-Origin"] for answer in (got, head)] == ["*", "*"]


def test_other_methods_and_addresses_are_refused_as_json(client: Client, db: None) -> None:
    answers = {
        "post": client.post(f"{PREFIX}/pledges"),
        "nowhere": client.get(f"{PREFIX}/nonsense"),
        "below": client.get(f"{PREFIX}/pledges/P-00001/nonsense"),
        "number": client.get(f"{PREFIX}/pledges/P-99999"),
        "nul": client.get(f"{PREFIX}/pledges/P-%00"),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "post": 405,
        "nowhere": 404,
        "below": 404,
        "number": 404,
        "nul": 404,
    }
    assert {next(iter(answer.json())) for answer in answers.values()} == {"detail"}
    assert {answer["Access-Control-Allow-Origin"] for answer in answers.values()} == {"*"}
    options = client.options(f"{PREFIX}/pledges")
    assert (options.status_code, options["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_a_failure_of_ours_is_json(client: Client, organization: Organization) -> None:
    record = publish_pledge(make_pledge(organization))
    type(record).objects.filter(pk=record.pk).update(facts={"stage": "planning", "last_report_on": "never"})
    client.raise_request_exception = False
    answer = client.get(f"{PREFIX}/pledges")
    assert (answer.status_code, answer.json()) == (500, {"detail": "Something went wrong on our side."})
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.long
def test_the_document_names_every_answer(client: Client, db: None) -> None:
    document = client.get(f"{PREFIX}/openapi.json").json()
    answers = {path: set(methods["get"]["responses"]) for path, methods in document["paths"].items()}
    assert {
        path for path, codes in answers.items() if not {"200", "404", "410", "422", "500"} <= codes
    } == set()
    assert {"Faults", "Fault", "Problem", "Withdrawn"} <= set(document["components"]["schemas"])


def test_what_is_offered_filters(client: Client, organization: Organization) -> None:
    publish_intervention(make_intervention(organization, form="good_practice", country="MX"))
    publish_intervention(make_intervention(organization, country="BR"))
    counts = [
        client.get(f"{PREFIX}/interventions", query).json()["count"]
        for query in ({"form": "good_practice"}, {"country": "BR"}, {"country": "HT"}, {"country": ""})
    ]
    assert counts == [1, 1, 0, 2]
