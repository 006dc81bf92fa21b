"""Reads "Place, 16-17 May 2024" in the four languages. Pure; the parser and the import use it."""

import re
from dataclasses import dataclass
from datetime import date

_NAMES = (
    "january enero janeiro janvier jan ene",
    "february febrero fevereiro février fevrier feb fev",
    "march marzo março marco mars mar",
    "april abril avril apr abr",
    "may mayo maio mai",
    "june junio junho juin jun",
    "july julio julho juillet jul",
    "august agosto août aout aug ago",
    "september septiembre setiembre setembro septembre sep sept set",
    "october octubre outubro octobre oct out",
    "november noviembre novembro novembre nov",
    "december diciembre dezembro décembre decembre dec dic dez",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?:1[ºo]|1er|\d{1,2})(?:st|nd|rd|th)?"
_AND = r"\s*(?:-|–|—|/|,|and|&|y|e|et|au?|al|to|until|hasta|até)\s*"
_OF = r"\s*(?:de|of|del|do)?\s*"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
# 30 May - 1 June 2024; 16-17 May 2024; 7 de agosto de 2026
_DAY_FIRST = re.compile(
    rf"(?:(?P<first>{_DAY})(?:{_OF}(?P<month1>{_MONTH})\.?)?{_AND})?(?P<last>{_DAY}){_OF}(?P<month>{_MONTH})\.?\b,?"
    rf"{_OF}{_YEAR}",
    re.IGNORECASE,
)
# May 16-17, 2024
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>(?P<month1>{_MONTH}))\.?\s+(?:(?P<first>{_DAY}){_AND})?(?P<last>{_DAY}),?\s+{_YEAR}",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(rf"\b(?:{_MONTH})\.?,?\s+{_OF}{_YEAR}", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"[\s,.;:–—|-]+(?:du|le|les|del|el|los|días?|em|dias?|on|de|from)?[\s,.;:–—|-]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PlaceAndDate:
    place: str
    starts_on: date | None = None
    ends_on: date | None = None


def mentions_date(text: str) -> bool:
    return bool(_MONTH_AND_YEAR.search(text)) or read_place_and_date(text).starts_on is not None


def read_place_and_date(text: str) -> PlaceAndDate:
    """Place and days; the whole text as the place where no day can be read."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.search(text)
        days = _days(match) if match else None
        if match and days:
            before, after = text[: match.start()], text[match.end() :]
            place = " ".join(f"{_LEFT_OVER.sub('', before)} {after.strip(' ,.;:–—|-')}".split())
            return PlaceAndDate(place, *days)
    return PlaceAndDate(text)


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    year, month = int(match["year"]), _MONTHS[match["month"].lower()]
    first_month = _MONTHS[match["month1"].lower()] if match["month1"] else month
    try:
        last = date(year, month, _day(match["last"]))
        first = date(year, first_month, _day(match["first"])) if match["first"] else last
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))
