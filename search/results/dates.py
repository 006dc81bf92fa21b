"""Dates as readers type them: `4 y 5 de abril`, `April 4, 2024`, `1er avril`, each one part of a query.

A date is asked as it is written in every language, whichever it was typed in. One day with its month is a
written form that the analysis knows (`search.text.written_forms`); here it meets other languages and days.
"""

import re
from collections.abc import Iterator, Sequence

from portal.common.languages import LANGUAGES
from search.engines.query_tree import AnyOf, Node, Phrase
from search.text import analysis
from search.text.months import NAMES, NUMBERS, SHORT, number_of
from search.text.written_forms import YEAR

_DAY = re.compile(r"(\d{1,2})(?:er|o|a|st|nd|rd|th)?")
_YEAR = re.compile(YEAR)
# Small words within a date.
_BETWEEN = frozenset(["de", "del", "do", "of", "the", "le", "y", "e", "and", "et", "a", "al", "au", "to"])
# Day, month, shortened month (only with a year), year, small word: as they may follow each other.
_SHAPE = re.compile(r"D(?:S?D){0,3}S?(?:M(?:S?Y)?|mS?Y)|MD(?:S?D){0,3}(?:S?Y)?|mD(?:S?D){0,3}S?Y|[Mm]S?Y")
_LONGEST = 12
# How days are joined, and how a date is written from `days`, `month` and, where it has one, `year`.
_AND = {"es": "y", "pt": "e", "fr": "et", "en": "and"}
_WRITTEN = {
    "es": ("{days} de {month} de {year}", "{days} de {month} del {year}", "{days} de {month} {year}"),
    "pt": ("{days} de {month} de {year}", "{days} de {month} {year}"),
    "fr": ("{days} {month} {year}",),
    "en": ("{days} {month} {year}", "{month} {days} {year}", "{days} of {month} {year}"),
}


def date_at(pieces: Sequence[str]) -> tuple[int, Node] | None:
    """The date that the pieces begin with: how many they are, and what is asked for it. None without one.

    A piece may hold several words of it.
    """
    plain = [(word, number) for number, piece in enumerate(pieces[:_LONGEST], 1) for word in _words(piece)]
    shape = "".join(_sign(word) for word, _number in plain)
    match = _SHAPE.match(shape)
    if match is None or not _is_whole(plain, match.end()):
        return None
    told = [word for word, _number in plain[: match.end()]]
    days = [int(_DAY.match(word)[1]) for word, sign in zip(told, shape, strict=False) if sign == "D"]  # type: ignore[index]
    month = next(number_of(word) for word, sign in zip(told, shape, strict=False) if sign in "Mm")
    year = next((word for word, sign in zip(told, shape, strict=False) if sign == "Y"), "")
    phrases = dict.fromkeys(_phrases(days, month, year))
    return plain[match.end() - 1][1], AnyOf(tuple(phrases))


def _words(piece: str) -> list[str]:
    return ["".join(analysis.folded(word)) for word in analysis.words(piece)]


def _is_whole(plain: Sequence[tuple[str, int]], end: int) -> bool:
    """Whether no piece is cut in two there."""
    return end == len(plain) or plain[end - 1][1] != plain[end][1]


def _sign(word: str) -> str:
    if word in NUMBERS or word in SHORT:
        return "M" if word in NUMBERS else "m"
    if _YEAR.fullmatch(word):
        return "Y"
    day = _DAY.fullmatch(word)
    if day and 1 <= int(day[1]) <= 31:
        return "D"
    return "S" if word in _BETWEEN else " "


def _phrases(days: Sequence[int], month: int, year: str) -> Iterator[Phrase]:
    for text, code in _texts(days, month, year):
        if terms := tuple(analysis.tagged_terms(text, code)):
            yield Phrase(terms)


def _texts(days: Sequence[int], month: int, year: str) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        code, name = language.code, NAMES[language.code][month - 1]
        for written in _WRITTEN[code]:
            if not days:
                written = written.replace("{days} de ", "").replace("{days} of ", "").replace("{days} ", "")
            if not year:
                written = re.split(r" (?:del? )?\{year\}", written)[0]
            for joined in _joined(days, code):
                yield written.format(days=joined, month=name, year=year), code


def _joined(days: Sequence[int], code: str) -> list[str]:
    """The days with the language's word between them, and with none, as a dash is read."""
    told = [f"{day}er" if (code, day) == ("fr", 1) else str(day) for day in days]
    return [f" {_AND[code]} ".join(told), " ".join(told)] if len(told) > 1 else [" ".join(told)]
