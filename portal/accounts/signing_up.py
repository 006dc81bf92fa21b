"""Signing up: the name waits for the code, and an address with an account costs the same as one without.

Forms and receivers call it. `bench/accounts.py` measures the result.
"""

import secrets
from collections.abc import Callable

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from portal.accounts.models import User

NAMED = "account_signing_up"


def keep_name(session: SessionBase, address: str, name: str) -> None:
    """Until the address is confirmed where it was typed: a stranger names nobody else's account."""
    session[NAMED] = {"email": address, "name": name}


def take_name(session: SessionBase, user: User) -> None:
    """The name that was typed in this browser for the address that was confirmed just now."""
    kept = session.get(NAMED)
    if kept is None or kept["email"] != user.email:
        return
    del session[NAMED]
    user.name = user.name or kept["name"]
    user.save(update_fields=["name"])


def as_if_new(save: Callable[[str], User]) -> None:
    """A sign-up of an address that has an account: `save` writes one for nobody, undone at once."""
    address = f"{secrets.token_hex(12)}@example.invalid"
    with transaction.atomic():
        user = save(address)
        has_verified_email(user, address)
        for _query in range(14):
            EmailAddress.objects.get_for_user(user, address)
        transaction.set_rollback(True)


def as_if_waited_for(address: str) -> None:
    """A new code for a sign-up that is none, since its address has an account: the look-ups of a real one."""
    for _query in range(3):
        EmailAddress.objects.filter(user=0, email=address).select_related("user").first()


def as_if_known(address: str) -> None:
    """A new password for an address without account: the work that a link takes."""
    EmailAddress.objects.filter(user=0, email=address).exists()
    default_token_generator.make_token(User(pk=0))
