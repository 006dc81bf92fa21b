"""What the read API answers is named by its OpenAPI document; what caches and other sites are told."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.api import api
from portal.common.actors import system
from portal.organizations.models import Organization
from portal.publication import domain
from tests.factories import make_pledge, publish_pledge

PREFIX = "/api/v1"
# Of no kind, of each kind, and none at all.
NUMBERS = ("P-99999", "D-99999", "chile-2024:9.9", "%00", "a" * 300)


@cache
def document() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix=f"{PREFIX}/"))


PATHS = sorted(document()["paths"])


def asked(path: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Method, path and query of wrong questions, and a right one of a list."""
    at = [path] if "{" not in path else [f"{path.partition('{')[0]}{number}" for number in NUMBERS]
    for each in at:
        yield "get", each, {}
        yield "get", each, {"nonsense": "1"}
        yield "get", each, {"ui": "xx"}
        yield "get", each, {"cursor": "no cursor", "walk": "1"} if path.endswith("search") else {"lang": "a"}
        yield from ((method, each, {}) for method in ("post", "put", "patch", "delete"))


def is_of(schema: dict[str, Any], told: object) -> bool:
    """Whether it has what the schema asks for, and nothing that it does not know."""
    if "$ref" in schema:
        return is_of(document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], told)
    if "anyOf" in schema:
        return any(is_of(each, told) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return isinstance(told, list) and all(is_of(schema["items"], each) for each in told)
    if schema.get("type") == "object" and "properties" in schema:
        return (
            isinstance(told, dict)
            and set(schema.get("required", ())) <= set(told) <= set(schema["properties"])
            and all(is_of(schema["properties"][name], each) for name, each in told.items())
        )
    kinds = {"string": str, "null": type(None), "integer": int, "boolean": bool, "object": dict}
    return "type" not in schema or isinstance(told, kinds[schema["type"]])


def faults(path: str, response: Any) -> list[str]:
    named = {str(code): told for code, told in document()["paths"][path]["get"]["responses"].items()}
    code = str(response.status_code)
    if code not in named:
        return [f"{response.request['PATH_INFO']}: {code}"]
    schema = named[code]["content"]["application/json"]["schema"]
    return [] if is_of(schema, response.json()) else [f"{path}: {code}: {response.content[:200]!r}"]


@pytest.mark.few(12)
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_one_that_the_document_names(client: Client, db: None, path: str) -> None:
    answers = [getattr(client, method)(at, query) for method, at, query in asked(path)]
    assert [fault for answer in answers for fault in faults(path, answer)] == []
    assert {405, 422} <= {answer.status_code for answer in answers}


def test_what_was_withdrawn_is_answered_as_the_document_says(
    client: Client, organization: Organization
) -> None:
    record = publish_pledge(make_pledge(organization))
    one = client.get(f"{PREFIX}/pledges/{record.public_id}")
    assert (one.status_code, faults(f"{PREFIX}/pledges/{{public_id}}", one)) == (200, [])
    domain.withdraw("pledge", record.source_key, actor=system("tests"), now=timezone.now(), ground="danger")
    for path in ("pledges", "trace"):
        gone = client.get(f"{PREFIX}/{path}/{record.public_id}")
        assert (gone.status_code, faults(f"{PREFIX}/{path}/{{public_id}}", gone)) == (410, [])
        assert gone.json()["taken_down_for"] == "danger"


@pytest.mark.few(6)
@pytest.mark.parametrize("path", [path for path in PATHS if "{" not in path])
def test_who_has_an_answer_is_told_that_it_still_stands(client: Client, db: None, path: str) -> None:
    first = client.get(path)
    held = {"if-none-match": first["ETag"], "origin": "https://example.org"}
    again, head = client.get(path, headers=held), client.head(path, headers=held)
    assert [(each.status_code, each.content, each["ETag"]) for each in (again, head)] == [
        (304, b"", first["ETag"])
    ] * 2
    assert again["Access-Control-Allow-Origin"] == "*"
    assert client.head(path)["ETag"] == first["ETag"]
    assert first["Cache-Control"] == "public, no-cache"


def test_a_record_has_another_mark_once_it_changed(client: Client, organization: Organization) -> None:
    pledge = make_pledge(organization)
    paths = [f"{PREFIX}/pledges", f"{PREFIX}/pledges/{publish_pledge(pledge).public_id}"]
    before = [client.get(path)["ETag"] for path in paths]
    pledge.title = "Said otherwise"
    publish_pledge(pledge)
    after = [
        client.get(path, headers={"if-none-match": etag}) for path, etag in zip(paths, before, strict=True)
    ]
    assert [each.status_code for each in after] == [200, 200]
    assert {each["ETag"] for each in after}.isdisjoint(before)


def test_pages_of_other_sites_may_ask_for_what_has_changed(client: Client, db: None) -> None:
    wanted = {"origin": "https://example.org", "access-control-request-headers": "if-none-match"}
    answer = client.options(f"{PREFIX}/pledges", headers=wanted)
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert client.get(f"{PREFIX}/pledges")["Access-Control-Expose-Headers"] == "ETag, X-Search-Notice"
