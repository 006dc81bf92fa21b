"""What the portal changes of allauth: languages of people and their mails, demo accounts, where one lands."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.common.languages import CODES, DEFAULT

DEMO_DOMAIN = "@demo.invalid"


def is_refused(user: User) -> bool:
    """Demo accounts share one published password: nobody signs in with one where DEBUG is off."""
    return user.email.endswith(DEMO_DOMAIN) and not settings.DEBUG


class PortalAccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        """Keep the name, and the language of the sign-up form as the language of the person's mails."""
        user.name = form.cleaned_data.get("name", "")
        language = translation.get_language() or DEFAULT
        user.language = language if language in CODES else DEFAULT
        return super().save_user(request, user, form, commit=commit)  # type: ignore[no-any-return]

    def authenticate(self, request: HttpRequest, **credentials: object) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        return None if user is not None and is_refused(user) else user

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        """The last door of every way to sign in: password, code, new password."""
        if is_refused(user):
            clear_login(request)
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        result: HttpResponse | None = super().pre_login(request, user, **details)
        return result

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person who owns the address; for others in that of the page."""
        language = User.objects.filter(emailaddress__email=email.lower()).values_list("language", flat=True)
        details = {"login_url": self.request.build_absolute_uri(reverse("account_login"))}
        with translation.override(language.first() or translation.get_language() or DEFAULT):
            super().send_mail(template_prefix, email, details | context)

    def render_mail(self, *args: Any, headers: dict[str, str] | None = None, **kwargs: Any) -> EmailMessage:
        language = {"Content-Language": translation.get_language() or DEFAULT}
        message: EmailMessage = super().render_mail(*args, headers=(headers or {}) | language, **kwargs)
        return message
