"""Amounts, figures and shares as people type them in four languages; pledges, reports and networks read them.

Pure. One reading everywhere, so that a goal and the report on it mean the same by the same signs.
"""

import re
import unicodedata
from decimal import Decimal

_MOST_DIGITS = 14
# Three digits behind each sign: `1.500.000`.
_GROUPS = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"-?\d+(?:\.\d{1,2})?")
_SHARE = re.compile(r"%|\b(?:per|por|pour) ?cent(?:o|age|agem|aje)?s?\b|\bpor ?cientos?\b")
_POINTS = re.compile(r"\bpoint|\bpunto|\bponto")


def amount_of(text: str) -> Decimal | None:
    """`1.500.000`, `1,500,000.50`, `12,5`: the last sign parts the decimals, unless three digits follow.

    Finite, of at most 14 digits, two of them decimals; None for anything else.
    """
    plain = "".join(text.split()).replace("'", "").replace("’", "")
    if not plain.isascii() or sum(map(str.isdigit, plain)) > _MOST_DIGITS:
        return None
    if _GROUPS.fullmatch(plain) and plain.lstrip("-")[:1] != "0":
        return Decimal(re.sub("[.,]", "", plain))
    at = max(plain.rfind("."), plain.rfind(","))
    whole, decimals = (plain[:at], plain[at + 1 :]) if at >= 0 else (plain, "0")
    if any(sign in whole for sign in ".,"):
        if plain[at] in whole or not _GROUPS.fullmatch(whole):
            return None
        whole = re.sub("[.,]", "", whole)
    number = f"{whole}.{decimals or 0}"
    return Decimal(number) if _PLAIN.fullmatch(number) else None


def is_percentage(unit: str) -> bool:
    """Whether a unit is a share of a hundred: `%`, `por ciento de los hogares`; points are none."""
    plain = " ".join(unicodedata.normalize("NFKC", unit).casefold().split())
    return bool(_SHARE.search(plain)) and not _POINTS.search(plain)
