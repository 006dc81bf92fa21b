"""The event log of accounts, with ids and codes only; receivers and what counts tries call it."""

from datetime import datetime

from django.utils.crypto import salted_hmac

from portal.accounts.enums import AccountAction
from portal.accounts.models import User
from portal.common import events
from portal.common.actors import VISITOR, Actor, person

SALT = "portal.accounts.trail"


def note(
    action: AccountAction, user: User, *, now: datetime, actor: Actor | None = None, **details: object
) -> None:
    """By the owner of the account, unless it was somebody else."""
    told = {name: value for name, value in details.items() if value}
    events.record(action.value, kind="user", key=user.pk, actor=actor or person(user), now=now, details=told)


def note_refused(
    action: AccountAction, address: str, user: User | None, *, now: datetime, method: str
) -> None:
    """A try that failed or was not let through. An address without account leaves a digest of itself."""
    kind, key = ("user", str(user.pk)) if user else ("address", traced(address))
    events.record(action.value, kind=kind, key=key, actor=VISITOR, now=now, details={"method": method})


def traced(address: str) -> str:
    """The same for the same address, and nobody can read the address in it."""
    return salted_hmac(SALT, address, algorithm="sha256").hexdigest()[:32]
