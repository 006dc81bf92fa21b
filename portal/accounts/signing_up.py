"""What an address with an account does and one without does not, done for both, so that they cost the same.

Forms call it. `bench/accounts.py` measures the result.
"""

import secrets
from collections.abc import Callable

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from django.db import transaction

from portal.accounts.models import User


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
