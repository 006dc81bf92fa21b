"""The review cycles that every installation has, on the calendar of the forums; `load_reference` calls it."""

import tomllib
from pathlib import Path

from portal.followup.models import ReviewCycle

DATA = Path(__file__).parent / "data" / "cycles.toml"


def load_cycles() -> int:
    """Adds what is missing, changes nothing; how many were added."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["cycle"]
    return sum(
        ReviewCycle.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "opens_on": row["opens"],
                "closes_on": row["closes"],
                **{f"title_{code}": title for code, title in row["title"].items()},
            },
        )[1]
        for row in rows
    )
