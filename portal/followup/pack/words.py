"""How the pack writes numbers and days in its tables."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.common.formatting import day, number, percent
from portal.pdf.parts import Cell

NONE = "–"


def amount(value: float) -> Cell:
    return Cell(number(value))


def part(value: int, whole: int) -> Cell:
    """Such as "3 of 4 (75%)"; a dash where there is nothing to be part of."""
    if not whole:
        return Cell(NONE)
    told = {"number": number(value), "whole": number(whole), "share": percent(value / whole)}
    return Cell(_("%(number)s of %(whole)s (%(share)s)") % told)


def part_of(rows: Collection[Any], whole: Collection[Any]) -> Cell:
    return part(len(rows), len(whole))


def of_all(value: int, whole: int) -> str:
    """Such as "75% of all 4"."""
    if not whole:
        return NONE
    return _("%(share)s of all %(whole)s") % {"share": percent(value / whole), "whole": number(whole)}


def on(stated: str | None) -> Cell:
    """The day of an ISO date."""
    return Cell(day(date.fromisoformat(stated[:10]))) if stated else Cell(NONE)


def label_of(choices: Any, code: str) -> Cell:
    """The word of a code; a code that is none any more as it is."""
    return Cell(str(choices(code).label) if code in choices.values else code)
