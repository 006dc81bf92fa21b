"""Numbers, dates, laws and symbols of documents, each brought to one writing; pure, for `search.text` only.

`13.445`, `13 445` and `13,445` are one number, `4 de abril de 2024`, `April 4, 2024`, `04/04/2024` one date.
What is recognised does not depend on the language of the text: a report in French quotes a date in Spanish.
Of a date in figures the day stands first, unless it cannot (`04/25/2024`) or the year does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.text import inclusive, months


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a form: its term, or with `is_term` off a word that has yet to get one; and its place."""

    word: str
    start: int
    end: int
    is_term: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A piece of text that is read as a whole."""

    start: int
    end: int
    parts: tuple[Part, ...]


_GAP = "[ \u00a0\u2009\u202f]"
_SIGN = r"(?:n\.?\s?[º°o]s?\.?|n[oº°]s?\.|nros?\.?|n[uú]ms?\.?|n[uú]meros?|numéros?|numbers?)"
_DECIMALS = r"(?:[.,]\d{1,2})?"


def _number_in(form: str) -> str:
    """A number: its groups of three are parted by signs, or by spaces where no other figures stand near."""
    by_signs = rf"[1-9]\d{{0,2}}(?P<{form}_sign>[.,'’])\d{{3}}(?:(?P={form}_sign)\d{{3}}){{0,4}}{_DECIMALS}"
    by_spaces = rf"[1-9]\d{{0,2}}(?P<{form}_gap>{_GAP})\d{{3}}(?:(?P={form}_gap)\d{{3}}){{0,4}}{_DECIMALS}"
    alone = rf"(?<!\d{_GAP})(?<!\+){by_spaces}(?!{_GAP}\d)"
    return rf"(?P<{form}_number>(?:{by_signs}|{alone}|\d{{1,15}}(?:[.,]\d{{1,15}})?)(?![.,]?\d))"


_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:1[5-9]|20)\d\d"
_DAY_SIGN = r"(?:\.?[ºª°]|ers?\b|st\b|nd\b|rd\b|th\b)?"
_SHORT = rf"(?:{months.SHORT_PATTERN})(?=\.?,?\s{{1,3}}(?:de\s{{1,3}}|{_DAY},\s{{1,3}})?{YEAR}\b)"
_OF = r"(?:(?:de|del|do|of)\s{1,3}|d['’])?"
_LAW = r"(?:ley|lei|loi|law|act|decreto|decree|décret|portaria|resoluci[oó]n|resolução|résolution|resolution)"
_HEADING = (
    r"(?:cap[ií]tulos?|chapters?|chapitres?|t[ií]tulos?|titles?|titres?|art[ií]culos?|articles?|artigos?|"
    r"anexos?|annex(?:es)?|annexes?|partes?|parts?|parties?|secci[oó]n|sections?|seç[aã]o)"
)
_ROMAN = r"(?:(?-i:[IVX])|[ivxl]{2,7})(?!\w)"
# What begins with a letter, tried at the beginning of words only.
_WORDS = {
    "symbol": r"(?<![/.])[A-Z]{1,6}(?=/)(?=(?:/[^\s/]{1,40}){0,7}/[^\s/\d]{0,40}\d)"
    r"(?:/[A-Z0-9]{1,20}(?:[.\-][A-Z0-9]{1,20}){0,5}){2,8}(?![/\w])",
    "law": rf"(?P<law_word>{_LAW})\s{{1,3}}(?:(?:{_SIGN}|n\.)\s{{0,3}})?"
    r"(?P<law_number>\d{1,3}\.\d{3}|\d{2,6})"
    rf"(?:/(?P<law_year>\d{{4}}|\d{{2}})(?![\w/])"
    rf"|,?\s{{1,3}}(?:de|du|del|of|dated)\s{{1,3}}(?P<law_day>{_DAY})(?:/(?P<law_figure>0?[1-9]|1[0-2])/"
    rf"|{_DAY_SIGN}\s{{1,3}}{_OF}(?P<law_month>{months.PATTERN})\s{{1,3}}{_OF})(?P<law_in>{YEAR})(?!\w))",
    "heading": rf"(?P<heading_word>{_HEADING})\s{{1,3}}(?P<roman>{_ROMAN})",
    "rio": r"(?P<rio_1>r[ií]o)\s(?P<rio_2>de)\s(?P<rio_3>janeiro)\b",
    "month": rf"(?P<month_first>{months.ENGLISH_PATTERN}|{_SHORT})\.?\s{{1,3}}(?P<month_day>{_DAY})"
    rf"{_DAY_SIGN}(?![\w.,]{{0,9}}\d)(?:,?\s{{1,3}}(?P<month_year>{YEAR})(?!\w))?(?!%)",
    "year": rf"(?P<year_month>{months.PATTERN}),?\s{{1,3}}{_OF}(?P<year_year>{YEAR})(?!\w)",
    "sign": rf"{_SIGN}\s{{0,3}}{_number_in('signed')}(?!\w)",
}
# What begins with a figure.
_FIGURES = {
    "iso": rf"(?P<iso_year>{YEAR})-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>0[1-9]|[12]\d|3[01])"
    r"(?![\d-])",
    "figures": r"(?P<first>\d{1,2})(?P<between>[/.\-])(?P<second>\d{1,2})(?P=between)"
    rf"(?P<figures_year>{YEAR})(?![\d/-])",
    "day": rf"(?P<day_day>{_DAY}){_DAY_SIGN}\s{{1,3}}{_OF}(?P<day_month>(?:{months.PATTERN})\b|{_SHORT})"
    rf"(?:\.?,?\s{{1,3}}{_OF}(?P<day_year>{YEAR})(?!\w))?",
    "percent": rf"{_number_in('percent')}"
    rf"(?:{_GAP}?%|\s{{1,3}}(?:por\s?c(?:ien|en)to|pour\s?cent|p\.\s?cent|per\s?cent)\b)",
    "ordinal": r"(?P<ordinal_number>\d{1,4})"
    r"(?:\.?[ºª]|°(?![CF]\b)|\.°|(?:ers?|[eè]res?|re|e|[eè]me|st|nd|rd|th|r[oa]|d[oa]|t[oa]|v[oa]|m[oa])\b)",
    "number": rf"(?=\d{{1,12}}[.,'’{_GAP[1:-1]}]\d){_number_in('plain')}(?!\w)",
}


def _any(patterns: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{each})" for name, each in patterns.items())


_WORD_LED = re.compile(_any(_WORDS), re.IGNORECASE)
_FIGURE_LED = re.compile(rf"(?<![^\W\d_])(?<![^\W_][.,/@])(?:{_any(_FIGURES)})", re.IGNORECASE)
# Every form has figures or a Roman number; from there it reaches back so far at most.
_SPOT = re.compile(r"\d+|\b(?:[IVXLivxl]{1,7}|[Jj](?:aneiro|ANEIRO))\b")
_REACH = 32
_LETTER = re.compile(r"(?<![^\W_])[^\W\d_]")
_APART = re.compile(r"[.,'’]|\s")
_ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50}


def forms(text: str) -> Iterator[Form]:
    """The forms in the text, in order, none over another."""
    recognised = _with_figures(text)
    joined = [
        Form(start, end, (Part(word, start, end, is_term=False),))
        for start, end, word in inclusive.spans(text)
    ]
    return _apart([*recognised, *joined]) if joined else recognised


def _with_figures(text: str) -> Iterator[Form]:
    at = 0
    for spot in _SPOT.finditer(text):
        start = spot.start()
        if start < at:
            continue
        match = _led(text, max(at, start - _REACH), start) or _FIGURE_LED.match(text, start)
        if match is not None and (parts := _READERS[match.lastgroup or ""](match)):
            yield Form(match.start(), match.end(), parts)
            at = match.end()


def _led(text: str, start: int, spot: int) -> re.Match[str] | None:
    """The form that begins with a word and has its figures at `spot`."""
    for letter in _LETTER.finditer(text, start, spot):
        match = _WORD_LED.match(text, letter.start())
        if match is not None and match.end() > spot:
            return match
    return None


def _apart(every: list[Form]) -> Iterator[Form]:
    end = 0
    for form in sorted(every, key=lambda form: (form.start, -form.end)):
        if form.start >= end:
            yield form
            end = form.end


def _number(text: str) -> str:
    """The digits; a part of one without its zero is told by a point."""
    groups = _APART.split(text)
    if len(groups) == 1:
        return text
    if groups[0].startswith("0") or len(groups[-1]) != 3:
        whole, fraction = "".join(groups[:-1]), groups[-1]
        return f"{whole}.{fraction}"
    return "".join(groups)


def _whole(match: re.Match[str], *terms: str) -> tuple[Part, ...]:
    return tuple(Part(term, match.start(), match.end()) for term in terms)


def _at(match: re.Match[str], group: str, term: str = "", *, is_term: bool = True) -> Part:
    start, end = match.span(group)
    return Part(term or match[group], start, end, is_term)


def _symbol(match: re.Match[str]) -> tuple[Part, ...]:
    return _whole(match, match.group().lower())


def _law(match: re.Match[str]) -> tuple[Part, ...]:
    """Law, number, year; and where a day and a month are told the date after them."""
    head = (
        _at(match, "law_word", is_term=False),
        _at(match, "law_number", match["law_number"].replace(".", "")),
    )
    if year := match["law_year"]:
        return *head, _at(match, "law_year", year if len(year) == 4 else _century(year) + year)
    date = (
        _at(match, "law_day", str(int(match["law_day"]))),
        _month_of_law(match),
        _at(match, "law_in"),
    )
    return *head, _at(match, "law_in"), *date


def _month_of_law(match: re.Match[str]) -> Part:
    if figure := match["law_figure"]:
        return _at(match, "law_figure", months.ENGLISH[int(figure) - 1])
    return _at(match, "law_month", months.term_of(match["law_month"]))


def _century(year: str) -> str:
    return "19" if int(year) >= 40 else "20"


def _heading(match: re.Match[str]) -> tuple[Part, ...]:
    number = _arabic(match["roman"].lower())
    if not number:
        return ()
    return _at(match, "heading_word", is_term=False), _at(match, "roman", str(number))


def _arabic(roman: str) -> int:
    """The number; 0 when it is not written so."""
    values = [_ROMANS[letter] for letter in roman]
    total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return total if _roman(total) == roman else 0


def _roman(number: int) -> str:
    written = ""
    for value, letters in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        written += letters * count
    return written


def _rio(match: re.Match[str]) -> tuple[Part, ...]:
    return tuple(_at(match, f"rio_{at}", match[f"rio_{at}"].lower().replace("í", "i")) for at in (1, 2, 3))


def _iso(match: re.Match[str]) -> tuple[Part, ...]:
    month = months.ENGLISH[int(match["iso_month"]) - 1]
    return _whole(match, str(int(match["iso_day"])), month, match["iso_year"])


def _figures(match: re.Match[str]) -> tuple[Part, ...]:
    day, month = int(match["first"]), int(match["second"])
    if month > 12:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ()
    return _whole(match, str(day), months.ENGLISH[month - 1], match["figures_year"])


def _day(match: re.Match[str]) -> tuple[Part, ...]:
    day = _at(match, "day_day", str(int(match["day_day"])))
    month = _at(match, "day_month", months.term_of(match["day_month"]))
    return (day, month, _at(match, "day_year")) if match["day_year"] else (day, month)


def _month(match: re.Match[str]) -> tuple[Part, ...]:
    date = str(int(match["month_day"])), months.term_of(match["month_first"]), match["month_year"] or ""
    return _whole(match, *filter(None, date))


def _year(match: re.Match[str]) -> tuple[Part, ...]:
    return _at(match, "year_month", months.term_of(match["year_month"])), _at(match, "year_year")


def _percent(match: re.Match[str]) -> tuple[Part, ...]:
    return _whole(match, _number(match["percent_number"]) + "%")


def _ordinal(match: re.Match[str]) -> tuple[Part, ...]:
    return _whole(match, match["ordinal_number"] + "o")


def _signed(match: re.Match[str]) -> tuple[Part, ...]:
    return _whole(match, _number(match["signed_number"]))


def _plain(match: re.Match[str]) -> tuple[Part, ...]:
    return _whole(match, _number(match["plain_number"]))


_READERS: dict[str, Callable[[re.Match[str]], tuple[Part, ...]]] = {
    "symbol": _symbol,
    "law": _law,
    "heading": _heading,
    "rio": _rio,
    "iso": _iso,
    "figures": _figures,
    "day": _day,
    "month": _month,
    "year": _year,
    "percent": _percent,
    "ordinal": _ordinal,
    "sign": _signed,
    "number": _plain,
}
