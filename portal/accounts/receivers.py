"""What allauth says of an account goes into the event log; connected when the app is ready."""

from typing import Any

from allauth.account import signals
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factors
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.addresses import folded_address
from portal.accounts.enums import AccountAction, Method
from portal.accounts.limits import GUESSES, clear
from portal.accounts.middleware import BEGAN, SEEN
from portal.accounts.models import User
from portal.accounts.sign_ins import drop_sign_ins, end_others, note_seen
from portal.accounts.signing_up import take_name
from portal.accounts.trail import note
from portal.common.templatetags.contact import own_address


@receiver(user_logged_in)
def session_began(request: HttpRequest, **details: Any) -> None:
    now = timezone.now().timestamp()
    request.session.update({BEGAN: now, SEEN: now})


@receiver(signals.user_logged_in)
def signed_in(request: HttpRequest, user: User, **details: Any) -> None:
    methods = [_method(each) for each in get_authentication_records(request, user)]
    note(AccountAction.SIGNED_IN, user, now=timezone.now(), method=methods[-1] if methods else "")
    note_seen(request, user, timezone.now())


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **details: Any) -> None:
    if user is not None:
        note(AccountAction.SIGNED_OUT, user, now=timezone.now())
        user.sign_ins.filter(session_key=request.session.session_key).delete()


@receiver(signals.email_confirmed)
def address_confirmed(request: HttpRequest, email_address: EmailAddress, **details: Any) -> None:
    take_name(request.session, email_address.user)  # type: ignore[arg-type]


@receiver(signals.email_changed)
def address_changed(request: HttpRequest, user: User, from_email_address: object, **details: Any) -> None:
    """The first address of an account is no change; a new one ends the other browsers, as a password does."""
    if from_email_address is not None:
        now = timezone.now()
        note(AccountAction.ADDRESS_CHANGED, user, now=now)
        told = _("Your e-mail address is now %(email)s.") % {"email": own_address(user.email)}
        messages.success(request, told)
        end_others(user, current=request.session.session_key or "", now=now)


@receiver([signals.password_set, signals.password_changed, signals.password_reset])
def password_changed(request: HttpRequest, user: User, **details: Any) -> None:
    """Django ends the sessions of the old password; those that are listed go with them."""
    now = timezone.now()
    note(AccountAction.PASSWORD_CHANGED, user, now=now)
    clear(GUESSES, f"{folded_address(user.email)} {Method.PASSWORD.value}")
    drop_sign_ins(user)
    if request.user.is_authenticated:
        note_seen(request, user, now)


@receiver(factors.authenticator_added)
def factor_added(user: User, authenticator: Any, **details: Any) -> None:
    """Recovery codes come along with the first step."""
    is_codes = authenticator.type == Method.RECOVERY.value
    action = AccountAction.CODES_RENEWED if is_codes else AccountAction.FACTOR_ADDED
    note(action, user, now=timezone.now(), method=authenticator.type)


@receiver(factors.authenticator_removed)
def factor_removed(user: User, authenticator: Any, **details: Any) -> None:
    note(AccountAction.FACTOR_REMOVED, user, now=timezone.now(), method=authenticator.type)


@receiver(factors.authenticator_reset)
def codes_renewed(user: User, **details: Any) -> None:
    note(AccountAction.CODES_RENEWED, user, now=timezone.now())


@receiver(signals.authentication_step_completed)
def confirmed(user: User, method: str, **details: Any) -> None:
    """Only where somebody who is signed in shows it once more."""
    if details.get("reauthenticated"):
        note(AccountAction.CONFIRMED, user, now=timezone.now(), method=_method({"method": method} | details))


def _method(record: dict[str, Any]) -> str:
    """allauth calls every second step `mfa` and says beside it which it was."""
    return str(record.get("type") or record["method"])
