"""Dates as people type them; forms call it. Pure."""

from datetime import date


def day_of(text: str) -> date | None:
    """`2026-12-31`; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
