"""Showing again who one is before an account is changed; by a code for whoever has nothing else."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.codes import LastingCode
from portal.accounts.queries import has_step
from portal.common.typed.reading import KEY_NAME
from portal.common.typed.secrets import is_secret

View = Callable[..., HttpResponse]
# A form that was opened in time may be sent a little later.
OPENS = timedelta(minutes=10)
TAKES = timedelta(minutes=20)
LASTS = timedelta(minutes=15)
SESSION_KEY = "account_again_code"


def shown_again(view: View) -> View:
    """Around what changes an account: whoever has not shown lately who they are does so first."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), login_url="account_login")
        if is_recent(request, TAKES if request.method == "POST" else OPENS):
            return view(request, *args, **kwargs)
        return ask(request)

    return never_cache(inner)


def is_recent(request: HttpRequest, span: timedelta) -> bool:
    """Whether the person showed it again, after signing in, within the span.

    Who has a second step shows that: a password alone neither takes it off nor adds another.
    """
    records = [each for each in get_authentication_records(request, request.user) if _is_again(each)]  # type: ignore[arg-type]
    if has_step(request.user):  # type: ignore[arg-type]
        records = [each for each in records if each["method"] == "mfa"]
    return bool(records) and time.time() - records[-1]["at"] < span.total_seconds()


def _is_again(record: dict[str, Any]) -> bool:
    return bool(record.get("reauthenticated"))


def ask(request: HttpRequest, *, then: str = "") -> HttpResponse:
    """To the page that asks; what was sent goes on by itself afterwards, unless it holds a secret.

    `then` is where the person goes on, the same address without it.
    """
    door = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    if request.method == "POST" and not _holds_secret(request):
        response: HttpResponse = suspend_request(request, door)
        return response
    if request.method == "POST":
        messages.info(request, _("Nothing was changed yet: show first that it is you, then send it again."))
    return HttpResponseRedirect(f"{door}?{urlencode({'next': then or request.get_full_path()})}")


def _holds_secret(request: HttpRequest) -> bool:
    """The key with which each browser sends a form is none of the person's."""
    return any(is_secret(name) for name in request.POST if name != KEY_NAME)


class AgainCode(LastingCode, AbstractCodeVerificationProcess):  # type: ignore[misc]
    """A code to the address of who is signed in, for people without password and second step."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(max_attempts=3, timeout=int(LASTS.total_seconds()), state=state, user=request.user)

    @classmethod
    def begin(cls, request: HttpRequest) -> "AgainCode":
        process = cls(request, cls.initial_state(request.user, email=request.user.email))  # type: ignore[union-attr]
        process.renew()
        return process

    @classmethod
    def of(cls, request: HttpRequest) -> "AgainCode | None":
        state = request.session.get(SESSION_KEY)
        if state is None or state["email"] != request.user.email:  # type: ignore[union-attr]
            return None
        return cls(request, state)

    def renew(self) -> None:
        self.state["code"] = get_adapter().generate_login_code()
        context = {"code": self.state["code"], "user": self.user}
        get_adapter().send_mail("account/email/again_code", self.state["email"], context)
        self.persist()

    def finish(self) -> None:
        self.abort()
        record_authentication(self.request, self.user, method="code", reauthenticated=True)

    def persist(self) -> None:
        self.request.session[SESSION_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(SESSION_KEY, None)

    def send(self, skip_enumeration_mails: bool = False) -> None:
        self.renew()
