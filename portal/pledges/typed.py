"""Dates, amounts and figures as people type them; forms call it. Pure."""

from datetime import date
from decimal import Decimal, InvalidOperation

_MOST_DIGITS = 14


def day_of(text: str) -> date | None:
    """`2026-12-31`; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def amount_of(text: str) -> Decimal | None:
    """`1.500.000`, `1,500,000.50`, `12,5`: the last sign parts the decimals, unless three digits follow."""
    plain = "".join(text.split()).replace("'", "").replace("’", "")
    if not plain.isascii() or sum(map(str.isdigit, plain)) > _MOST_DIGITS:
        return None
    at = max(plain.rfind("."), plain.rfind(","))
    whole, decimals = (plain[:at], plain[at + 1 :]) if at >= 0 else (plain, "")
    sign = plain[at] if at >= 0 else ""
    if sign and (plain.count(sign) > 1 or (len(decimals) == 3 and whole.strip("0-"))):
        whole, decimals = whole + decimals, ""
    whole = whole.replace(".", "").replace(",", "")
    if not whole.lstrip("-").isdigit() or (decimals and not decimals.isdigit()) or len(decimals) > 2:
        return None
    try:
        return Decimal(f"{whole}.{decimals or 0}")
    except InvalidOperation:
        return None
