"""Codes that were sent by mail: they stay on their page when they are wrong, late or old, and say so.

allauth leaves the page after three wrong codes and forgets where the person was going. Here the code is
spent, and the button for a new one is below it. The views of codes call this room.
"""

import time
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.signing_up import as_if_waited_for

WRONG = _("This code is not right. Compare it with the newest mail.")
SPENT = _("The code was wrong three times, so it works no more. Have a new one sent below.")
LATE = _("This code is more than fifteen minutes old and works no more. Have a new one sent below.")
EARLIER = _("This is the code of an earlier mail. Type the one of the newest mail.")
SALT = "portal.accounts.codes"


class LastingCode:
    """In front of a process of allauth, whose `state` lies in the session."""

    state: dict[str, Any]
    max_attempts: int

    @property
    def user(self) -> Any:
        return super().user  # type: ignore[misc]

    def problem(self, typed: str) -> Promise | None:
        """Why a code does not work; a wrong one is counted."""
        if self.state["failed_attempts"] >= self.max_attempts:
            return SPENT
        if _digest(typed) in self.state.get("earlier", []):
            return EARLIER
        if not self.is_valid():  # type: ignore[attr-defined]
            return LATE
        is_right = compare_user_code(actual=typed, expected=self.state.get("code", ""))
        return None if is_right and self._is_real() else self._wrong()

    def resend(self) -> None:
        """A new code, for as long as the first; an address without account gets its mail again too."""
        earlier = [*self.state.get("earlier", []), _digest(self.state.get("code", ""))]
        self.state |= {"at": time.time(), "failed_attempts": 0, "earlier": earlier[-20:]}
        self.renew()

    def renew(self) -> None:
        super().resend()  # type: ignore[misc]

    def send(self, skip_enumeration_mails: bool = False) -> None:
        super().send()  # type: ignore[misc]

    @property
    def can_resend(self) -> bool:
        return True

    def _wrong(self) -> Promise:
        self.state["failed_attempts"] += 1
        self.persist()  # type: ignore[attr-defined]
        return SPENT if self.state["failed_attempts"] >= self.max_attempts else WRONG

    def _is_real(self) -> bool:
        return self.user is not None and not self.state.get("account_already_exists")


class SignInCode(LastingCode, LoginCodeVerificationProcess):  # type: ignore[misc]
    @property
    def user(self) -> Any:
        """Nobody once the address of the account is another: an old mailbox signs nobody in."""
        user = super().user
        return user if user is not None and user.email == self.state.get("email") else None


class AddressCode(LastingCode, EmailVerificationProcess):  # type: ignore[misc]
    @property
    def user(self) -> Any:
        """Who is signed in may change their address; a sign-in confirms the one that the account has."""
        user = super().user
        is_theirs = user is not None and user.email == self.state["email"]
        return user if is_theirs or user == self.request.user else None

    @property
    def is_stale(self) -> bool:
        return self.user is None and "user_id" in self.state

    def renew(self) -> None:
        if not self._is_real():
            as_if_waited_for(self.state["email"])
        super().renew()

    @classmethod
    def of(cls, request: Any) -> "AddressCode | None":
        """The one that is waited for in this session."""
        state = request.session.get("account_email_verification_code")
        return cls(request=request, state=state) if state else None


def _digest(code: str) -> str:
    return salted_hmac(SALT, normalize_user_code(code), algorithm="sha256").hexdigest()[:16] if code else ""
