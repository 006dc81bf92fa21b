"""The read API's manners, the same at each of its addresses; `portal.api` makes the one `ReadApi`.

For reading only, from anywhere (CORS), HEAD like GET. A parameter that the OpenAPI document does not name,
one given twice and one that holds no text are refused as 422; every refusal and failure is JSON. An empty
parameter is as good as none.
"""

import logging
import re
from collections.abc import Callable, Iterator
from functools import cached_property, wraps
from typing import Any

from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from portal.common.errors import Gone
from portal.common.languages import CODES

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]
METHODS = "GET, HEAD, OPTIONS"
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
    number: str
    date: str | None


class Refused(Exception):
    """Parameters that a view refuses after it has looked: answered as 422."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(str(faults))
        self.faults = faults


# Answers that every address may give, as the OpenAPI document names them.
ANSWERS: dict[int, tuple[str, type[Schema]]] = {
    400: ("Too many parameters", Faults),
    404: ("Unknown", Problem),
    410: ("Withdrawn, or a cursor that is too old", Withdrawn),
    422: ("A parameter that is not known or not allowed", Faults),
    500: ("A failure of ours", Problem),
}


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
        for model in {model for _text, model in ANSWERS.values()}:
            made = model.model_json_schema(ref_template="#/components/schemas/{model}")
            parts = made.pop("$defs", {}) | {model.__name__: made}
            document["components"]["schemas"] |= parts
        for operation in self._operations(document):
            operation.setdefault("parameters", []).append(LANG)
            for status, (text, model) in ANSWERS.items():
                place = {"$ref": f"#/components/schemas/{model.__name__}"}
                content = {"application/json": {"schema": place}}
                operation["responses"].setdefault(status, {"description": text, "content": content})
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

    def _operations(self, document: OpenAPISchema) -> Iterator[dict[str, Any]]:
        for methods in document["paths"].values():
            yield from methods.values()

    def _door(self, view: View) -> View:
        # Whoever writes here is refused as a method, not for want of a key.
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = self._answer(view, request, *args, **kwargs)
            response.headers["Access-Control-Allow-Origin"] = "*"
            return response

        return answered

    def _answer(self, view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": METHODS, "Allow": METHODS}
            return HttpResponse(status=204, headers=allowed)
        if request.method not in {"GET", "HEAD"}:
            refusal = _told("For reading only.", 405)
            refusal.headers["Allow"] = METHODS
            return refusal
        is_head, request.method = request.method == "HEAD", "GET"
        faults = self._faults(request)
        response = refused(faults) if faults else view(request, *args, **kwargs)
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
    response = _json({"detail": [{"parameter": "", "reason": reason}]}, 400)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


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


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The same headers, the length of what GET gives among them."""
    if isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
