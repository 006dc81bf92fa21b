"""The browsers in which somebody is signed in: noted, listed, ended; how long an idle one lasts.

Receivers, the middleware and the views of accounts call it. A session that ends loses its row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from portal.accounts.browsers import device_of
from portal.accounts.enums import AccountAction
from portal.accounts.models import SignIn, User
from portal.accounts.trail import note
from portal.common.personal import Person

STAFF_IDLE = timedelta(minutes=30)
IDLE = timedelta(hours=12)
OLDEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    row: SignIn
    is_this: bool


def note_seen(request: HttpRequest, user: User, now: datetime) -> SignIn:
    """The row of this browser, made when it has none."""
    key = request.session.session_key or ""
    values = {"user": user, "seen": now}
    begun = {"began": now, "device": device_of(request)}
    row, _is_new = SignIn.objects.update_or_create(
        session_key=key, defaults=values, create_defaults=values | begun
    )
    return row


def open_sign_ins(user: User, *, current: str) -> list[OpenSignIn]:
    """Newest first; rows whose session is over are left out."""
    rows = user.sign_ins.filter(session_key__in=_living(user))
    return [OpenSignIn(row, row.session_key == current) for row in rows]


@transaction.atomic
def end_sign_in(row: SignIn, *, now: datetime) -> None:
    _end([row])
    note(AccountAction.SESSIONS_ENDED, row.user, now=now, number=1)


@transaction.atomic
def end_others(user: User, *, current: str, now: datetime) -> int:
    """How many browsers were signed out."""
    rows = list(user.sign_ins.exclude(session_key=current))
    _end(rows)
    if rows:
        note(AccountAction.SESSIONS_ENDED, user, now=now, number=len(rows))
    return len(rows)


def drop_sign_ins(user: User) -> None:
    """All of them, at a new password."""
    _end(user.sign_ins.all())


def sessions_of(person: Person) -> Iterator[str]:
    """Keys of all sessions that know the account or one of its addresses, also of a sign-in that waits."""
    told = {each.casefold() for each in person.addresses}
    for row in Session.objects.iterator(chunk_size=500):
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(person.pk) or any(each in str(data).casefold() for each in told):
            yield row.session_key


def forget_ended(now: datetime) -> int:
    """Rows of sessions that are too old to be alive; how many."""
    return SignIn.objects.filter(seen__lt=now - OLDEST).delete()[0]


def _end(rows: Iterable[SignIn]) -> None:
    for row in rows:
        _session(row.session_key).delete()
        row.delete()


def _living(user: User) -> list[str]:
    keys = user.sign_ins.values_list("session_key", flat=True)
    return [key for key in keys if _session(key).exists(key)]


def _session(key: str) -> SessionBase:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store(key)
