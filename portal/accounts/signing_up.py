"""What a sign-up writes, done and undone where the address has an account, so that both cost the same."""

import secrets

from allauth.account.models import EmailAddress
from django.db import transaction

from portal.accounts.models import User


def as_if_new(name: str) -> None:
    """Writes an account of nobody and takes it back."""
    address = f"{secrets.token_hex(16)}@invalid"
    with transaction.atomic():
        user = User(email=address, name=name)
        user.set_unusable_password()
        user.save()
        EmailAddress.objects.create(user=user, email=address, primary=True)
        transaction.set_rollback(True)
