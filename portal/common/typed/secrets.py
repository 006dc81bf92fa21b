"""Which fields hold a secret, by name: one list for what is shown and what is stored; the room calls it."""

import re

# What lets a form be sent once is worth nothing in a form that is drawn anew.
NOT_KEPT = {"submit_key"}
# Secrets by a whole word of the name, and by a part of it.
WORDS = {"pass", "pin", "pwd", "passcode", "passphrase", "code", "codes", "otp", "totp", "key", "cvc"}
PARTS = ("password", "passwd", "passphrase", "secret", "token", "recovery", "credential")
# Ours: what makes a form that is sent twice save once, a kind of organization, the key of a concept.
HARMLESS = {"key", "draft_key", "submit_key", "type_code"}
# All that the pages of an account give back; whatever else a new release of theirs asks for is not.
OF_ACCOUNTS = {"email", "login", "name", "language", "next"} | {
    f"action_{button}" for button in ("add", "primary", "remove", "send")
}


def is_secret(name: str) -> bool:
    folded = name.casefold()
    if folded in HARMLESS:
        return False
    words = re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).casefold())
    return any(part in folded for part in PARTS) or not WORDS.isdisjoint(words)


def is_password(name: str) -> bool:
    """Whether a browser asks for it with dots in place of letters."""
    return "pass" in name.casefold()


def is_given_back(name: str, *, is_account: bool) -> bool:
    """A secret is asked for again, empty; a field of an account that nobody knows is left out."""
    return not is_account or name.casefold() in OF_ACCOUNTS or is_secret(name)


def is_kept(name: str) -> bool:
    return name not in NOT_KEPT and not is_secret(name)
