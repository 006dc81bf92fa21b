"""Numbers written as words, in English, Spanish, Portuguese and French. Pure; the parser uses it."""

import re

_WORDS = (
    "one uno una un uma um une",
    "two dos dois duas deux",
    "three tres três trois",
    "four cuatro quatro quatre",
    "five cinco cinq",
    "six seis",
    "seven siete sete sept",
    "eight ocho oito huit",
    "nine nueve nove neuf",
    "ten diez dez dix",
    "eleven once onze",
    "twelve doce doze douze",
    "thirteen trece treze",
    "fourteen catorce quatorze catorze",
    "fifteen quince quinze",
    "sixteen dieciséis dezesseis seize",
    "seventeen diecisiete dezessete dix-sept",
    "eighteen dieciocho dezoito dix-huit",
    "nineteen diecinueve dezenove dix-neuf",
    "twenty veinte vinte vingt",
)
_VALUES = {word: value for value, words in enumerate(_WORDS, start=1) for word in words.split()}
_SPELLED = "|".join(sorted(_VALUES, key=len, reverse=True))
# A word may stand glued to the next one ("threemain"); a figure never.
# "1,250", "1.250", "1 250": the thousands of our four languages.
_GROUPED = "|".join(rf"\d{{1,3}}(?:{sign}\d{{3}}){{1,2}}" for sign in (",", r"\.", "[ \u00a0\u2009\u202f]"))
NUMBER = rf"(?:(?:{_GROUPED}|\d{{1,7}})(?![\d%]|[.,]\d)|(?:{_SPELLED}))"
# More than any meeting has had.
TOO_LARGE = re.compile(r"(?<![\w.,])(?:\d{8,}|\d{1,3}(?:[.,\u00a0\u2009\u202f]\d{3}){3,})(?!\w)")


def value_of(text: str) -> int:
    """8 for "8", "eight" and "Ocho"; 1250 for "1,250"."""
    word = text.lower()
    return int(re.sub(r"\D", "", word)) if word[:1].isdigit() else _VALUES[word]


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Each number of a text with the place where it ends."""
    pattern = rf"(?<![\w.,])({NUMBER})(?!\w)"
    return [(value_of(match[1]), match.end()) for match in re.finditer(pattern, text, re.IGNORECASE)]
