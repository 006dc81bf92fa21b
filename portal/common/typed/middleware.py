"""Around every view that takes a form behind the sign-in: a refusal gives the text back. Settings name it.

It stands inside the middleware for sessions, keys, accounts and messages, and reads the form before any view,
so that it knows what was typed also where the key is refused or the view fails.
"""

import logging
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signals
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.log import log_response
from django.utils.translation import gettext as _

from portal.common.errors import WrongState
from portal.common.models import KeptForm
from portal.common.typed import kept, refusals
from portal.common.typed.answers import is_from_here, refuse
from portal.common.typed.reading import Typed, is_desk, is_form, typed_in
from portal.common.typed.refusals import Refusal
from portal.common.typed.writer import Writer, page_of, signed_in, still_opens, writer_of

GetResponse = Callable[[HttpRequest], HttpResponse]
LOGIN = "account_login"
# Django answers these itself; its answer passes here on its way out.
LEFT_TO_DJANGO = (Http404, PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)
log = logging.getLogger("django.request")


class KeepTyped:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_form(request):
            return self.get_response(request)
        typed = request.typed = typed_in(request)  # type: ignore[attr-defined]
        if typed.refusal:
            return _logged(request, typed.refusal, is_shown=is_from_here(request))
        return _for_the_writer(request, typed) or _given_back(request, typed, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """After the middleware that knows its own exceptions; for log and tests a fault stays a fault."""
        if isinstance(exception, LEFT_TO_DJANGO):
            return None
        if not hasattr(request, "typed"):
            return _without_page(exception)
        if isinstance(exception, WrongState):
            return refuse(
                request, refusals.CLASH, reason=str(exception.message), is_shown=is_from_here(request)
            )
        if isinstance(exception, OperationalError) and refusals.is_busy(exception):
            return _logged(request, refusals.BUSY, exception, is_shown=is_from_here(request))
        signals.got_request_exception.send(sender=None, request=request)
        return _logged(request, refusals.FAILED, exception, is_shown=is_from_here(request))


def _without_page(exception: Exception) -> HttpResponse | None:
    """For who asks for no page, such as a script, a clash is one as well: in plain text."""
    if not isinstance(exception, WrongState):
        return None
    return HttpResponse(f"{exception.message}\n", status=409, content_type="text/plain; charset=utf-8")


def _for_the_writer(request: HttpRequest, typed: Typed) -> HttpResponse | None:
    """A form whose writer is not the one signed in: the text waits for the writer, who is led to its page."""
    writer, present = writer_of(typed.writer), signed_in(request)
    if writer is None or writer.user_id == present:
        return None
    if not is_desk(request.path) or not is_from_here(request):
        return None
    try:
        row = _kept(request, typed, writer)
    except DatabaseError as refused:
        refusal = refusals.BUSY if refusals.is_busy(refused) else refusals.FAILED
        return _logged(request, refusal, refused, is_shown=present is None)
    if present is not None:
        refusal = refusals.OTHER_WRITER if row else refusals.OTHER_WRITER_NOT_KEPT
        return refuse(request, refusal, is_shown=False)
    return _led_to_sign_in(request, typed, writer, row)


def _kept(request: HttpRequest, typed: Typed, writer: Writer) -> KeptForm | None:
    if not still_opens(writer, request.path):
        return None
    page, action = writer.page, page_of(request)
    return kept.keep(user_id=writer.user_id, page=page, action=action, pairs=typed.pairs, now=timezone.now())


def _led_to_sign_in(
    request: HttpRequest, typed: Typed, writer: Writer, row: KeptForm | None
) -> HttpResponse | None:
    """A text that could not be kept stays on the page instead; without a text nothing can be lost."""
    if row is None and kept.is_too_long(typed.pairs):
        return refuse(request, refusals.SIGNED_OUT, reason=_("This is too long to be kept for you."))
    if row is None and kept.is_typed(typed.pairs):
        return None
    if row is not None:
        told = _("You were signed out. What you typed is kept: sign in as the same person and it is there.")
        messages.info(request, told)
    return redirect_to_login(writer.page, login_url=LOGIN)


def _given_back(request: HttpRequest, typed: Typed, response: HttpResponse) -> HttpResponse:
    if response.status_code >= 400:
        return _refused(request, typed, response)
    if not is_desk(request.path) and not request.path.startswith("/admin/"):
        return response
    if signed_in(request) is None:
        return _signed_out(request, typed, response)
    is_saved = response.status_code in {302, 303} or getattr(request, "typed_is_saved", False)
    try:
        kept.drop_saved(request) if is_saved else kept.replace_typed(request, typed.pairs)
    except DatabaseError:
        # The form itself was taken; what waits can be thrown away by hand.
        log.warning("could not tidy kept forms: %s", request.path, exc_info=True)
    return response


def _refused(request: HttpRequest, typed: Typed, response: HttpResponse) -> HttpResponse:
    is_page = response.get("Content-Type", "text/html").startswith("text/html")
    refusal = refusals.of_status(response.status_code)
    if hasattr(response, "gives_back") or not is_page or not is_from_here(request):
        return response
    if not (typed.pairs or refusal.is_passing):
        return response
    answer = refuse(request, refusal, status=response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response:
            answer[name] = response[name]
    return answer


def _signed_out(request: HttpRequest, typed: Typed, response: HttpResponse) -> HttpResponse:
    """Without a mark the writer is unknown: the text stays on the page before them and is stored nowhere."""
    leads_to_sign_in = response.get("Location", "").startswith((resolve_url(LOGIN), "/admin/login/"))
    if leads_to_sign_in and typed.pairs and is_from_here(request):
        return refuse(request, refusals.SIGNED_OUT)
    return response


def _logged(
    request: HttpRequest, refusal: Refusal, exception: BaseException | None = None, *, is_shown: bool = True
) -> HttpResponse:
    response = refuse(request, refusal, is_shown=is_shown)
    log_response(
        "%s: %s",
        response.reason_phrase,
        request.path,
        response=response,
        request=request,
        logger=log,
        exception=exception,
    )
    return response
