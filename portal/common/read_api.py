"""The read API's manners, the same at each of its addresses; `portal.api` makes the one `ReadApi`.

For reading only, from anywhere (CORS), HEAD like GET. Every answer has the hash of its bytes as ETag and says
304 to who has them. A parameter that the OpenAPI document does not name, one given twice and one that holds
no text are refused as 422; every refusal and failure is JSON. An empty parameter is as good as none.
"""

import logging
import re
from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from typing import Any, TypeVar

from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from portal.common.errors import Gone
from portal.common.languages import CODES

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)
METHODS = "GET, HEAD, OPTIONS"
CACHE = "public, no-cache"
# What pages of other sites may send and read; a browser asks before each call with such a header, once a day.
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, X-Search-Notice"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}
_CONVERTER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


class Fault(Schema):
    """A parameter that was not understood, and why."""

    parameter: str
    reason: str


class Faults(Schema):
    detail: list[Fault]


class Problem(Schema):
    detail: str


class Withdrawn(Problem):
    """`merged_into`: the number of what it is part of. `taken_down_for`: why, a code; `reason`: in words."""

    number: str
    date: str | None
    merged_into: str | None = None
    taken_down_for: str | None = None
    reason: str | None = None


class Refused(Exception):
    """Parameters that a view refuses after it has looked: answered as 422."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(str(faults))
        self.faults = faults


# Answers that every address may give, as the OpenAPI document names them.
ANSWERS: dict[int, tuple[str, type[Schema] | None]] = {
    304: ("What you have still stands", None),
    400: ("A query that cannot be read", Faults),
    404: ("Unknown", Problem),
    405: ("For reading only", Problem),
    422: ("A parameter that is not known or not allowed", Faults),
    500: ("A failure of ours", Problem),
}
# And those of one thing, by its number.
GONE: dict[int, tuple[str, type[Schema] | None]] = {410: ("Withdrawn", Withdrawn)}


# Read by the middleware that chooses the reader's language (`ReaderLanguage`).
LANG = {
    "in": "query",
    "name": "lang",
    "required": False,
    "description": "The reader's language where `ui` is not given.",
    "schema": {"type": "string", "enum": list(CODES)},
}


class ReadApi(NinjaAPI):
    """NinjaAPI whose every address reads only, is strict and answers in JSON."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """With the answers other than 200, which are the same everywhere."""
        document = super().get_openapi_schema(**options)
        for model in (Faults, Problem, Withdrawn):
            made = model.model_json_schema(ref_template="#/components/schemas/{model}")
            parts = made.pop("$defs", {}) | {model.__name__: made}
            document["components"]["schemas"] |= parts
        for path, operation in self._operations(document):
            operation.setdefault("parameters", []).append(LANG)
            for status, told in (ANSWERS | (GONE if "{" in path else {})).items():
                operation["responses"].setdefault(status, _described(*told))
        return document

    @property
    def doors(self) -> tuple[list[URLPattern], str, str]:
        """The addresses, each behind the API's manners; what is none of them is unknown in JSON."""
        patterns, app_name, namespace = self.urls
        behind = [
            URLPattern(each.pattern, self._door(each.callback), each.default_args, each.name)
            for each in patterns
            if isinstance(each, URLPattern) and each.callback is not None
        ]
        return [*behind, re_path("", self._door(_nowhere))], app_name, namespace

    @cached_property
    def _parameters(self) -> dict[str, dict[str, bool]]:
        """By path: the names of its parameters, and whether each may be given several times."""
        document = self.get_openapi_schema()
        return {
            path: {
                each["name"]: each["schema"].get("type") == "array"
                for each in operations["get"].get("parameters", ())
                if each["in"] == "query"
            }
            for path, operations in document["paths"].items()
        }

    def _operations(self, document: OpenAPISchema) -> Iterator[tuple[str, dict[str, Any]]]:
        for path, methods in document["paths"].items():
            yield from ((path, operation) for operation in methods.values())

    def _door(self, view: View) -> View:
        # Whoever writes here is refused as a method, not for want of a key.
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = _unless_known(request, self._answer(view, request, *args, **kwargs))
            return _open(response)

        return answered

    def _answer(self, view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method not in {"GET", "HEAD"}:
            refusal = _told("For reading only.", 405)
            refusal.headers["Allow"] = METHODS
            return refusal
        is_head, request.method = request.method == "HEAD", "GET"
        faults = self._faults(request)
        response = refused(faults) if faults else view(request, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, HttpResponse):
            response.headers.setdefault("Cache-Control", CACHE)
            set_response_etag(response)
        if is_head:
            request.method = "HEAD"
            return _without_body(response)
        return response

    def _faults(self, request: HttpRequest) -> dict[str, str]:
        """What is wrong with the names of the parameters; takes the empty ones away."""
        match = request.resolver_match
        path = "/" + _CONVERTER.sub(r"{\1}", match.route) if match else ""
        known = self._parameters.get(path)
        if known is None:
            return {}
        faults: dict[str, str] = {}
        for name, values in request.GET.lists():
            if name not in known:
                faults[name] = "There is no such parameter."
            elif len(values) > 1 and not known[name]:
                faults[name] = "Give it once."
            elif name == LANG["name"] and values[0] not in ("", *CODES):
                faults[name] = "This is no language of the portal."
            elif any("\x00" in value for value in values):
                faults[name] = "It holds a character that no text has."
        given = request.GET.copy()
        for name, values in request.GET.lists():
            if not any(values):
                given.pop(name)
        given._mutable = False
        request.GET = given  # type: ignore[assignment]
        return faults


def refused(faults: dict[str, str]) -> HttpResponse:
    """422 with each parameter and the reason."""
    told = [{"parameter": name, "reason": reason} for name, reason in faults.items()]
    return _json({"detail": told}, 422)


def unreadable() -> HttpResponse:
    """400 for a query that Django refuses to read; it comes here past the addresses of the API."""
    reason = "There are too many parameters, or they cannot be read."
    return _open(_json({"detail": [{"parameter": "", "reason": reason}]}, 400))


def answer_to(request: HttpRequest, failure: Exception | type[Exception]) -> HttpResponse:
    """How a failure becomes an answer."""
    match failure:
        case ValidationError():
            return refused(_named(failure))
        case Refused():
            return refused(failure.faults)
        case Http404():
            return _told("Not found.", 404)
        case HttpError():
            return _told(str(failure), failure.status_code)
        case Gone():
            # Its number and the day, never its text.
            into = {"merged_into": failure.into} if failure.into else {}
            ground = {"taken_down_for": failure.ground} if failure.ground else {}
            reason = {"reason": failure.why} if failure.why and not failure.ground else {}
            told = {"detail": "Withdrawn.", "number": failure.number, "date": failure.date}
            answer = _json(told | into | ground | reason, 410)
            answer["Cache-Control"] = "no-cache"
            return answer
    got_request_exception.send(sender=ReadApi, request=request)
    logger.error("event=api_failed path=%s", request.path, exc_info=True)
    return _told("Something went wrong on our side.", 500)


def add_handlers(api: NinjaAPI) -> None:
    for failure in (ValidationError, Refused, Http404, HttpError, Gone, Exception):
        api.add_exception_handler(failure, answer_to)


def _named(failure: ValidationError) -> dict[str, str]:
    """The innermost name is the parameter's; a list's faults are those of its places."""
    messages: dict[str, str] = {}
    for error in failure.errors:
        names = [each for each in error["loc"] if isinstance(each, str)]
        messages.setdefault(names[-1] if names else "", str(error["msg"]))
    return messages


def _told(text: str, status: int) -> HttpResponse:
    return _json({"detail": text}, status)


def _json(told: dict[str, object], status: int) -> HttpResponse:
    return JsonResponse(told, status=status, content_type="application/json; charset=utf-8")


def _nowhere(request: HttpRequest) -> HttpResponse:
    return _told("Not found.", 404)


def _open(response: AnyResponse) -> AnyResponse:
    """For pages of other sites too."""
    for name, value in CORS.items():
        response.headers[name] = value
    return response


def _described(text: str, model: type[Schema] | None) -> dict[str, Any]:
    """An answer as the OpenAPI document tells it."""
    if model is None:
        return {"description": text}
    place = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"description": text, "content": {"application/json": {"schema": place}}}


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """304 to who names the ETag of the answer; here, so that it carries what CORS asks for."""
    etag = response.headers.get("ETag")
    if etag is None or not isinstance(response, HttpResponse):
        return response
    return get_conditional_response(request, etag=etag, response=response) or response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The same headers, the length of what GET gives among them."""
    if isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
