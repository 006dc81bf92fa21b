"""What the portal changes of allauth: languages of people and their mails, demo accounts, where one lands."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.account.utils import passthrough_next_redirect_url
from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import folded_address
from portal.accounts.browsers import know
from portal.accounts.enums import Method
from portal.accounts.guesses import Guess
from portal.accounts.models import User
from portal.accounts.queries import has_step
from portal.common.languages import CODES, DEFAULT

DEMO_DOMAIN = "@demo.invalid"
TOO_MANY = _("There were too many tries. Try again in an hour, or leave the password empty to get a code.")

UNKNOWN = "account/email/unknown_account"
BY_CODE = _("By a code to your e-mail address")
WAYS = {
    "reauthenticate": _("By your password"),
    "mfa_reauthenticate": _("By the code of your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("By your passkey"),
}


def is_refused(user: User) -> bool:
    """Demo accounts share one published password: nobody signs in with one where DEBUG is off."""
    return user.email.endswith(DEMO_DOMAIN) and not settings.DEBUG


def _rests(email: str) -> bool:
    """Whether the address has an account that is not in use."""
    return User.objects.filter(emailaddress__email=email.lower(), is_active=False).exists()


class PortalAccountAdapter(DefaultAccountAdapter):
    # In our words, and in every language of ours.
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is not active."),
        "duplicate_email": _("This is the address of your account already."),
        "email_password_mismatch": _("The e-mail address and the password do not belong together."),
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _("This is not your password."),
        "incorrect_code": _("This code is not right."),
        "incorrect_password": _("This is not your password."),
        "invalid_login": _("Enter your e-mail address."),
        "invalid_password_reset": _("This link works no more. Ask for a new one."),
        "too_many_login_attempts": TOO_MANY,
        "same_as_current": _("This is the address the code went to already."),
        "rate_limited": TOO_MANY,
    }

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        """The language of the sign-up form is that of the person's mails; the name waits for the code."""
        language = translation.get_language() or DEFAULT
        user.language = language if language in CODES else DEFAULT
        return super().save_user(request, user, form, commit=commit)  # type: ignore[no-any-return]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Without the mask of a server that listens to both: behind it all would be one network."""
        address: str = super().get_client_ip(request)
        return str(getattr(ip_address(address), "ipv4_mapped", None) or address)

    def clean_email(self, email: str) -> str:
        return folded_address(super().clean_email(email))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Takes a try of the account, known or not; nobody else's tries count in a browser that is known."""
        self.guess = Guess(request, credentials.get("email", ""), timezone.now())
        if not self.guess.take(Method.PASSWORD):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self.guess.failed(Method.PASSWORD)

    def authenticate(self, request: HttpRequest, **credentials: object) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            return None
        self.guess.was_right()
        return None if is_refused(user) else user

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        """The last door of every way to sign in: password, code, new password."""
        if is_refused(user):
            clear_login(request)
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        result: HttpResponse | None = super().pre_login(request, user, **details)
        return result

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        return know(response, user)

    def respond_email_verification_sent(self, request: HttpRequest, user: User | None) -> HttpResponse:
        page = reverse("account_email_verification_sent")
        return HttpResponseRedirect(passthrough_next_redirect_url(request, page, "next"))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the mail goes on to where the person was going."""
        url = super().get_reset_password_from_key_url(key)
        return str(passthrough_next_redirect_url(self.request, url, "next"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_home")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("account_home" if self.request.user.is_authenticated else "account_login")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """By the second step; who has none by their password; who has neither by a code to their address."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        by_code = {"id": "code", "description": BY_CODE, "url": reverse("account_reauthenticate_code")}
        own = [each | {"description": WAYS[each["id"]]} for each in methods]
        if user.is_authenticated and has_step(user):
            return [each for each in own if each["id"] != "reauthenticate"]
        return own or ([by_code] if user.is_authenticated else [])

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """In the language of the person, also to an address that is not theirs any more."""
        with translation.override(user.language):
            super().send_notification_mail(template_prefix, user, (context or {}) | {"user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person who owns the address; for others in that of the page."""
        own = (
            User.objects.filter(emailaddress__email=email.lower()).values_list("language", flat=True).first()
        )
        language = own or getattr(context.get("user"), "language", None) or translation.get_language()
        pages = {"login_url": "account_login", "reset_url": "account_reset_password"}
        details = {name: self.request.build_absolute_uri(self._page(page)) for name, page in pages.items()}
        if template_prefix == UNKNOWN and _rests(email):
            template_prefix = "account/email/account_rests"
        with translation.override(language or DEFAULT):
            super().send_mail(template_prefix, email, details | context)

    def _page(self, name: str) -> str:
        """That goes on to where the person was going."""
        return str(passthrough_next_redirect_url(self.request, reverse(name), "next"))

    def render_mail(self, *args: Any, headers: dict[str, str] | None = None, **kwargs: Any) -> EmailMessage:
        language = {"Content-Language": translation.get_language() or DEFAULT}
        message: EmailMessage = super().render_mail(*args, headers=(headers or {}) | language, **kwargs)
        return message
