"""How dark a mark is for a number: four shades of one colour, an outline for none; pure.

Nothing hangs on a shade alone: the number stands in or beside its mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from django.utils.translation import gettext as _

from portal.common.formatting import number

# What a mark can look like; style sheet and files have one rule for each.
NONE, LIGHT, MIDDLE, STRONG, FULL, HATCH = "none", "light", "middle", "strong", "full", "hatch"
STEPS = (LIGHT, MIDDLE, STRONG, FULL)


@dataclass(frozen=True, slots=True)
class Scale:
    """From which number on each of the four shades begins."""

    limits: tuple[int, ...] = (1, 2, 3, 4)

    def shade(self, value: int) -> str:
        reached = sum(value >= limit for limit in self.limits)
        return STEPS[reached - 1] if reached else NONE

    def key(self) -> tuple[tuple[str, str], ...]:
        """Each shade with its words, none first."""
        ranges = [_range(low, high - 1) for low, high in pairwise(self.limits)]
        last = _("%(number)s or more") % {"number": number(self.limits[-1])}
        return ((NONE, _("– none")), *zip(STEPS, (*ranges, last), strict=False))


def scale_of(values: Iterable[int]) -> Scale:
    """One step a shade up to four, quarters of the largest number above."""
    largest = max(values, default=0)
    if largest <= 6:
        return Scale()
    return Scale((1, *(ceil(largest * quarter / 4) for quarter in (1, 2, 3))))


def _range(low: int, high: int) -> str:
    return number(low) if high <= low else f"{number(low)}–{number(high)}"
