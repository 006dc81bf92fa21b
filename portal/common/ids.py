"""Identifiers: public numbers of records and receipts, which people read, and the keys that forms carry."""

import re
import secrets
from uuid import UUID

# No 0, O, 1, I: numbers are read over the phone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PUBLIC_ID = re.compile(r"^([A-Z])-([0-9]{1,9})$")


def public_id(letter: str, number: int) -> str:
    """`public_id("I", 7)` gives `I-00007`."""
    return f"{letter}-{number:05d}"


def parse_public_id(text: str) -> tuple[str, int] | None:
    """Letter and number of a public id in any case; None for anything else."""
    match = PUBLIC_ID.match(text.strip().upper())
    return (match[1], int(match[2])) if match else None


def key_in(text: str) -> UUID | None:
    """The key that a form carries; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def number_in(text: str) -> int | None:
    """The whole number that a browser sent; None for anything else, and for one that no column holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def receipt_number() -> str:
    """Ten random characters in two groups, such as `7K3QX-9RT2M`: unique in practice, tells no count."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"
