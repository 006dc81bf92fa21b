"""Forms of the second step: counted like every other try, in our words. Settings name them."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import UnsupportedAlgorithm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import Method
from portal.accounts.factors import WRONG
from portal.accounts.forms import TOO_MANY_TRIES
from portal.accounts.guesses import Guess
from portal.accounts.limits import APP_CODES, take
from portal.common.forms import LineField

NO_PASSKEY = _("Your browser gave no passkey. Try again.")
# What fido2 and allauth raise, beside their own refusals, for what no browser sends.
MALFORMED = (
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    UnsupportedAlgorithm,
)


class _CountedCode(forms.Form):
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code of your app, or a recovery code")
        code.error_messages["required"] = _("Type the code.")
        code.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false"}

    def clean_code(self) -> str:
        guess = Guess(context.request, self.user.email, timezone.now())
        if not guess.take(Method.TOTP):
            raise forms.ValidationError(TOO_MANY_TRIES)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            self._use(code, guess.now)
        except forms.ValidationError:
            guess.failed(Method.TOTP)
            raise
        guess.was_right()
        return code

    def _use(self, code: str, now: datetime) -> None:
        """allauth notes used codes in the cache, where they can be evicted."""
        if not take(APP_CODES, f"{self.user.pk} {normalize_user_code(code)}", now=now):
            raise forms.ValidationError(WRONG)


class FactorForm(_CountedCode, AuthenticateForm):
    pass


class FactorAgainForm(_CountedCode, ReauthenticateForm):
    pass


class AppForm(ActivateTOTPForm):
    """Its seed is encrypted in the session too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code that the app shows")
        code.error_messages["required"] = _("Type the code.")
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        code: str = super().clean_code()
        _shown_by(self.user, Method.TOTP)
        return code

    @property
    def secret(self) -> str:
        return decrypt(context.request.session[SECRET_SESSION_KEY])

    @secret.setter
    def secret(self, clear: str) -> None:
        """allauth gives what stands in the session: its own new seed, or ours."""
        if not self.is_bound:
            context.request.session[SECRET_SESSION_KEY] = encrypt(generate_totp_secret())


class CredentialField(forms.JSONField):
    """What a browser says of a passkey: an object, for the parser to judge."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        messages = {"required": NO_PASSKEY, "invalid": NO_PASSKEY}
        super().__init__(error_messages=messages)

    def to_python(self, value: Any) -> Any:
        with refused_in_words():
            credential = super().to_python(value)
        if credential is not None and not isinstance(credential, dict):
            raise forms.ValidationError(NO_PASSKEY)
        return credential

    def bound_data(self, data: Any, initial: Any) -> None:
        """A passkey that was refused is not sent again."""


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Raises `ValidationError` for whatever a malformed credential makes fail."""
    try:
        yield
    except MALFORMED as error:
        raise forms.ValidationError(NO_PASSKEY) from error


class _Passkey(forms.Form):
    """Stands before a form of allauth that looks at a passkey."""

    credential = CredentialField()

    def clean_credential(self) -> Any:
        with refused_in_words():
            return super().clean_credential()  # type: ignore[misc]


class PasskeyLoginForm(_Passkey, LoginWebAuthnForm):
    pass


class PasskeyStepForm(_Passkey, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_Passkey, ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(AddWebAuthnForm):
    credential = CredentialField()
    name = LineField(
        label=_("Name of the passkey"),
        max_length=60,
        required=False,
        help_text=_("Such as the device it is on. Only you see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label, alone.initial = _("Sign in with this passkey alone"), True
        alone.help_text = _("Your device then asks for your finger, face or PIN.")

    def clean(self) -> dict[str, Any]:
        with refused_in_words():
            cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            _shown_by(self.user, Method.PASSKEY)
        return cleaned


def _shown_by(user: Any, method: Method) -> None:
    """Who adds a second step has shown it in this browser."""
    record_authentication(context.request, user, "mfa", type=method.value, reauthenticated=True)
