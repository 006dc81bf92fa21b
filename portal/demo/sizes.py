"""How much the demo holds of what it has many of; the loading hands it on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """`places` in which each promise is made, progress `reports` at most, `assessments` in each cycle."""

    places: int
    reports: int
    assessments: int


WHOLE = Size(places=5, reports=200, assessments=20)
# Still something of nearly everything that the whole shows, in three quarters of the time.
SMALL = Size(places=2, reports=80, assessments=12)
