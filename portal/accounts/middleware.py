"""How long somebody stays signed in without doing anything, and at most. Settings name it.

It stands outside `KeepTyped`, which keeps what is sent after the end.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import AccountAction
from portal.accounts.models import SignIn, User
from portal.accounts.sign_ins import IDLE, OLDEST, STAFF_IDLE, note_seen
from portal.accounts.trail import note
from portal.common.actors import person

GetResponse = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN = "account_began", "account_seen"
# So often the moment is written down: not with each page.
TICK = timedelta(minutes=1)
IDLED = _("You were signed out because nothing was done here for a while.")
AGED = _("You were signed out because fourteen days have passed. Sign in again.")


class SessionLimits:
    """Looks when somebody first asks who the reader is: public pages never do, and stay free of sessions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.user = SimpleLazyObject(lambda: _within_limits(request, user))  # type: ignore[assignment]
        return self.get_response(request)


def _within_limits(request: HttpRequest, user: User | AnonymousUser) -> User | AnonymousUser:
    """A session without its times is from before they were kept: too old."""
    if not user.is_authenticated:
        return user
    now = timezone.now()
    idle, age = (now.timestamp() - request.session.get(each, 0) for each in (SEEN, BEGAN))
    if age > OLDEST.total_seconds() or idle > _most(user, idle):
        return _ended(request, user, now, AGED if age > OLDEST.total_seconds() else IDLED)
    if idle > TICK.total_seconds():
        request.session[SEEN] = now.timestamp()
        note_seen(request, user, now)
    return user


def _most(user: User, idle: float) -> float:
    """Seconds; who is staff is only asked where it matters."""
    if idle <= STAFF_IDLE.total_seconds():
        return STAFF_IDLE.total_seconds()
    is_staff = user.is_staff or bool(person(user).groups)
    return (STAFF_IDLE if is_staff else IDLE).total_seconds()


def _ended(request: HttpRequest, user: User, now: datetime, why: Promise) -> AnonymousUser:
    note(AccountAction.EXPIRED, user, now=now)
    SignIn.objects.filter(session_key=request.session.session_key).delete()
    request.session.flush()
    messages.info(request, str(why))
    return AnonymousUser()
