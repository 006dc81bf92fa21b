"""Countries and their peoples as concepts that searches know beside the glossary; no database.

Names are those of CLDR in our languages (Portuguese of both sides of the ocean); `data/countries.csv` adds
short and official names, and the peoples, which CLDR has not. A country and its people are one concept,
because in three of our languages some countries are called like a woman from there (`Argentina`, `Síria`).

The columns of the sheet: `es`, `en`, `pt`, `fr` the people, one man; words of another stem with `|`; nothing
where the word means more than this people (`español`, `American`). `also` further names; `never` languages
in which the name in CLDR is a word for other things (`Dominique`).
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale

from portal.common.languages import CODES
from portal.taxonomy.queries import Concept

SHEET = Path(__file__).parent / "data" / "countries.csv"
KEY = "country:"
# Further locales whose names are read in a language.
_LOCALES = {"pt": ("pt", "pt_PT")}


@lru_cache(maxsize=1)
def country_concepts() -> tuple[Concept, ...]:
    """One concept per country, by code; terms as in the glossary, the name first and the people last."""
    with SHEET.open(encoding="utf-8", newline="") as sheet:
        return tuple(_concept(row) for row in csv.DictReader(sheet))


def _concept(row: Mapping[str, str]) -> Concept:
    also = dict(part.split(":", 1) for part in row["also"].split(";") if part)
    never = row["never"].split(";")
    terms = {
        code: tuple(
            dict.fromkeys(
                [
                    *(() if code in never else _names(row["code"], code)),
                    *_parted(also.get(code, "")),
                    *_parted(row[code]),
                ]
            )
        )
        for code in CODES
    }
    return Concept(f"{KEY}{row['code']}", terms)


def _parted(cell: str) -> list[str]:
    return [text for text in cell.split("|") if text]


def _names(code: str, language: str) -> Iterator[str]:
    """`Myanmar (Burma)` has two names; `&` and `St.` are written out."""
    for locale in _LOCALES.get(language, (language,)):
        name = str(Locale.parse(locale).territories[code])
        if " - " in name:  # Congo - Kinshasa: a name nobody writes so
            continue
        for part in re.split(r"[()]", name):
            if part.strip():
                yield re.sub(r"^St\.", "Saint", part.strip().replace(" & ", " and "))
