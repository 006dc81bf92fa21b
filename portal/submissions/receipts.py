"""The receipt of what was submitted, and numbers for it; the domain's verbs use it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from portal.common.ids import receipt_number

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that something was submitted: `digest` is the SHA-256 of its canonical JSON."""

    number: str
    at: datetime
    digest: str


def with_receipt_number(save: Callable[[str], None]) -> str:
    """Call `save` with a new receipt number, again with another one when the number is taken."""
    for _attempt in range(ATTEMPTS - 1):
        number = receipt_number()
        try:
            with transaction.atomic():
                save(number)
        except IntegrityError:
            continue
        return number
    number = receipt_number()
    save(number)
    return number
