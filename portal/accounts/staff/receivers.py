"""A second step that is added counts for the session in which it was; connected when the app is ready."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.http import HttpRequest

from portal.accounts.staff.second_step import ADDED, FACTORS


@receiver(signals.authenticator_added)
def step_added(request: HttpRequest, authenticator: Authenticator, **details: Any) -> None:
    if authenticator.type in FACTORS:
        request.session[ADDED] = True
