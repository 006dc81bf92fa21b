"""Whether somebody of the staff has shown a second step; middleware, views and receivers call it."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from portal.common.actors import actor_of

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# In the session: one was added in it; where the person was going before.
ADDED, GOING = "staff_step_added", "staff_going_to"


def is_staff(request: HttpRequest) -> bool:
    """Whoever has any group or any of Django's own marks; reads the groups at most once per request."""
    user = request.user
    return bool(user.is_staff or user.is_superuser or actor_of(request).groups)


def has_factor(request: HttpRequest) -> bool:
    return bool(is_mfa_enabled(request.user, FACTORS))


def has_shown_it(request: HttpRequest) -> bool:
    """In this session: a session from before a factor was added elsewhere is not enough."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    is_shown = request.session.get(ADDED) or any(each["method"] == "mfa" for each in records)
    return bool(is_shown) and has_factor(request)
