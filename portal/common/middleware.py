"""Middleware of the whole site: the reader's language, security headers, pages for errors."""

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from portal.common import failures
from portal.common.errors import Gone, NoSuchChoice, NotAllowed
from portal.common.languages import CODES, DEFAULT, language_of
from portal.common.typed.refusals import is_busy

GetResponse = Callable[[HttpRequest], HttpResponse]


class ReaderLanguage:
    """Activate the language of the path; without a prefix that of the question, cookie or browser.

    Pages outside the prefix (accounts, API, files) take `?lang=`, then the language of the `next`
    address, then the cookie, then `Accept-Language`. A public path never depends on a cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        prefix = language_of(request.path_info)
        asked = None if prefix else self._asked(request)
        language = prefix or asked or self._guessed(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if prefix is None:
            patch_vary_headers(response, ("Accept-Language",))
        if asked and request.path_info.startswith("/accounts/"):
            self._remember(response, asked)
        return response

    def _asked(self, request: HttpRequest) -> str | None:
        asked = request.GET.get("lang", "")
        return asked if asked in CODES else language_of(unquote(request.GET.get("next", "")))

    def _guessed(self, request: HttpRequest) -> str:
        if (kept := request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)) in CODES:
            return str(kept)
        guessed = translation.get_language_from_request(request).split("-")[0]
        return guessed if guessed in CODES else DEFAULT

    def _remember(self, response: HttpResponse, language: str) -> None:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )


class SecurityHeaders:
    """A content policy for our own pages: nothing inline, nothing from elsewhere."""

    POLICY = "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(("/admin/", "/django-admin/")):
            response.headers.setdefault("Content-Security-Policy", self.POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class ReaderErrorPages:
    """Answer 403, 404, 410 and a database that is held in the reader's language, also while DEBUG is on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path.startswith(("/admin/", "/django-admin/", "/api/")):
            return None
        if isinstance(exception, Gone):
            return failures.gone(request, exception)
        if isinstance(exception, NoSuchChoice):
            return failures.no_such_choice(exception)
        if isinstance(exception, Http404):
            return failures.not_found(request, exception)
        if isinstance(exception, NotAllowed):
            return failures.forbidden(request, exception)
        if isinstance(exception, OperationalError) and is_busy(exception):
            return failures.busy(request)
        return None
