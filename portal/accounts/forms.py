"""Forms of accounts: signing up without a password, signing in with one or by code, one's own profile.

An address is folded where it is typed, so that one mailbox has one account (`portal.accounts.addresses`).
"""

from copy import copy
from typing import Any

from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetPasswordKeyForm
from allauth.account.forms import SetPasswordForm as AllauthSetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.core import context
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import folded_address
from portal.accounts.codes import LastingCode
from portal.accounts.enums import Method
from portal.accounts.guesses import Guess, may_mail
from portal.accounts.queries import owner_of
from portal.accounts.signing_up import as_if_known, as_if_new, keep_name
from portal.common.forms import LineField
from portal.common.languages import OWN_NAMES

MAILS = _("E-mail address")
TOO_MANY_CODES = _("Several mails went to this address just now. Use the newest, or wait fifteen minutes.")
TOO_MANY_TRIES = _("There were too many tries for this address. Try again in an hour.")
SAME_AGAIN = _("The two passwords are not the same.")


# What the columns of addresses hold.
LONGEST_ADDRESS = 254


class AddressField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", MAILS)
        kwargs.setdefault("max_length", LONGEST_ADDRESS)
        super().__init__(**kwargs)
        self.error_messages |= {
            "required": _("Enter your e-mail address."),
            "invalid": _("This does not look like an e-mail address. Check it for missing parts."),
        }
        self.widget.attrs = {"autocomplete": "email", "spellcheck": "false"} | self.widget.attrs

    def to_python(self, value: object) -> str:
        address = folded_address(super().to_python(value) or "")
        if not address.rpartition("@")[2].isascii():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return address


def refuse_too_many_mails(address: str) -> None:
    """Raises `ValidationError` where an address has had enough mails for now, with or without an account."""
    if context.request and not may_mail(context.request, address, owner_of(address), timezone.now()):
        raise forms.ValidationError(TOO_MANY_CODES)


class SignupForm(AllauthSignupForm):
    name = LineField(
        label=_("Your name"),
        max_length=150,
        help_text=_("Only your organization and the secretariat see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    field_order = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField(help_text=_("We send a code to it. You need no password."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            try:
                refuse_too_many_mails(cleaned["email"])
            except forms.ValidationError as refused:
                self.add_error("email", refused)
        return cleaned

    def try_save(self, request: Any) -> Any:
        """An address that has an account costs as much as a new one."""
        keep_name(request.session, self.cleaned_data["email"], self.cleaned_data["name"])
        if self.account_already_exists:
            as_if_new(lambda address: self._saved_for(request, address))
        return super().try_save(request)

    def _saved_for(self, request: Any, address: str) -> Any:
        other = copy(self)
        other.cleaned_data = self.cleaned_data | {"email": address}
        other.account_already_exists = False
        return other.save(request)


class LoginForm(AllauthLoginForm):
    """An empty password asks for a code by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField(
            widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"})
        )
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        """Kept although nobody needs a password to sign up: staff and whoever has set one use it."""
        password = self.fields["password"]
        password.required = False
        password.label = _("Password")
        password.help_text = _("Leave it empty and we send you a code by e-mail.")
        password.widget.attrs = {"autocomplete": "current-password"}

    def _clean_without_password(self, email: str | None, phone: str | None) -> Any:
        try:
            refuse_too_many_mails(email or "")
        except forms.ValidationError as refused:
            self.add_error("login", refused)
            return self.cleaned_data
        return super()._clean_without_password(email, phone)


class ResetPasswordForm(AllauthResetPasswordForm):
    email = AddressField()

    def clean_email(self) -> str:
        email: str = super().clean_email()
        refuse_too_many_mails(email)
        return email

    def save(self, request: Any, **kwargs: Any) -> Any:
        if not self.users:
            as_if_known(self.cleaned_data["email"])
        return super().save(request, **kwargs)


class AddressChangeForm(AllauthAddEmailForm):
    email = AddressField(label=_("New e-mail address"), help_text=_("We send a code to it."))

    def clean_email(self) -> str:
        email: str = super().clean_email()
        refuse_too_many_mails(email)
        return email


class _NewPassword(forms.Form):
    """Labels and messages of the two fields of a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["password1"], self.fields["password2"]
        first.label, second.label = _("New password"), _("The new password again")
        first.help_text = _("At least twelve characters. Several words that only you put together are good.")
        first.error_messages["required"] = _("Enter a new password.")
        second.error_messages["required"] = _("Enter the new password again.")
        first.widget.attrs = second.widget.attrs = {"autocomplete": "new-password"}

    def add_error(self, field: str | None, error: Any) -> None:
        """allauth has one message of its own here."""
        super().add_error(field, SAME_AGAIN if field == "password2" and isinstance(error, str) else error)


class ChangePasswordForm(_NewPassword, AllauthChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["oldpassword"]
        old.label, old.help_text = _("Your password now"), ""
        old.widget.attrs = {"autocomplete": "current-password"}
        old.error_messages["required"] = _("Enter your password.")


class SetPasswordForm(_NewPassword, AllauthSetPasswordForm):
    pass


class ResetPasswordKeyForm(_NewPassword, AllauthResetPasswordKeyForm):
    pass


class ReauthenticateForm(AllauthReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs = {"autocomplete": "current-password"}
        password.error_messages["required"] = _("Enter your password.")


class CodeForm(forms.Form):
    """The code of a mail; what is wrong with it stands at the field."""

    code = LineField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": _("Type the code of the mail.")},
    )

    def __init__(self, *args: Any, process: LastingCode, **kwargs: Any) -> None:
        self.process = process
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        guess = Guess(context.request, self.process.state["email"], timezone.now())
        if not guess.take(Method.CODE):
            raise forms.ValidationError(TOO_MANY_TRIES)
        problem = self.process.problem(self.cleaned_data["code"])
        if problem is None:
            guess.was_right()
            return str(self.cleaned_data["code"])
        guess.failed(Method.CODE)
        raise forms.ValidationError(str(problem))


class AddressCodeForm(CodeForm):
    """Somebody else may have confirmed the address in the meantime."""

    def clean_code(self) -> str:
        code = super().clean_code()
        email_already_exists(user=self.process.user, email=self.process.state["email"], always_raise=True)
        return code


class ProfileForm(forms.Form):
    name = LineField(
        label=_("Your name"),
        max_length=150,
        help_text=_("Only your organization and the secretariat see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    language = forms.ChoiceField(
        label=_("Your language"),
        choices=OWN_NAMES.items,
        help_text=_("Our mails to you are in this language."),
        widget=forms.RadioSelect,
    )
