"""Forms of accounts: signing up without a password, signing in with one or by code, one's own profile."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import LineField
from portal.common.languages import OWN_NAMES

MAILS = _("E-mail address")


class SignupForm(AllauthSignupForm):
    name = LineField(
        label=_("Your name"),
        max_length=150,
        help_text=_("Only your organization and the secretariat see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    field_order = ("name", "email")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label, email.help_text = MAILS, _("We send a code to it. You need no password.")
        email.error_messages |= {
            "required": _("Enter your e-mail address."),
            "invalid": _("This does not look like an e-mail address. Check it for missing parts."),
        }
        email.widget.attrs = {"autocomplete": "email", "spellcheck": "false"}


class LoginForm(AllauthLoginForm):
    """An empty password asks for a code by e-mail."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = MAILS
        login.error_messages |= {
            "required": _("Enter your e-mail address."),
            "invalid": _("This does not look like an e-mail address. Check it for missing parts."),
        }
        login.widget.attrs = {"autocomplete": "username", "spellcheck": "false"}

    def _setup_password_field(self) -> None:
        """Kept although nobody needs a password to sign up: staff and whoever has set one use it."""
        password = self.fields["password"]
        password.required = False
        password.label = _("Password")
        password.help_text = _("Leave it empty and we send you a code by e-mail.")
        password.widget.attrs = {"autocomplete": "current-password"}


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
