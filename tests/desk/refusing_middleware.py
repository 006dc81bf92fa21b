"""Middleware for tests that refuses what is sent: too often, or with a fault of ours."""

from collections.abc import Callable
from typing import Any

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse


class _Around:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class TooOften(_Around):
    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponse | None:
        return respond_429(request) if request.method == "POST" else None


class Faulty(_Around):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            raise RuntimeError("a fault of ours")
        return self.get_response(request)
