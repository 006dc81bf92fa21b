"""Whether somebody of the staff has shown a second step; middleware and views call it."""

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from portal.accounts.queries import has_step
from portal.common.actors import actor_of

# In the session: where the person was going before.
GOING = "staff_going_to"


def is_staff(request: HttpRequest) -> bool:
    """Whoever has any group or any of Django's own marks; reads the groups at most once per request."""
    user = request.user
    return bool(user.is_staff or user.is_superuser or actor_of(request).groups)


def has_shown_it(request: HttpRequest) -> bool:
    """In this session: a session from before a factor was added elsewhere is not enough."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(each["method"] == "mfa" for each in records) and has_step(request.user)  # type: ignore[arg-type]
