"""Reads of accounts: who owns an address, what happened to an account last."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from portal.accounts.addresses import folded_address
from portal.accounts.enums import AccountAction, Method
from portal.accounts.models import User
from portal.common import events
from portal.common.actors import Actor

SHOWN = 20
# What is a second step by itself; recovery codes stand in for one.
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of an account's log, in words."""

    at: datetime
    label: str
    method: str


def owner_of(address: str) -> User | None:
    """The account that a mail to this address reaches; a confirmed address before others. One query."""
    rows = EmailAddress.objects.filter(email=folded_address(address)).select_related("user")
    row = rows.order_by("-verified", "pk").first()
    return row.user if row else None  # type: ignore[return-value]


def owns_address(actor: Actor, address: str) -> bool:
    """Whether the actor has confirmed this address. One query."""
    rows = EmailAddress.objects.filter(user_id=actor.user_id or 0, verified=True)
    return rows.filter(email=folded_address(address)).exists()


def has_step(user: User) -> bool:
    """Whether the account has a second step. One query."""
    return Authenticator.objects.filter(user=user, type__in=STEPS).exists()


def names_of(keys: Iterable[int | None]) -> dict[int | None, str]:
    """Who stands behind keys of accounts, in the reader's language; one query. An erased one has no name."""
    asked = {key for key in keys if key is not None}
    names = {row.pk: str(row) for row in User.objects.filter(pk__in=asked).only("name", "email")}
    return {key: names.get(key, _("a former account")) for key in asked}


def happenings(user: User) -> Iterator[Happening]:
    """The newest of what happened to the account, newest first."""
    rows = events.history("user", user.pk).filter(action__in=AccountAction.values).order_by("-pk")
    for row in rows[:SHOWN]:
        yield Happening(row.at, str(AccountAction(row.action).label), _method(row.details))


def _method(details: Mapping[str, object]) -> str:
    method = str(details.get("method", ""))
    return str(Method(method).label) if method in Method.values else ""
