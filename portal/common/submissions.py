"""What handing in has in common: receipt, what is missing, a draft that moved on; domain verbs use it."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.common.errors import WrongState
from portal.common.ids import receipt_number

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that something was handed in: `digest` is the SHA-256 of its canonical JSON."""

    number: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend before handing in, named by the field it stands in."""

    field: str
    message: object


class Incomplete(WrongState):
    """Something is missing or too long; nothing was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("Some things are still missing. Nothing was sent and nothing is lost."))


class OutOfDate(WrongState):
    """A form that was opened before the last change; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("This changed after you opened the page. Read it once more, then send it."))


class EditConflict(Exception):
    """The draft was saved elsewhere in the meantime; `stored` is the version kept."""

    def __init__(self, stored: object) -> None:
        super().__init__(str(stored))
        self.stored = stored


def canonical(content: dict[str, object]) -> bytes:
    """Canonical JSON: sorted names, no spaces, UTF-8. Digests of receipts and versions are made of it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: dict[str, object]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


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
