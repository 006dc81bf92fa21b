"""What the portal changes of allauth: the language a person signed up in, and where they land."""

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from portal.accounts.models import User
from portal.common.languages import CODES, DEFAULT


class PortalAccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        """Keep the name, and the language of the sign-up form as the language of the person's mails."""
        user.name = form.cleaned_data.get("name", "")
        language = translation.get_language() or DEFAULT
        user.language = language if language in CODES else DEFAULT
        return super().save_user(request, user, form, commit=commit)  # type: ignore[no-any-return]

    def authenticate(self, request: HttpRequest, **credentials: object) -> User | None:
        """Demo accounts share one published password: refuse them where DEBUG is off."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and user.email.endswith("@demo.invalid") and not settings.DEBUG:
            return None
        return user
