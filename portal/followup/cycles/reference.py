"""The review cycles that every installation has, on the calendar of the forums; `load_reference` calls it."""

import tomllib
from pathlib import Path

from portal.followup.models import ReviewCycle

# Where the rhythm of forums and officials' meetings stands; the days are the portal's own until confirmed.
SOURCE = "A/73/12 (Part II), 17-19"
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
                "source": SOURCE,
                **{f"title_{code}": title for code, title in row["title"].items()},
            },
        )[1]
        for row in rows
    )
