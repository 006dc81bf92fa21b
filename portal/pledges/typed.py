"""Dates as people type them; forms call it. Pure."""

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IN_TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


def day_of(text: str) -> date | None:
    """`2026-12-31`, of the years 1900 to 2100; None for anything else."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def is_ambiguous(text: str) -> bool:
    """`12.345` and `1,500`: thousands to some readers, decimals to others."""
    return _IN_TWO_WAYS.fullmatch(text.strip()) is not None
